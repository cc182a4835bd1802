using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class ScoreCountsTests(PostgresServer server)
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(Sample.Moment.UtcDateTime);
    private static readonly ScoreCountQuery ThatDay = new("trust", Day, Day);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Issue_ThreeScores_CountsAddUpToThreePerFeature(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applications = await ApplicationsAsync(store, 3);

        foreach (var (n, application) in applications.Index()) Assert.True(await IssueAsync(store, application, [new("txn_count", n % 2), new(ScoreBins.Name, 11)]));

        var release = Sample.Score(applications[0]).Release.Hash;
        Assert.Equal(
            [new ScoreCount(release, Day, ScoreBins.Name, 11, 3), new ScoreCount(release, Day, "txn_count", 0, 2), new ScoreCount(release, Day, "txn_count", 1, 1)],
            (await store.Counts.ReadAsync(ThatDay, Now)).OrderBy(count => count.Feature, StringComparer.Ordinal).ThenBy(count => count.Bin));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Issue_ManyAtOnceFromTwoNodes_LosesNoCount(StoreProvider provider)
    {
        const int Cases = 24;
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();
        var applications = await ApplicationsAsync(store, Cases);

        var issued = await Task.WhenAll(applications.Select((application, n) =>
            Task.Run(() => IssueAsync(n % 2 == 0 ? store : other, application, [new("b", n % 3), new("a", 0), new(ScoreBins.Name, 11)]), Now)));

        Assert.All(issued, Assert.True);
        var counts = await store.Counts.ReadAsync(ThatDay, Now);
        Assert.Equal([8L, 8L, 8L], counts.Where(count => count.Feature == "b").Select(count => count.Count));
        Assert.All(new[] { "a", ScoreBins.Name }, feature => Assert.Equal(Cases, counts.Single(count => count.Feature == feature).Count));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Issue_ApplicationChangedMeanwhile_CountsNothing(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var application = Assert.Single(await ApplicationsAsync(store, 1));
        await store.Applications.UpdateAsync(application with { TermMonths = 24 }, Sample.Audit(), Now);

        Assert.False(await IssueAsync(store, application, [new(ScoreBins.Name, 11)]));

        Assert.Empty(await store.Counts.ReadAsync(ThatDay, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Read_OtherDayScorecardOrRelease_IsLeftOut(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applications = await ApplicationsAsync(store, 2);
        await IssueAsync(store, applications[0], [new(ScoreBins.Name, 11)]);
        // Half past five in Jakarta is still the day before in UTC.
        var early = Sample.Score(applications[1]) with { ScoredAt = new DateTimeOffset(2026, 11, 20, 5, 30, 0, TimeSpan.FromHours(7)), Bins = [new(ScoreBins.Name, 11)] };
        await store.Scores.IssueAsync(early, applications[1] with { State = ApplicationState.Scored }, Sample.Audit(), Now);

        Assert.Equal(Day, Assert.Single(await store.Counts.ReadAsync(ThatDay, Now)).Day);
        Assert.Equal(2, (await store.Counts.ReadAsync(ThatDay with { From = Day.AddDays(-1), Release = early.Release.Hash }, Now)).Count);
        Assert.Empty(await store.Counts.ReadAsync(ThatDay with { ScorecardId = "other" }, Now));
        Assert.Empty(await store.Counts.ReadAsync(ThatDay with { Release = ContentHash.Of("another release") }, Now));
    }

    private static async Task<List<CreditApplication>> ApplicationsAsync(TestStore store, int count)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var applications = new List<CreditApplication>();
        for (var i = 0; i < count; i++) applications.Add(await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now));
        return applications;
    }

    private static async Task<bool> IssueAsync(TestStore store, CreditApplication application, IReadOnlyList<BinHit> bins) =>
        (await store.Scores.IssueAsync(Sample.Score(application) with { Bins = bins }, application with { State = ApplicationState.Scored }, Sample.Audit(), Now)).Succeeded;
}
