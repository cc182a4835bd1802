using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>How a challenger runs beside the champion.</summary>
public enum RolloutMode
{
    /// <summary>Scores every case unseen.</summary>
    Shadow,
    /// <summary>Decides for a share of the subjects, and scores the others unseen.</summary>
    Canary,
}

/// <summary>Where a rollout stands.</summary>
public enum RolloutState
{
    /// <summary>In force.</summary>
    Running,
    /// <summary>The challenger went into production.</summary>
    Promoted,
    /// <summary>The challenger was taken back, by a person or by a guardrail.</summary>
    RolledBack,
    /// <summary>Stopped without a verdict on the challenger.</summary>
    Ended,
}

/// <summary>One of the two sides.</summary>
public enum RolloutArm
{
    /// <summary>What is in production.</summary>
    Champion,
    /// <summary>What may replace it.</summary>
    Challenger,
}

/// <summary>A challenger that runs beside the release in production of a scorecard.</summary>
public sealed record Rollout
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Scorecard.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>Release in production at the start.</summary>
    public required ContentHash ChampionRelease { get; init; }
    /// <summary>NAME@V of the champion.</summary>
    public required string Champion { get; init; }
    /// <summary>Release under trial.</summary>
    public required ContentHash ChallengerRelease { get; init; }
    /// <summary>NAME@V of the challenger.</summary>
    public required string Challenger { get; init; }
    /// <summary>Mode.</summary>
    public required RolloutMode Mode { get; init; }
    /// <summary>Percent of the subjects that the challenger decides on, in [1, 100]; 0 in shadow.</summary>
    public required int Share { get; init; }
    /// <summary>What makes the draw of this rollout its own.</summary>
    public required string Salt { get; init; }
    /// <summary>Limits.</summary>
    public required RolloutGuardrails Guardrails { get; init; }
    /// <summary>State.</summary>
    public RolloutState State { get; init; }
    /// <summary>Who started it.</summary>
    public required Guid StartedBy { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Who ended it; null while it runs.</summary>
    public Guid? EndedBy { get; init; }
    /// <summary>When; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Why it was started, or, once it ended, why it ended.</summary>
    public string Note { get; init; } = "";
    /// <summary>Version token.</summary>
    public int RowVersion { get; init; }

    /// <summary>Whether it is in force.</summary>
    public bool Runs => State == RolloutState.Running;
}

/// <summary>Something that was done to a rollout.</summary>
/// <param name="RolloutId">Rollout.</param>
/// <param name="Kind">started, shareChanged, guardrailsChanged, promoted, rolledBack or ended.</param>
/// <param name="Share">Percent from then on.</param>
/// <param name="ActorId">Who.</param>
/// <param name="Note">Why.</param>
/// <param name="At">When.</param>
public sealed record RolloutEvent(Guid RolloutId, string Kind, int Share, Guid ActorId, string Note, DateTimeOffset At);
