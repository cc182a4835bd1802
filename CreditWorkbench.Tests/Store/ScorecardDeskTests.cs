using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Tests.Services;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class ScorecardDeskTests(PostgresServer server)
{
    private static readonly string Tiny = ScorecardFiles.Tiny;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Publish_CheckedDraft_IsInForceAndAudited(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = DeskOf(store);

        var draft = (await desk.ImportAsync(Tiny, People.Analyst, Cancellation)).Value;
        var before = (await desk.FindAsync("tiny", People.Analyst, Cancellation)).Value;
        var published = (await desk.PublishAsync("tiny", draft.RowVersion, "First version.", People.Analyst, Cancellation)).Value;

        var after = (await desk.FindAsync("tiny", People.Analyst, Cancellation)).Value;
        Assert.Null(before.Current);
        Assert.Equal(published.ScoringHash, after.Current!.ScoringHash);
        Assert.Null(after.Draft);
        Assert.True(Assert.Single((await desk.VersionsAsync("tiny", People.Analyst, Cancellation)).Value).Current);
        await store.Sequencer.SequenceAsync(Cancellation);
        var kinds = (await store.Reader.SearchAsync(new AuditQuery { SubjectId = "tiny" }, Cancellation)).Select(view => view.Entry.Kind).Order(StringComparer.Ordinal);
        Assert.Equal(["scorecard.draftSaved", "scorecard.published"], kinds);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task SaveDraft_SomebodySavedMeanwhile_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = DeskOf(store);
        await PublishAsync(desk, Tiny);

        var first = (await desk.SaveDraftAsync("tiny", Tiny + "# one\n", 0, People.Analyst, Cancellation)).Value;
        var stale = await desk.SaveDraftAsync("tiny", Tiny + "# other\n", 0, People.Analyst, Cancellation);
        var second = (await desk.SaveDraftAsync("tiny", Tiny + "# two\n", first.RowVersion, People.Analyst, Cancellation)).Value;
        var late = await desk.PublishAsync("tiny", first.RowVersion, "", People.Analyst, Cancellation);

        Assert.Equal("version.stale", Assert.Single(stale.Problems).Code);
        Assert.Equal("version.stale", Assert.Single(late.Problems).Code);
        Assert.Equal((2, Tiny + "# two\n"), (second.RowVersion, (await desk.FindAsync("tiny", People.Analyst, Cancellation)).Value.Draft!.SourceText));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Publish_OtherTexts_KeepsTheFormerVersion(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = DeskOf(store);
        await PublishAsync(desk, Tiny);

        await PublishAsync(desk, Tiny.Replace("Tiny\"", "Very tiny\"", StringComparison.Ordinal));

        var versions = (await desk.VersionsAsync("tiny", People.Analyst, Cancellation)).Value;
        Assert.Equal([true, false], versions.Select(version => version.Current));
        Assert.Single(versions.Select(version => version.ScoringHash).Distinct());
        Assert.Equal(2, versions.Select(version => version.PresentationHash).Distinct().Count());
        Assert.Equal(Tiny, (await desk.TextAsync(versions[1], People.Analyst, Cancellation)).Value);
    }

    [Fact]
    public async Task Publish_DraftWithFaults_NamesEveryFaultWithItsLine()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = DeskOf(store);
        var draft = (await desk.ImportAsync(Tiny.Replace("pdo: 50", "pdo: fifty", StringComparison.Ordinal).Replace("direction: rises", "direction: sideways", StringComparison.Ordinal), People.Analyst, Cancellation)).Value;

        var refused = await desk.PublishAsync("tiny", draft.RowVersion, "", People.Analyst, Cancellation);

        Assert.True(refused.Problems.Count >= 2);
        Assert.All(refused.Problems, problem => Assert.True(problem.Row > 0));
        Assert.NotNull((await desk.FindAsync("tiny", People.Analyst, Cancellation)).Value.Draft);
    }

    [Theory]
    [InlineData("Tiny\"", "Very tiny\"", "presentation")]
    [InlineData("range: [0, 120]", "range: [0, 240]", "scoring")]
    [InlineData("approve_from: 580", "approve_from: 590", "policy")]
    [InlineData("zzz", "zzz", "none")]
    public void Check_ChangedText_SaysWhatFollows(string from, string to, string expected)
    {
        var current = ScorecardDesk.Check("tiny", Tiny, null).Reading.Definition!;

        var change = ScorecardDesk.Check("tiny", Tiny.Replace(from, to, StringComparison.Ordinal), current).Change;

        Assert.Equal(expected, change switch { { Scoring: true } => "scoring", { Presentation: true } => "presentation", { Policy: true } => "policy", _ => "none" });
        Assert.Equal(expected != "none", change.Any);
    }

    [Fact]
    public void Check_OtherId_IsAFaultAtItsLine()
    {
        var fault = Assert.Single(ScorecardDesk.Check("other", Tiny, null).Reading.Problems);

        Assert.Equal(("scorecard.id.changed", 2L), (fault.Code, fault.Row));
    }

    [Fact]
    public async Task Import_FileWithoutAnId_IsRefused()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);

        foreach (var text in new[] { "", "format: 1", "id: ../../etc", "id: Ünïcode" })
            Assert.Equal("scorecard.id", Assert.Single((await DeskOf(store).ImportAsync(text, People.Analyst, Cancellation)).Problems).Code);
    }

    [Fact]
    public async Task Discard_Draft_LeavesWhatIsInForce()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = DeskOf(store);
        await PublishAsync(desk, Tiny);
        await desk.SaveDraftAsync("tiny", "half a fi", 0, People.Analyst, Cancellation);

        await desk.DiscardAsync("tiny", People.Analyst, Cancellation);

        var left = Assert.Single((await desk.ListAsync(People.Analyst, Cancellation)).Value);
        Assert.Equal((null, Tiny), (left.Draft, left.Current!.SourceText));
    }

    [Fact]
    public async Task EveryDoor_WithoutPermission_IsClosed()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, officer, risk) = (DeskOf(store), People.Officer, People.Risk);

        IReadOnlyList<Problem>[] answers =
        [
            (await desk.ListAsync(officer, Cancellation)).Problems,
            (await desk.FindAsync("tiny", officer, Cancellation)).Problems,
            (await desk.VersionsAsync("tiny", officer, Cancellation)).Problems,
            (await desk.ImportAsync(Tiny, risk, Cancellation)).Problems,
            (await desk.SaveDraftAsync("tiny", Tiny, 0, risk, Cancellation)).Problems,
            (await desk.DiscardAsync("tiny", risk, Cancellation)).Problems,
            (await desk.PublishAsync("tiny", 1, "", officer, Cancellation)).Problems,
        ];

        Assert.All(answers, problems => Assert.Equal("permission.missing", Assert.Single(problems).Code));
    }

    private static ScorecardDesk DeskOf(TestStore store) => ActivatorUtilities.CreateInstance<ScorecardDesk>(store.Services);

    private static async Task PublishAsync(ScorecardDesk desk, string text)
    {
        var draft = (await desk.ImportAsync(text, People.Analyst, Cancellation)).Value;
        Assert.Empty((await desk.PublishAsync("tiny", draft.RowVersion, "", People.Analyst, Cancellation)).Problems);
    }
}
