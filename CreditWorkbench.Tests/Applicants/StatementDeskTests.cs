using System.Text;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Applicants;

/// <summary>A statement on its way into an application.</summary>
public sealed class StatementDeskTests(PostgresServer server)
{
    private static readonly ScorecardDefinition Trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeOver_WithConsent_FillsTheDraftAndKeepsFileMappingAndTrail()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store, consents: true);
        var entry = await EntryAsync();

        var filled = (await desk.TakeOverAsync(draft.Id, Trust, entry, Sample.Officer, Now)).Value;

        var record = InputRecordJson.FromText(Trust, filled.ValuesJson).Value;
        Assert.All(StatementDesk.Given(entry.Derivation), metric => Assert.Equal(metric.Value, record[metric.Input]));
        Assert.Equal(new ValueSource(ValueOrigin.Bank, ContentHash.Of(entry.Bytes.Span).Short), ValueSources.FromText(filled.SourcesJson)["income_regularity_score"]);
        var statements = store.Services.GetRequiredService<IStatementStore>();
        var kept = Assert.Single(await statements.OfApplicationAsync(draft.Id, Now));
        Assert.Equal(entry.Bytes.ToArray(), await statements.ReadAsync(kept.Id, Now));
        Assert.True((await desk.MappingAsync(Trust, [new FileColumn("DATE"), new FileColumn("Amount"), new FileColumn("text"), new FileColumn("balance")], Now)).Mapping.Date.Length > 0);
        Assert.Contains("income_regularity_score", Assert.Single(await store.Reader.SearchAsync(new AuditQuery("statement.added"), Now)).Payload!["inputs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeOver_WithoutConsent_IsRefusedAndKeepsNothing()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store, consents: false);

        var refused = await desk.TakeOverAsync(draft.Id, Trust, await EntryAsync(), Sample.Officer, Now);

        Assert.Equal(("consent.source.missing", "bank"), (refused.Problems[0].Code, refused.Problems[0].Field));
        Assert.Empty(await store.Services.GetRequiredService<IStatementStore>().OfApplicationAsync(draft.Id, Now));
    }

    [Fact]
    public async Task TakeOver_OfAWithdrawnApplicationOrByAStranger_IsRefused()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, draft) = await OpenAsync(store, consents: true);
        await Applications(store).WithdrawAsync(draft.Id, draft.Version, Sample.Officer, Now);

        var late = await desk.TakeOverAsync(draft.Id, Trust, await EntryAsync(), Sample.Officer, Now);
        var stranger = await desk.TakeOverAsync(draft.Id, Trust, await EntryAsync(), Sample.Officer with { Permissions = new HashSet<Permission>() }, Now);

        Assert.Equal(("application.withdrawn", "permission.missing"), (late.Problems[0].Code, stranger.Problems[0].Code));
    }

    private static ApplicationDesk Applications(TestStore store) => new(store.Applications, store.Applicants, store.Vault, store.Time);

    private static async Task<(StatementDesk Desk, CreditApplication Draft)> OpenAsync(TestStore store, bool consents)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        if (consents) await new ApplicantDesk(store.Applicants, store.Trail, store.Time).GiveConsentAsync(applicant.Id, Trust, new ConsentRequest(["scoring"], ["bank"], "id", "branch"), Sample.Officer, Now);
        var empty = new InputRecord(Trust, [.. Trust.Inputs.Select(_ => InputValue.Missing)]);
        var draft = (await Applications(store).OpenAsync(applicant.Id, new ApplicationRequest(empty, null, null, null), Sample.Officer, Now)).Value;
        return (new StatementDesk(Applications(store), store.Applicants, store.Services.GetRequiredService<IStatementStore>(), store.Time), draft);
    }

    private static async Task<StatementEntry> EntryAsync()
    {
        var section = Trust.Statement!;
        var bytes = Encoding.UTF8.GetBytes("date;amount;text;balance\n" + string.Concat(section.ExampleBookings.Select(b => $"{b[0]};{(b[2] == "in" ? "" : "-")}{b[1]};{b[3]};{b[4]}\n")));
        await using var rows = (await TabularFile.OpenAsync(new MemoryStream(bytes), FileReadOptions.Default, Now)).Value;
        var mapping = StatementMapping.Guess(Trust, rows.Columns) with { Counterparty = "text", Bank = "Example" };
        var reading = (await MappedStatementReader.ReadAsync(Trust, rows, mapping, new StatementUpload(section.ExampleAsOf!.Value), Now)).Value;
        return new StatementEntry("example.csv", bytes, StatementMapping.HeaderOf(rows.Columns), mapping, BankStatementMetrics.Derive(Trust, reading.Statement));
    }
}
