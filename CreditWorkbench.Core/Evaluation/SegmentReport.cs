namespace CreditWorkbench.Core.Evaluation;

/// <summary>A model on the rows of one segment. What needs both outcomes is null where a segment has one only.</summary>
public sealed record SegmentFigures
{
    /// <summary>Value of the segment column.</summary>
    public required string Segment { get; init; }
    /// <summary>Rows.</summary>
    public required int Count { get; init; }
    /// <summary>Bad rows.</summary>
    public required int Bads { get; init; }
    /// <summary>Share of bad rows.</summary>
    public required double BadRate { get; init; }
    /// <summary>Mean issued PD.</summary>
    public required double MeanPd { get; init; }
    /// <summary>Share with a PD at or below the threshold.</summary>
    public required double ApprovalRate { get; init; }
    /// <summary>Share of bad rows among the approved; null where none is approved.</summary>
    public required double? ApprovedBadRate { get; init; }
    /// <summary>AUC inside the segment.</summary>
    public required double? Auc { get; init; }
    /// <summary>Lower limit of its 95 % interval (DeLong); null with fewer than two rows of an outcome.</summary>
    public required double? AucLow { get; init; }
    /// <summary>Upper limit.</summary>
    public required double? AucHigh { get; init; }
    /// <summary>Kolmogorov-Smirnov distance inside the segment.</summary>
    public required double? Ks { get; init; }
    /// <summary>Brier score of the issued PD.</summary>
    public required double Brier { get; init; }
}

/// <summary>A model over the segments of one column.</summary>
/// <param name="Column">Column name.</param>
/// <param name="Segments">At most <see cref="MostSegments"/>, the largest first; smaller ones are summed up as "(other)", rows without a value as "(unknown)".</param>
public sealed record SegmentReport(string Column, IReadOnlyList<SegmentFigures> Segments)
{
    /// <summary>Segments with a row of their own.</summary>
    public const int MostSegments = 20;
}
