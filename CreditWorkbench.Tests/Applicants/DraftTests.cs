using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Applicants;

/// <summary>Drafts that are saved while somebody types: everything is kept, the trail is told once.</summary>
public sealed class DraftTests(PostgresServer server)
{
    private static readonly Guid Session = Guid.NewGuid();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SaveDraft_FieldByField_TellsTheTrailOnceWithAllFields()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store);

        var first = (await desk.SaveDraftAsync(draft.Id, draft.Version, Request(income: 5_000_000), Session, Sample.Officer, Now)).Value;
        var second = (await desk.SaveDraftAsync(draft.Id, first.Version, Request(income: 5_000_000, turnover: 12), Session, Sample.Officer, Now)).Value;
        Assert.Empty(await EntriesAsync(store));
        var closed = (await desk.CloseEditsAsync(draft.Id, Sample.Officer, Now)).Value;
        await desk.CloseEditsAsync(draft.Id, Sample.Officer, Now);

        var entry = Assert.Single(await EntriesAsync(store));
        Assert.Equal("income, turnover", entry.Payload!["fields"]);
        Assert.Equal(ContentHash.Of(second.ValuesJson).Hex, entry.Payload["values"]);
        Assert.Contains("\"turnover\":{\"origin\":\"verified\",\"evidence\":\"ledger\"}", entry.Payload["sources"], StringComparison.Ordinal);
        Assert.Null(closed.OpenEdits);
    }

    [Fact]
    public async Task SaveDraft_AfterSomebodyLeftTheirsOpen_ClosesTheirsUnderTheirName()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store);
        var other = Sample.Officer with { Id = Guid.NewGuid() };

        var first = (await desk.SaveDraftAsync(draft.Id, draft.Version, Request(income: 1), Session, Sample.Officer, Now)).Value;
        var second = (await desk.SaveDraftAsync(draft.Id, first.Version, Request(income: 2), Guid.NewGuid(), other, Now)).Value;

        var entry = Assert.Single(await EntriesAsync(store));
        Assert.Equal(Sample.Officer.Id, entry.Entry.ActorId);
        Assert.Equal(ContentHash.Of(first.ValuesJson).Hex, entry.Payload!["values"]);
        Assert.Equal(other.Id, second.OpenEdits!.ActorId);
    }

    [Fact]
    public async Task SaveDraft_NothingChanged_KeepsVersionAndOpensNothing()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store);
        var first = (await desk.SaveDraftAsync(draft.Id, draft.Version, Request(income: 1), Session, Sample.Officer, Now)).Value;

        var again = (await desk.SaveDraftAsync(draft.Id, first.Version, Request(income: 1), Session, Sample.Officer, Now)).Value;

        Assert.Equal(first.Version, again.Version);
    }

    [Fact]
    public async Task SaveDraft_OfAnOldVersion_IsStale()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store);
        await desk.SaveDraftAsync(draft.Id, draft.Version, Request(income: 1), Session, Sample.Officer, Now);

        var stale = await desk.SaveDraftAsync(draft.Id, draft.Version, Request(income: 2), Session, Sample.Officer, Now);

        Assert.Equal("version.stale", Assert.Single(stale.Problems).Code);
    }

    [Fact]
    public async Task Change_WithoutStatedSources_ForgetsThoseOfChangedValuesOnly()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store);
        var first = (await desk.ChangeAsync(draft.Id, draft.Version, Request(income: 5, turnover: 12), Sample.Officer, Now)).Value;

        var second = (await desk.ChangeAsync(draft.Id, first.Version, Request(income: 5, turnover: 13) with { Sources = null }, Sample.Officer, Now)).Value;

        Assert.Equal(["income"], ValueSources.FromText(second.SourcesJson).Keys);
    }

    [Fact]
    public async Task Renew_OfAWithdrawnApplication_TakesItsValuesOverAndLinks()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store);
        var filled = (await desk.ChangeAsync(draft.Id, draft.Version, Request(income: 5, turnover: 12), Sample.Officer, Now)).Value;
        var early = await desk.RenewAsync(draft.Id, Definitions.Small, Sample.Officer, Now);
        await desk.WithdrawAsync(draft.Id, filled.Version, Sample.Officer, Now);

        var renewed = (await desk.RenewAsync(draft.Id, Definitions.Small, Sample.Officer, Now)).Value;

        Assert.Equal("application.open", Assert.Single(early.Problems).Code);
        Assert.Equal((draft.Id, ApplicationState.Draft, filled.ValuesJson, filled.SourcesJson), (renewed.LinkedTo, renewed.State, renewed.ValuesJson, renewed.SourcesJson));
    }

    [Fact]
    public void Sources_OfARecord_MissingIsImputedAndUnstatedFollowsTheDictionary()
    {
        var record = new InputRecord(Definitions.Small, [InputValue.OfNumber(1), InputValue.Missing, InputValue.OfNumber(0)]);

        var sources = ValueSources.Of(record, new Dictionary<string, ValueSource> { ["turnover"] = new(ValueOrigin.Bank) });

        Assert.Equal([ValueOrigin.Declared, ValueOrigin.Imputed, ValueOrigin.Bureau], Definitions.Small.Inputs.Select(input => sources[input.Name].Origin));
    }

    private static ApplicationRequest Request(double income, double? turnover = null)
    {
        var record = new InputRecord(Definitions.Small, [InputValue.OfNumber(income), turnover is { } known ? InputValue.OfNumber(known) : InputValue.Missing, InputValue.Missing]);
        var sources = new Dictionary<string, ValueSource> { ["income"] = new(ValueOrigin.Declared) };
        if (turnover is not null) sources["turnover"] = new(ValueOrigin.Verified, "ledger");
        return new ApplicationRequest(record, null, null, null) { Sources = sources };
    }

    private static async Task<IReadOnlyList<AuditView>> EntriesAsync(TestStore store) => await store.Reader.SearchAsync(new AuditQuery("application.changed"), Now);

    private static async Task<(ApplicationDesk Desk, CreditApplication Draft)> OpenAsync(TestStore store)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var desk = new ApplicationDesk(store.Applications, store.Applicants, store.Vault, store.Time);
        var empty = new InputRecord(Definitions.Small, [InputValue.Missing, InputValue.Missing, InputValue.Missing]);
        return (desk, (await desk.OpenAsync(applicant.Id, new ApplicationRequest(empty, null, null, null), Sample.Officer, Now)).Value);
    }
}
