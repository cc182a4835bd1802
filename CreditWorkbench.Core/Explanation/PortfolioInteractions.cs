namespace CreditWorkbench.Core.Explanation;

/// <summary>Interaction values of many rows in float32.</summary>
public sealed record PortfolioInteractions
{
    /// <summary>Number of rows explained.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of features of a vector.</summary>
    public required int Features { get; init; }

    /// <summary>Shape [rows x features x features], in margin units, as <see cref="InteractionValues.Values"/>; base + the sum of a row's
    /// matrix = its margin to 1e-5 relative.</summary>
    public required float[] Values { get; init; }

    /// <summary>Margin of the base.</summary>
    public required double Base { get; init; }

    /// <summary>Margin per row, shape [rows].</summary>
    public required double[] Margins { get; init; }

    /// <summary>Which path ran, for logs and pages.</summary>
    public required string Engine { get; init; }

    /// <summary>The matrix of one row, shape [features x features].</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Features * Features, Features * Features);
}
