namespace CreditWorkbench.Core.Explanation;

/// <summary>What explanations may take of the machine.</summary>
public sealed record ExplanationLimits
{
    /// <summary>Nothing set: 256 MiB of tables.</summary>
    public static ExplanationLimits Default { get; } = new();

    /// <summary>Bytes that the resident tables of one explainer may take; a model that needs more is explained by a slower exact path,
    /// which <see cref="PortfolioExplainer.Engine"/> names.</summary>
    public long TableBytes { get; init; } = 256L << 20;
}
