namespace CreditWorkbench.Core.Training;

/// <summary>How a random forest trains.</summary>
public sealed record ForestSettings
{
    /// <summary>Number of trees.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Most tests from root to leaf, 1 to 30.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Fewest distinct rows of a node that is split.</summary>
    public int MinSplit { get; init; } = 20;

    /// <summary>Fewest rows of a child, bootstrap multiplicity included.</summary>
    public int MinLeaf { get; init; } = 1;

    /// <summary>Columns drawn per node; 0 for the square root of their number, rounded down. More are drawn while none can be split.</summary>
    public int ColumnsPerNode { get; init; }

    /// <summary>Most bins per column, reserved ones included; 2 to 255.</summary>
    public int Bins { get; init; } = 255;

    /// <summary>Whether each class gets the same total weight: weight of all rows / (classes x weight of the class) per row.</summary>
    public bool Balanced { get; init; } = true;

    /// <summary>Weight of each class, above 0, in the order of classes; null to leave it to <see cref="Balanced"/>.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Whether each tree sees a bootstrap sample; otherwise all rows.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>One flag per column, or null for none; see <see cref="BoostingSettings.BlankNeverHelps"/>.</summary>
    public IReadOnlyList<bool>? BlankNeverHelps { get; init; }

    /// <summary>Refuses settings that cannot train.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Depth, 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSplit, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinLeaf, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ColumnsPerNode);
    }
}
