namespace CreditWorkbench.Core.Explanation;

/// <summary>Interaction values averaged over rows, which are not kept.</summary>
public sealed record InteractionMeans
{
    /// <summary>Number of rows behind the means.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of features of a vector.</summary>
    public required int Features { get; init; }

    /// <summary>Mean of the magnitudes, shape [features x features], margin units: how much a pair (off the diagonal, half on either side) or
    /// a feature by itself (on it) matters.</summary>
    public required double[] Absolute { get; init; }

    /// <summary>Mean with sign, same shape.</summary>
    public required double[] Signed { get; init; }

    /// <summary>Margin of the base.</summary>
    public required double Base { get; init; }

    /// <summary>Which path ran, for logs and pages.</summary>
    public required string Engine { get; init; }
}
