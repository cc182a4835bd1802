using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Serving lines of releases, compiled once per release, and the choice between them.</summary>
/// <param name="releases">Releases.</param>
/// <param name="rollouts">Rollouts in force; null: none ever.</param>
/// <param name="recorder">Hears of decisions while rollouts are in force; null: nobody does.</param>
public sealed class ServingLines(ReleaseSource releases, RolloutSource? rollouts = null, RolloutRecorder? recorder = null)
{
    private readonly ConditionalWeakTable<Release, ServingLine> _lines = [];
    private readonly ConditionalWeakTable<ServingLine, ServingChoice> _alone = [];

    /// <summary>The line in production of a scorecard.</summary>
    public async ValueTask<Outcome<ServingLine>> InProductionAsync(string scorecardId, CancellationToken cancellationToken) =>
        (await releases.InProductionAsync(scorecardId, cancellationToken)).Then<ServingLine>(release => Of(release));

    /// <summary>The line that decides on a subject: production's, or, in a canary that drew the subject, the challenger's. The same subject
    /// meets the same side as long as the rollout runs and its share is not lowered.</summary>
    /// <param name="scorecardId">Scorecard.</param>
    /// <param name="subject">Who or what is decided on, always written in the same way: an applicant's id (<see cref="SubjectOf"/>), or the
    /// reference that a client gives.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The choice, or why nothing is in production. A challenger that cannot be loaded decides on nobody.</returns>
    public async ValueTask<Outcome<ServingChoice>> ChooseAsync(string scorecardId, string subject, CancellationToken cancellationToken)
    {
        if (!(await releases.InProductionAsync(scorecardId, cancellationToken)).TryGet(out var release, out var problems)) return Outcome<ServingChoice>.Refused(problems);
        var champion = Of(release);
        var running = rollouts is null ? [] : await rollouts.RunningAsync(scorecardId, release.Model.ReleaseHash, cancellationToken);
        if (running.Count == 0) return _alone.GetValue(champion, line => new ServingChoice(line, null, [], null));
        var contests = new List<Contest>(running.Count);
        foreach (var rollout in running)
            contests.Add(new Contest(rollout, (await releases.ByHashAsync(rollout.ChallengerRelease, cancellationToken)).TryGet(out var challenger, out _) ? Of(challenger) : null));
        return new ServingChoice(champion, contests.Find(contest => RolloutDraw.Takes(contest.Rollout, subject)), contests, recorder);
    }

    /// <summary>The canary in force against a line, at most a second old; null without one, once the line is no more in production, and while the challenger cannot be
    /// loaded.</summary>
    public async ValueTask<RunningCanary?> CanaryAsync(ServingLine champion, CancellationToken cancellationToken)
    {
        if (rollouts is null) return null;
        var running = await rollouts.RunningAsync(champion.Release.Definition.Id, champion.Release.Model.ReleaseHash, cancellationToken);
        if (running.FirstOrDefault(rollout => rollout.Mode == RolloutMode.Canary) is not { } canary) return null;
        return (await releases.ByHashAsync(canary.ChallengerRelease, cancellationToken)).TryGet(out var challenger, out _) ? new RunningCanary(canary, Of(challenger), recorder) : null;
    }

    /// <summary>How an applicant is named as a subject.</summary>
    public static string SubjectOf(Guid applicantId) => applicantId.ToString("D");

    /// <summary>The line of a past release.</summary>
    public async ValueTask<Outcome<ServingLine>> ByHashAsync(ContentHash releaseHash, CancellationToken cancellationToken) =>
        (await releases.ByHashAsync(releaseHash, cancellationToken)).Then<ServingLine>(release => Of(release));

    private ServingLine Of(Release release) => _lines.GetValue(release, fresh => new ServingLine(fresh));
}
