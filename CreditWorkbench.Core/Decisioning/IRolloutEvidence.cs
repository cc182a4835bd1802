using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A number of cases in a bin of a measure, over a window.</summary>
/// <param name="Arm">Side.</param>
/// <param name="Measure">One of <see cref="RolloutMeasures"/>.</param>
/// <param name="Bin">Bin.</param>
/// <param name="Count">Cases.</param>
public sealed record RolloutCount(RolloutArm Arm, string Measure, int Bin, long Count);

/// <summary>What both sides decided on an application.</summary>
/// <param name="ApplicationId">Application.</param>
/// <param name="Champion">The champion's decision.</param>
/// <param name="Challenger">The challenger's decision.</param>
public sealed record PairedDecision(Guid ApplicationId, Recommendation Champion, Recommendation Challenger);

/// <summary>Durable counts and pairs of rollouts.</summary>
public interface IRolloutEvidence
{
    /// <summary>Adds counts and pairs in one transaction. A pair of an erased applicant is left out.</summary>
    Task AddAsync(IReadOnlyList<RolloutTally> tallies, IReadOnlyList<RolloutPair> pairs, CancellationToken cancellationToken);

    /// <summary>Counts of a rollout from a moment on.</summary>
    Task<IReadOnlyList<RolloutCount>> CountsAsync(Guid rolloutId, DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>The newest pairs of a rollout from a moment on, newest first. Those of erased applicants are left out.</summary>
    Task<IReadOnlyList<RolloutPair>> PairsAsync(Guid rolloutId, DateTimeOffset from, int count, CancellationToken cancellationToken);

    /// <summary>The newest decisions on applications from a moment on, newest first; nothing is decrypted.</summary>
    Task<IReadOnlyList<PairedDecision>> DecisionsAsync(Guid rolloutId, DateTimeOffset from, int count, CancellationToken cancellationToken);
}
