namespace CreditWorkbench.Core.Predictors;

/// <summary>How risk runs over the ordered bins of a characteristic.</summary>
public enum RiskTrend
{
    /// <summary>Bound to no shape.</summary>
    None,
    /// <summary>Risk never falls from a bin to the next.</summary>
    Ascending,
    /// <summary>Risk never rises from a bin to the next.</summary>
    Descending,
    /// <summary>Risk rises to one bin and falls after it.</summary>
    Peak,
    /// <summary>Risk falls to one bin and rises after it.</summary>
    Valley,
}
