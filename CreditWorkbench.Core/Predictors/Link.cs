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
        if (quantity != baseQuantity) return (ToMargin(quantity) - ToMargin(baseQuantity)) / (quantity - baseQuantity);
        var edge = 1.0 / (2.0 * TrainingRows);
        var inside = Math.Clamp(quantity, edge, 1.0 - edge);
        return 1.0 / (inside * (1.0 - inside));
    }
}
