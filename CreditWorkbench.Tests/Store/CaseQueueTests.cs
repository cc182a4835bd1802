using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>The review queue: filters, orders and counts in the store, and what other nodes hear.</summary>
public sealed class CaseQueueTests(PostgresServer server)
{
    private static readonly Guid Mine = Guid.CreateVersion7();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Page_EveryFilter_AgreesWithItsCount(StoreProvider provider)
    {
        await using var store = await FilledAsync(provider);
        var queue = store.Get<ICaseQueue>();

        var counts = await queue.CountAsync(Mine, null, Sample.Moment.AddHours(26), Now);

        Assert.Equal(new QueueCounts(Waiting: 3, Claimed: 2, Second: 1, Decided: 1, Mine: 1, Objections: 1, Late: 1, Soon: 2), counts);
        foreach (var filter in Enum.GetValues<QueueFilter>())
        {
            var page = await queue.PageAsync(new QueueQuery(filter, Mine, Sample.Moment.AddHours(26)), Now);
            Assert.Equal((counts.Of(filter), counts.Of(filter)), (page.Total, page.Items.Count));
        }
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Page_EveryOrder_StandsAsNamed(StoreProvider provider)
    {
        await using var store = await FilledAsync(provider);
        var queue = store.Get<ICaseQueue>();
        async Task<List<QueueEntry>> Rows(QueueSort sort, bool down = false) =>
            [.. (await queue.PageAsync(new QueueQuery(QueueFilter.Open, Mine, Sample.Moment) { Sort = sort, Descending = down }, Now)).Items];

        Assert.Equal([500, 510, 520, 530, 540, 550], (await Rows(QueueSort.Score)).Select(row => row.Facts.Issued));
        Assert.Equal([550, 540, 530, 520, 510, 500], (await Rows(QueueSort.Score, down: true)).Select(row => row.Facts.Issued));
        Assert.Equal([6_000_000m, 5_000_000, 4_000_000, 3_000_000, 2_000_000, 1_000_000], (await Rows(QueueSort.Amount, down: true)).Select(row => row.Facts.Amount!.Value.Major));
        var numbers = (await Rows(QueueSort.Number)).Select(row => row.Facts.Number).ToList();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        Assert.Equal([25.0, 26, 27, 28, 29, 30], (await Rows(QueueSort.Due)).Select(row => (row.Case.DueAt - Sample.Moment).TotalHours));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Page_Search_FindsByWordOfTheNameAndByEndOfTheNumber(StoreProvider provider)
    {
        await using var store = await FilledAsync(provider);
        var queue = store.Get<ICaseQueue>();
        async Task<Page<QueueEntry>> Found(string search) => await queue.PageAsync(new QueueQuery(QueueFilter.Open, Mine, Sample.Moment) { Search = search }, Now);

        var byName = await Found("tirta");
        var byNumber = await Found(byName.Items[0].Facts.Number[^4..]);

        Assert.Equal("Tirta Halim", Assert.Single(byName.Items).Applicant.Name);
        Assert.Equal(byName.Items[0].Case, Assert.Single(byNumber.Items).Case);
        Assert.Equal(0, (await Found("nobody")).Total);
        Assert.Equal(0, (await Found("' OR 1=1 --1")).Total);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Page_SecondPage_ContinuesTheFirst(StoreProvider provider)
    {
        await using var store = await FilledAsync(provider);
        var query = new QueueQuery(QueueFilter.Open, Mine, Sample.Moment) { Sort = QueueSort.Score, PageSize = 4 };

        var second = await store.Get<ICaseQueue>().PageAsync(query with { Page = 2 }, Now);

        Assert.Equal(6, second.Total);
        Assert.Equal([540, 550], second.Items.Select(row => row.Facts.Issued));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task ChangedSince_ClaimOnAnotherNode_IsHeardHere(StoreProvider provider)
    {
        await using var store = await FilledAsync(provider);
        await using var other = store.OtherNode();
        var queue = store.Get<ICaseQueue>();
        var before = store.Time.GetUtcNow();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var waiting = (await queue.PageAsync(new QueueQuery(QueueFilter.Free, Mine, Sample.Moment), Now)).Items[0].Case;

        await other.Reviews.UpdateAsync(waiting with { State = CaseState.Claimed, ClaimedBy = Mine, ClaimedByName = "Maya" }, Sample.Audit(), Now);

        Assert.Empty(await queue.ChangedSinceAsync(store.Time.GetUtcNow() + TimeSpan.FromSeconds(1), Now));
        var change = Assert.Single(await queue.ChangedSinceAsync(before + TimeSpan.FromSeconds(30), Now));
        Assert.Equal((waiting.Id, waiting.ApplicationId, waiting.Version + 1), (change.CaseId, change.ApplicationId, change.Version));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Plan_OpenCases_IsReadByAnIndex(StoreProvider provider)
    {
        await using var store = await FilledAsync(provider);
        await using var context = store.Context();
        var sql = "SELECT \"Id\" FROM \"Cases\" WHERE \"State\" IN ('Waiting','Claimed','SecondApproval') ORDER BY \"Priority\", \"DueAt\" LIMIT 25";

        var plan = await context.PlanAsync(sql, Now);

        Assert.Contains("IX_Cases_State_Priority_DueAt", plan, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Views_SavedTwiceUnderOneName_KeepTheLatest(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var views = store.Get<ISavedViewStore>();
        async Task<Outcome<SavedView>> Save(string name, string query) => await views.SaveAsync(new SavedView(Guid.CreateVersion7(), Mine, name, query), Now);

        await Save("Large", "sort=amount");
        await Save("Large", "sort=amount&desc=true");
        for (var i = 1; i < SavedView.Most; i++) await Save($"View {i}", "");
        var refused = await Save("One more", "");
        var kept = await views.OfAsync(Mine, Now);
        await views.RemoveAsync(kept[0].Id, Guid.CreateVersion7(), Now);

        Assert.Equal("view.full", Assert.Single(refused.Problems).Code);
        Assert.Equal(("Large", "sort=amount&desc=true"), (kept[0].Name, kept[0].Query));
        Assert.Equal(SavedView.Most, (await views.OfAsync(Mine, Now)).Count);
        Assert.Empty(await views.OfAsync(Guid.CreateVersion7(), Now));
    }

    // Seven cases: three wait, two are claimed (one mine), one waits for a second person, one is decided; due after 25 to 31 hours.
    private async Task<TestStore> FilledAsync(StoreProvider provider)
    {
        var store = await TestStore.OpenAsync(provider, server);
        CaseState[] states = [CaseState.Waiting, CaseState.Waiting, CaseState.Waiting, CaseState.Claimed, CaseState.Claimed, CaseState.SecondApproval, CaseState.Decided];
        for (var i = 0; i < states.Length; i++)
        {
            var applicant = Sample.Applicant(i == 2 ? "Tirta Halim" : "Dewi Anggraini", $"a{i}@contoh.id");
            await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
            var application = await store.Applications.AddAsync(Sample.Application(applicant.Id) with { Amount = Money.FromMajor((i + 1) * 1_000_000m, "IDR") }, Sample.Audit(), Now);
            var score = (await store.Scores.IssueAsync(Sample.Score(application, 500 + 10 * i), application, Sample.Audit(), Now)).Value;
            var stored = (await store.Applications.FindAsync(application.Id, Now))!;
            var opened = await store.Reviews.OpenAsync(Sample.Case(score) with { Priority = 2, DueAt = Sample.Moment.AddHours(25 + i) }, stored with { State = ApplicationState.InReview }, Sample.Audit(), Now);
            var officer = i == 3 ? Mine : Guid.CreateVersion7();
            await store.Reviews.UpdateAsync(
                opened with { State = states[i], ClaimedBy = states[i] == CaseState.Waiting ? null : officer, ObjectedAt = i == 1 ? Sample.Moment : null }, Sample.Audit(), Now);
        }

        return store;
    }
}
