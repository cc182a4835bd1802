namespace CreditWorkbench.Core.Training;

/// <summary>What bounds and penalties hold for the coefficients of a regression; one entry per input, the intercept being free.</summary>
/// <param name="Least">Least value of each coefficient; negative infinity where free.</param>
/// <param name="Most">Greatest value of each coefficient.</param>
/// <param name="Lasso">Penalty on each absolute value, in units of mean loss; at least 0.</param>
/// <param name="Ridge">Penalty on half of each square, in units of mean loss; above 0, which keeps separable rows from
/// diverging.</param>
internal sealed record CoefficientRules(double[] Least, double[] Most, double[] Lasso, double[] Ridge)
{
    /// <summary>Where the ridge has its minimum, one per input; null for 0.</summary>
    public double[]? Centre { get; init; }

    /// <summary>The same rules with a second ridge towards coefficients that are known already: together they are one ridge, around the point
    /// between 0 and those coefficients that both pull to.</summary>
    /// <param name="known">Coefficients, one per input.</param>
    /// <param name="pull">Penalty on half of each squared distance from them, in units of mean loss; at least 0.</param>
    public CoefficientRules Anchored(double[] known, double[] pull) => this with
    {
        Ridge = [.. Ridge.Zip(pull, (ridge, anchor) => ridge + anchor)],
        Centre = [.. Ridge.Select((ridge, input) => pull[input] * known[input] / (ridge + pull[input]))],
    };

    /// <summary>The same penalty for all, no bounds.</summary>
    public static CoefficientRules Free(int inputs, double lasso, double ridge) => new(
        Filled(inputs, double.NegativeInfinity), Filled(inputs, double.PositiveInfinity), Filled(inputs, lasso), Filled(inputs, ridge));

    /// <summary>Distance from optimality of a coefficient: how far the smooth part's gradient is from what bound and penalty
    /// balance.</summary>
    public double Violation(int input, double coefficient, double gradient)
    {
        if (input == Least.Length) return Math.Abs(gradient);
        if (coefficient == 0.0)
        {
            // Up: the slope with penalty must not be negative, unless the bound forbids going up; down likewise.
            var up = Most[input] > 0.0 ? Math.Max(0.0, -(gradient + Lasso[input])) : 0.0;
            var down = Least[input] < 0.0 ? Math.Max(0.0, gradient - Lasso[input]) : 0.0;
            return Math.Max(up, down);
        }

        var slope = gradient + Math.Sign(coefficient) * Lasso[input];
        if (coefficient <= Least[input]) return Math.Max(0.0, -slope);
        return coefficient >= Most[input] ? Math.Max(0.0, slope) : Math.Abs(slope);
    }

    /// <summary>The penalty on absolute values.</summary>
    public double LassoLoss(ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = 0; i < Lasso.Length; i++) sum += Lasso[i] * Math.Abs(coefficients[i]);
        return sum;
    }

    private static double[] Filled(int count, double value)
    {
        var all = new double[count];
        Array.Fill(all, value);
        return all;
    }
}
