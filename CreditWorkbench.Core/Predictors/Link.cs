using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>Which function a <see cref="Link"/> is.</summary>
public enum LinkKind
{
    /// <summary>q is the margin already: log-odds of bad.</summary>
    LogOdds,
    /// <summary>q is a mean leaf probability of bad; the margin is its logit, clamped to [1/(2n), 1 - 1/(2n)].</summary>
    Logit,
    /// <summary>q is the ordinal position z = sum of anchor x class probability; the margin is z. Higher is better.</summary>
    Ordinal,
}

/// <summary>The strictly increasing function g with margin = g(q).</summary>
/// <param name="Kind">Which function.</param>
/// <param name="TrainingRows">n of the clamp; used by <see cref="LinkKind.Logit"/> only.</param>
public sealed record Link(LinkKind Kind, long TrainingRows)
{
    /// <summary>Identity in log-odds.</summary>
    public static Link LogOdds { get; } = new(LinkKind.LogOdds, 0);

    /// <summary>Identity in z.</summary>
    public static Link Ordinal { get; } = new(LinkKind.Ordinal, 0);

    /// <summary>g(q).</summary>
    public double ToMargin(double quantity)
    {
        if (Kind != LinkKind.Logit) return quantity;
        var edge = 1.0 / (2.0 * TrainingRows);
        return ReproducibleMath.Logit(Math.Clamp(quantity, edge, 1.0 - edge));
    }

    /// <summary>The factor that carries a Shapley value from q to the margin: the secant (g(q) - g(q0)) / (q - q0), or the
    /// local slope where q = q0, so that base and contributions still add up to the margin.</summary>
    public double SecantFactor(double quantity, double baseQuantity)
    {
        if (Kind != LinkKind.Logit) return 1.0;
        var edge = 1.0 / (2.0 * TrainingRows);
        var (from, to) = (Math.Clamp(baseQuantity, edge, 1.0 - edge), Math.Clamp(quantity, edge, 1.0 - edge));

        // logit(to) - logit(from) = log(1 + d) with d = (to - from) / (from (1 - to)). Near 0 the difference of two logarithms has no
        // digits left, the series has all of them.
        var d = (to - from) / (from * (1.0 - to));
        var isInside = from == baseQuantity && to == quantity;
        if (quantity == baseQuantity || (isInside && Math.Abs(d) < 1e-4))
            return (1.0 - d / 2.0 + d * d / 3.0 - d * d * d / 4.0) / (from * (1.0 - to));
        return (ToMargin(quantity) - ToMargin(baseQuantity)) / (quantity - baseQuantity);
    }
}
