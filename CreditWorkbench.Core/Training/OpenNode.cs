namespace CreditWorkbench.Core.Training;

/// <summary>A node of a boosted tree whose split is known and not yet made.</summary>
internal sealed class OpenNode
{
    /// <summary>The node.</summary>
    public required GrownNode Node { get; init; }

    /// <summary>First slot of its rows.</summary>
    public required int Begin { get; init; }

    /// <summary>Slot after its last row.</summary>
    public required int End { get; init; }

    /// <summary>Tests above it.</summary>
    public required int Depth { get; init; }

    /// <summary>Gradient and hessian of its rows.</summary>
    public required GradientSum Sum { get; init; }

    /// <summary>Bounds of its value and of all leaves below.</summary>
    public required NodeBounds Bounds { get; init; }

    /// <summary>Sets of columns that hold the path to it; null at the root or when all columns may meet.</summary>
    public ulong[]? Path { get; init; }

    /// <summary>Sums per column and bin, while the node may still be split.</summary>
    public GradientSum[]? Histogram { get; set; }

    /// <summary>Score of the node as a leaf.</summary>
    public double OwnScore { get; set; }

    /// <summary>Its best split; column -1 when it stays a leaf.</summary>
    public SplitChoice<GradientSum> Choice { get; set; } = new(0);

    /// <summary>Number of rows.</summary>
    public int Rows => End - Begin;

    /// <summary>What the split gains.</summary>
    public double Gain => Choice.Score - OwnScore;

    /// <summary>The node in a space of its own.</summary>
    public OpenNode AtFront() => new()
    {
        Node = Node,
        Begin = 0,
        End = Rows,
        Depth = Depth,
        Sum = Sum,
        Bounds = Bounds,
        Path = Path,
        Histogram = Histogram,
        OwnScore = OwnScore,
        Choice = Choice,
    };
}
