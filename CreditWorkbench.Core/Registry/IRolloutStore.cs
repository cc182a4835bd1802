using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Durable rollouts.</summary>
public interface IRolloutStore
{
    /// <summary>All rollouts, newest first; of one scorecard where it is named.</summary>
    Task<IReadOnlyList<Rollout>> ListAsync(string? scorecardId, CancellationToken cancellationToken);

    /// <summary>Those that run, oldest first.</summary>
    Task<IReadOnlyList<Rollout>> RunningAsync(CancellationToken cancellationToken);

    /// <summary>One rollout; null when unknown.</summary>
    Task<Rollout?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>What was done to a rollout, oldest first.</summary>
    Task<IReadOnlyList<RolloutEvent>> HistoryAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Starts a rollout; <c>rollout.running</c> where the challenger runs already or another canary decides for the scorecard.</summary>
    Task<Outcome<Rollout>> AddAsync(Rollout rollout, RolloutEvent started, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Replaces a rollout that nobody changed meanwhile, else <c>version.stale</c>; <c>rollout.running</c> as in
    /// <see cref="AddAsync"/>.</summary>
    Task<Outcome<Rollout>> UpdateAsync(Rollout rollout, RolloutEvent change, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Judgements in a row that found a limit broken, by guardrail; empty at the start.</summary>
    Task<IReadOnlyDictionary<string, int>> StreaksAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Keeps those counts. They are the watch's own and leave the version token alone.</summary>
    Task SaveStreaksAsync(Guid id, IReadOnlyDictionary<string, int> streaks, CancellationToken cancellationToken);
}
