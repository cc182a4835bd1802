using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Says how a scorecard is doing. It reads counts and outcomes only: no case is decrypted.</summary>
public sealed class MonitoringDesk(IScoreCounts counts, IOutcomeStore outcomes, IPortfolioStore portfolio, ReleaseSource releases, IScorecardCatalog scorecards)
{
    private const int OutcomeDays = 365;

    /// <summary>The report of a scorecard.</summary>
    /// <param name="scorecardId">Scorecard.</param>
    /// <param name="period">Days of scores and decisions.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The report, or <c>scorecard.notFound</c>, <c>monitoring.period</c>.</returns>
    public async Task<Outcome<MonitoringReport>> ReadAsync(string scorecardId, MonitoringPeriod period, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadDashboards) is { } refusal) return refusal;
        if (await scorecards.FindAsync(scorecardId, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", "There is no such scorecard.");
        if (period.Fault is { } fault) return fault;
        var outcomesFrom = MonitoringPeriod.EarlierBy(period.To, OutcomeDays - 1);
        var counted = await counts.ReadAsync(new ScoreCountQuery(scorecardId, period.From, period.To), cancellationToken);
        var stateless = await counts.ReadAsync(new ScoreCountQuery(scorecardId, period.From, period.To) { Door = ScoreDoor.Stateless }, cancellationToken);
        var observed = await outcomes.CurrentAsync(scorecardId, StartOf(outcomesFrom), EndOf(period.To), cancellationToken);
        var isOrdinal = definition.Target.IsOrdinal;
        return new MonitoringReport(
            scorecardId, period, outcomesFrom, VolumesOf(counted),
            await portfolio.TotalsAsync(new PortfolioQuery(StartOf(period.From), EndOf(period.To), scorecardId), cancellationToken),
            await ReleasesAsync(counted, observed, isOrdinal, cancellationToken),
            new StatelessMonitoring(VolumesOf(stateless), await ReleasesAsync(stateless, [], isOrdinal, cancellationToken)), PerformanceFigures.Of(observed, isOrdinal));
    }

    private async Task<IReadOnlyList<ReleaseMonitoring>> ReleasesAsync(IReadOnlyList<ScoreCount> counted, IReadOnlyList<ObservedOutcome> observed, bool isOrdinal, CancellationToken cancellationToken)
    {
        var (byRelease, outcomesOf) = (counted.ToLookup(count => count.Release), observed.ToLookup(outcome => outcome.Subject.Release));
        var found = new List<ReleaseMonitoring>();
        foreach (var hash in byRelease.Select(group => group.Key).Union(outcomesOf.Select(group => group.Key)))
        {
            IReadOnlyList<ScoreCount> ours = [.. byRelease[hash]];
            var release = (await releases.ByHashAsync(hash, cancellationToken)).TryGet(out var opened, out _) ? opened : null;
            found.Add(new ReleaseMonitoring(
                hash, release?.Model.Reference ?? outcomesOf[hash].FirstOrDefault()?.Subject.Model, release?.Model.Stage, ScoresOf(ours),
                release is null ? null : DriftFigures.OfScore(release, ours), release is null ? [] : DriftFigures.OfFeatures(release, ours),
                PerformanceFigures.Of([.. outcomesOf[hash]], isOrdinal)));
        }

        return [.. found.OrderByDescending(each => each.Scores).ThenBy(each => each.Release.Hex, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<DailyVolume> VolumesOf(IReadOnlyList<ScoreCount> counted) =>
        [.. counted.Where(count => count.Feature == ScoreBins.Name).GroupBy(count => count.Day).OrderBy(day => day.Key).Select(day => new DailyVolume(day.Key, day.Sum(count => count.Count)))];

    private static long ScoresOf(IReadOnlyList<ScoreCount> counted) => counted.Where(count => count.Feature == ScoreBins.Name).Sum(count => count.Count);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1));
}
