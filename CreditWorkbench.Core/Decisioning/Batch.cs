using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>How rows of a batch are written.</summary>
public enum BatchFormat
{
    /// <summary>Comma separated with a header.</summary>
    Csv,
    /// <summary>One JSON object a line.</summary>
    Ndjson,
}

/// <summary>Where a batch stands.</summary>
public enum BatchState
{
    /// <summary>Waits for a worker.</summary>
    Queued,
    /// <summary>Rows are being scored.</summary>
    Running,
    /// <summary>Every row is scored or rejected; the results are there.</summary>
    Completed,
    /// <summary>Given up; the problem says why.</summary>
    Failed,
    /// <summary>Called off; there are no results.</summary>
    Cancelled,
}

/// <summary>A row that could not be scored.</summary>
/// <param name="Row">One-based data row.</param>
/// <param name="Code">Stable code of the fault.</param>
/// <param name="Field">Field that is at fault; null when it is the row.</param>
/// <param name="Message">What is wrong and what to do; names no value that could be personal.</param>
public sealed record BatchError(long Row, string Code, string? Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Field is null ? $"Row {Row}: {Message}" : $"Row {Row}, {Field}: {Message}";
}

/// <summary>A file of rows that a caller had scored: who asked, on which ground, under which release, and what it came to. The job that does
/// it has the same identity.</summary>
public sealed record Batch
{
    /// <summary>Identity (Guid v7), also of the job.</summary>
    public required Guid Id { get; init; }
    /// <summary>Who asked; nobody else sees it.</summary>
    public required Guid OwnerId { get; init; }
    /// <summary>Scorecard.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>Release in production when it was taken in: it scores every row, also after a restart, but those that a canary against it draws.</summary>
    public required ContentHash Release { get; init; }
    /// <summary>Model of the release as NAME@VERSION.</summary>
    public required string Model { get; init; }
    /// <summary>How the rows came.</summary>
    public required BatchFormat Format { get; init; }
    /// <summary>How much explanation each row gets.</summary>
    public required SheetExplanation Explanation { get; init; }
    /// <summary>Column that is carried over; null without.</summary>
    public string? IdColumn { get; init; }
    /// <summary>Legal basis of scoring.</summary>
    public required string LegalBasis { get; init; }
    /// <summary>SHA-256 of the bytes as they came.</summary>
    public required ContentHash InputHash { get; init; }
    /// <summary>Bytes as they came.</summary>
    public required long InputBytes { get; init; }
    /// <summary>When asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When the first worker took it; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Where it stands.</summary>
    public BatchState State { get; init; }
    /// <summary>Rows read so far.</summary>
    public long Rows { get; init; }
    /// <summary>Rows among them that could not be scored.</summary>
    public long Rejected { get; init; }
    /// <summary>Share of the input that is done, in [0, 1].</summary>
    public double Share { get; init; }
    /// <summary>The first rejected rows.</summary>
    public IReadOnlyList<BatchError> Errors { get; init; } = [];
    /// <summary>SHA-256 of the results; null without.</summary>
    public ContentHash? ResultHash { get; init; }
    /// <summary>Why it failed; null otherwise.</summary>
    public string? Problem { get; init; }
    /// <summary>When input and results were removed; null while they are kept.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}
