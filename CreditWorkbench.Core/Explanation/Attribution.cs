namespace CreditWorkbench.Core.Explanation;

/// <summary>How the value of an absent feature is imagined.</summary>
public enum AttributionMethod
{
    /// <summary>From background rows: interventional expectation.</summary>
    Interventional,
    /// <summary>From training covers along the path: path-dependent expectation.</summary>
    PathDependent,
}

/// <summary>Shapley values of one row, carried to the margin.</summary>
/// <param name="Method">Interventional or path-dependent.</param>
/// <param name="Base">Margin of the base.</param>
/// <param name="Contributions">Shape [features], or [players] where columns were joined; in margin units; base + sum = margin to 1e-9 relative.</param>
/// <param name="Margin">Margin of the row.</param>
public sealed record Attribution(AttributionMethod Method, double Base, double[] Contributions, double Margin)
{
    /// <summary>Whether the contributions are sampled, as a network's are: they add up, but each is an estimate. Else exact.</summary>
    public bool IsSampled { get; init; }
}
