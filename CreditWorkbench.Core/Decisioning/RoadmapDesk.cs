using System.Collections.Concurrent;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A roadmap that is there, or on its way.</summary>
/// <param name="Score">The issued score.</param>
/// <param name="Roadmap">The roadmap; null while it is worked out.</param>
public sealed record RoadmapProgress(IssuedScore Score, Roadmap? Roadmap);

/// <summary>Works roadmaps out beside the caller, who waits as long as it likes and comes back for the rest. What is under way is lost with
/// the process; the next one who asks starts it again, and gets the same roadmap.</summary>
public sealed class RoadmapDesk(ScoringDesk scoring, IScoreStore scores, IApplicationStore applications) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task<Outcome<IssuedScore>>>> _underWay = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The roadmap of a score. Where there is none yet, it is begun for an actor who may score.</summary>
    /// <param name="scoreId">The score.</param>
    /// <param name="patience">How long to wait for a roadmap that is under way; zero: the call that begins one always comes back for it.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    /// <returns>The roadmap or that it is under way; <c>score.notFound</c>, <c>roadmap.notFound</c> where nobody asked for it, or why there can be none.</returns>
    public async Task<Outcome<RoadmapProgress>> ReadAsync(Guid scoreId, TimeSpan patience, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (await scores.FindAsync(scoreId, cancellationToken) is not { } score || await applications.FindForAsync(score.ApplicationId, actor, cancellationToken) is null)
            return new Problem("score.notFound", "There is no such score.");
        if (score.Roadmap is { } there) return new RoadmapProgress(score, there);
        var begun = !_underWay.TryGetValue(scoreId, out var work);
        if (work is null)
        {
            if (!actor.May(Permission.Score)) return new Problem("roadmap.notFound", "Nobody has asked for this roadmap yet.") { Remedy = "Whoever may score can." };
            work = _underWay.GetOrAdd(scoreId, id => new(() => WorkAsync(id, actor)));
        }

        await Task.WhenAny(work.Value, Task.Delay(patience, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (!work.Value.IsCompleted || (begun && patience == TimeSpan.Zero)) return new RoadmapProgress(score, null);
        return (await work.Value).Then<RoadmapProgress>(planned => new RoadmapProgress(score, planned.Roadmap));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<Outcome<IssuedScore>> WorkAsync(Guid scoreId, Actor actor)
    {
        try
        {
            return await scoring.PlanAsync(scoreId, null, actor, _stopping.Token);
        }
        finally
        {
            _underWay.TryRemove(scoreId, out _);
        }
    }
}
