namespace CreditWorkbench.Core.Jobs;

/// <summary>How a worker works.</summary>
public sealed record JobWorkerOptions
{
    /// <summary>Who holds the leases; unique per process.</summary>
    public string Owner { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():n}";
    /// <summary>How long a job stays taken without a sign of life.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Pause between two signs of life; well below <see cref="Lease"/>.</summary>
    public TimeSpan Report { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Pause after nothing was found.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>How often a job is taken up before it counts as one that kills its worker.</summary>
    public int MaxAttempts { get; init; } = 5;
    /// <summary>Jobs done at the same time.</summary>
    public int Threads { get; init; } = 1;
}
