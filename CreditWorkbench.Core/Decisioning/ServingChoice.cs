using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A rollout with its challenger's line.</summary>
/// <param name="Rollout">The rollout, in force.</param>
/// <param name="Challenger">The line; null when its package cannot be loaded.</param>
public sealed record Contest(Rollout Rollout, ServingLine? Challenger);

/// <summary>Which line decides on a subject, and which others see the case too, unseen by anybody.</summary>
public sealed class ServingChoice
{
    private readonly RolloutRecorder? _recorder;

    internal ServingChoice(ServingLine champion, Contest? decidedBy, IReadOnlyList<Contest> contests, RolloutRecorder? recorder)
    {
        (Champion, Contests, _recorder) = (champion, contests, recorder);
        (Line, Arm) = decidedBy?.Challenger is { } challenger ? (challenger, RolloutArm.Challenger) : (champion, RolloutArm.Champion);
    }

    /// <summary>The line that decides.</summary>
    public ServingLine Line { get; }

    /// <summary>Whose line that is.</summary>
    public RolloutArm Arm { get; }

    /// <summary>The line in production.</summary>
    public ServingLine Champion { get; }

    /// <summary>Rollouts in force for this scorecard.</summary>
    public IReadOnlyList<Contest> Contests { get; }

    /// <summary>Tells the rollouts that the line decided. Costs next to nothing where none is in force; never waits and never fails.</summary>
    public void Decided(DecidedCase decided)
    {
        if (Contests.Count > 0) _recorder?.Decided(this, decided);
    }

    /// <summary>Tells the rollouts that the line could not score or explain.</summary>
    public void Failed()
    {
        if (Contests.Count > 0) _recorder?.Failed(this);
    }
}
