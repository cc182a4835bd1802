namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact Shapley interaction values of one row, carried to the margin: what each feature does by itself and what each pair
/// does beyond that.</summary>
/// <param name="Method">How absent features were imagined.</param>
/// <param name="Base">Margin of the base.</param>
/// <param name="Values">Shape [features x features], row-major, in margin units; symmetric. Row i sums to the contribution of
/// feature i; the diagonal holds the main effects, each half of a pair's effect stands on either side of it.
/// Base + sum of all = margin to 1e-9 relative.</param>
/// <param name="Margin">Margin of the row.</param>
public sealed record InteractionValues(AttributionMethod Method, double Base, double[] Values, double Margin)
{
    /// <summary>Number of features.</summary>
    public int Features { get; } = (int)Math.Round(Math.Sqrt(Values.Length));

    /// <summary>The main effect of a feature (i = j), or half of a pair's effect.</summary>
    public double this[int i, int j] => Values[i * Features + j];
}
