namespace CreditWorkbench.Core.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Waits for a worker.</summary>
    Queued,
    /// <summary>A worker holds its lease.</summary>
    Running,
    /// <summary>Done; the result is there.</summary>
    Completed,
    /// <summary>Gave up; the error says why.</summary>
    Failed,
    /// <summary>Cancelled before it was done.</summary>
    Cancelled,
}

/// <summary>Long work that survives the browser and the process.</summary>
public sealed record Job
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Which handler does it: train, batch, etl.</summary>
    public required string Kind { get; init; }
    /// <summary>What it is about, for people.</summary>
    public required string Title { get; init; }
    /// <summary>Input of the handler as JSON.</summary>
    public required string PayloadJson { get; init; }
    /// <summary>Who asked.</summary>
    public required Guid CreatedBy { get; init; }
    /// <summary>When asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Where it stands.</summary>
    public JobState State { get; init; }
    /// <summary>Worker that holds the lease; null without.</summary>
    public string? Owner { get; init; }
    /// <summary>End of the lease; another worker may take the job after it.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }
    /// <summary>How often it was taken.</summary>
    public int Attempt { get; init; }
    /// <summary>Rises with each lease; a writer with an older token is refused.</summary>
    public long FencingToken { get; init; }
    /// <summary>Where to resume; null at the start.</summary>
    public string? Checkpoint { get; init; }
    /// <summary>Whether somebody asked to cancel.</summary>
    public bool CancelRequested { get; init; }
    /// <summary>Phase in words; empty before the start.</summary>
    public string Phase { get; init; } = "";
    /// <summary>Share done, in [0, 1].</summary>
    public double Progress { get; init; }
    /// <summary>Result as JSON; null until completed.</summary>
    public string? ResultJson { get; init; }
    /// <summary>Why it failed; null otherwise.</summary>
    public string? Error { get; init; }
    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
