namespace CreditWorkbench.Core.Explanation;

/// <summary>Shapley values of many rows in float32: what global pages and batches aggregate. Issued explanations are in double and
/// come from an <see cref="IAttributor"/>.</summary>
public sealed record PortfolioShap
{
    /// <summary>Number of rows explained.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of features of a vector.</summary>
    public required int Features { get; init; }

    /// <summary>Shape [rows x features], row-major, in margin units; base + the sum of a row = its margin to 1e-5 relative.</summary>
    public required float[] Contributions { get; init; }

    /// <summary>Margin of the base.</summary>
    public required double Base { get; init; }

    /// <summary>Margin per row as the predictor gives it, shape [rows].</summary>
    public required double[] Margins { get; init; }

    /// <summary>Which path ran, for logs and pages: <c>pattern-tables/avx2</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Whether the contributions are sampled: they add up, but each is an estimate. Else exact.</summary>
    public bool IsSampled { get; init; }

    /// <summary>The contributions of one row, shape [features].</summary>
    public ReadOnlySpan<float> Row(int row) => Contributions.AsSpan(row * Features, Features);
}
