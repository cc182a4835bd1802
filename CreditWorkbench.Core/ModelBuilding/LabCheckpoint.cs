using System.Text.Json;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Where a run stands: what its page shows while it works, and what a worker needs to go on after a kill.</summary>
public sealed record LabCheckpoint
{
    /// <summary>Nothing done yet.</summary>
    public static LabCheckpoint Start { get; } = new();

    /// <summary>What the trials depend on; null before tuning.</summary>
    public string? Tuning { get; init; }
    /// <summary>Trials so far.</summary>
    public IReadOnlyList<TuningTrial> Trials { get; init; } = [];
    /// <summary>What is being done.</summary>
    public TrainingPhase Phase { get; init; }
    /// <summary>Candidate that is being built; null while all are compared.</summary>
    public string? Family { get; init; }
    /// <summary>Steps done in the phase.</summary>
    public int Done { get; init; }
    /// <summary>Steps of the phase, at least 1.</summary>
    public int Total { get; init; } = 1;
    /// <summary>Best configurations while tuning.</summary>
    public IReadOnlyList<TuningEntry> Best { get; init; } = [];
    /// <summary>Candidates compared so far, best first.</summary>
    public IReadOnlyList<LabBoardLine> Compared { get; init; } = [];

    /// <summary>Reads a checkpoint; the start where there is none, or one that cannot be read.</summary>
    public static LabCheckpoint Read(string? json)
    {
        if (json is null) return Start;
        try
        {
            return JsonSerializer.Deserialize<LabCheckpoint>(json, TrainingResultJson.Options) ?? Start;
        }
        catch (JsonException)
        {
            return Start;
        }
    }

    /// <summary>The checkpoint as text.</summary>
    public string Write() => JsonSerializer.Serialize(this, TrainingResultJson.Options);
}
