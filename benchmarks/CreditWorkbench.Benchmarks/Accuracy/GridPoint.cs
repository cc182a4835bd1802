namespace CreditWorkbench.Benchmarks.Accuracy;

/// <summary>Hyper-parameters that both engines try. Shares of rows and columns are equal; penalties are each engine's defaults.</summary>
/// <param name="Trees">Boosting rounds.</param>
/// <param name="Depth">Most tests from root to leaf.</param>
/// <param name="LearningRate">Shrinkage.</param>
internal sealed record GridPoint(int Trees, int Depth, double LearningRate)
{
    /// <summary>Share of rows per tree, of both engines.</summary>
    public const double RowShare = 0.8;

    /// <summary>Share of columns per tree, of both engines.</summary>
    public const double ColumnShare = 0.5;

    /// <summary>The grid.</summary>
    public static IReadOnlyList<GridPoint> All { get; } = [new(300, 4, 0.05), new(300, 6, 0.05), new(500, 4, 0.03), new(600, 4, 0.05)];
}
