using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A stored training run. Its parts, acknowledgements and job are kept beside it.</summary>
public sealed record LabRun
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>What was asked for.</summary>
    public required LabRequest Request { get; init; }
    /// <summary>Name of the data for people.</summary>
    public required string DataName { get; init; }
    /// <summary>Scorecard of the rows.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>Who asked.</summary>
    public required Guid CreatedBy { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>The job that works on it, or worked last.</summary>
    public required Guid JobId { get; init; }
    /// <summary>What the rows turned out to be; null until they were read.</summary>
    public LabFacts? Facts { get; init; }
    /// <summary>What it found; null until it has ended well.</summary>
    public LabSummary? Summary { get; init; }
}

/// <summary>Parts that rows are dealt into.</summary>
public enum LabPart
{
    /// <summary>Rows that train.</summary>
    Train,
    /// <summary>Rows that calibrate and choose thresholds.</summary>
    Calibration,
    /// <summary>Rows that only test.</summary>
    Test,
    /// <summary>Rows from the date on.</summary>
    OutOfTime,
}

/// <summary>Rows of one part.</summary>
/// <param name="Part">Which.</param>
/// <param name="Rows">How many.</param>
/// <param name="Bad">Bad ones among them.</param>
public sealed record LabPartRows(LabPart Part, int Rows, int Bad)
{
    /// <summary>Share of bad rows; null without rows.</summary>
    public double? BadRate => Rows == 0 ? null : (double)Bad / Rows;
}

/// <summary>What the rows of a run are.</summary>
/// <param name="Rows">Labelled rows.</param>
/// <param name="Bad">Bad ones among them.</param>
/// <param name="RejectedRows">Rows of the file that were left out.</param>
/// <param name="Features">Columns that models learn from.</param>
/// <param name="Parts">Parts with rows.</param>
/// <param name="DataHash">Hash of columns, cells, outcomes and file rows.</param>
/// <param name="ScoringHash">Hash of the scoring dictionary.</param>
/// <param name="CodeVersion">Version of the program that trained.</param>
/// <param name="Directed">Columns with a declared direction of risk.</param>
public sealed record LabFacts(
    int Rows, int Bad, long RejectedRows, int Features, IReadOnlyList<LabPartRows> Parts, ContentHash DataHash, ContentHash ScoringHash, string CodeVersion, int Directed)
{
    /// <summary>What was noticed while reading.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A person takes responsibility for a leakage finding of a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Column">Column of the finding.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Reason">Why it stands.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record LabAcknowledgement(Guid RunId, string Column, string Kind, string Reason, Guid By, DateTimeOffset At);
