using System.Text;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Bank statements, mappings, and drafts that somebody types into, on both providers.</summary>
public sealed class StatementStoreTests(PostgresServer server)
{
    private static readonly byte[] File = Encoding.UTF8.GetBytes("date;amount\n2026-01-01;5000000\n");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Statement_Kept_ReadsBackAndLiesEncrypted(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (statement, statements) = (await KeepAsync(store), store.Services.GetRequiredService<IStatementStore>());

        var read = await statements.ReadAsync(statement.Id, Now);

        Assert.Equal(File, read);
        Assert.Equal([statement], await statements.OfApplicationAsync(statement.ApplicationId, Now));
        await using var context = await store.Services.GetRequiredService<IDbContextFactory<WorkbenchContext>>().CreateDbContextAsync(Now);
        var row = await context.Statements.SingleAsync(Now);
        Assert.DoesNotContain("5000000", Encoding.Latin1.GetString(row.Content), StringComparison.Ordinal);
        Assert.DoesNotContain("mandiri", Encoding.Latin1.GetString(row.Name), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Statement_OfAnErasedApplicant_IsGone(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var statement = await KeepAsync(store);

        await store.Applicants.EraseAsync(statement.ApplicantId, Sample.Audit(), Now);

        Assert.Null(await store.Services.GetRequiredService<IStatementStore>().ReadAsync(statement.Id, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Mapping_KeptTwice_IsTheLastOneForThatHeaderOnly(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var statements = store.Services.GetRequiredService<IStatementStore>();
        var header = StatementMapping.HeaderOf([new FileColumn("Tgl. Transaksi"), new FileColumn("Mutasi")]);
        var mapping = new StatementMapping
        {
            Bank = "Mandiri",
            Date = "Tgl. Transaksi",
            Amount = "Mutasi",
            DateForm = "dd/MM/yyyy",
            Direction = StatementDirection.Column,
            InWords = ["MASUK"],
            Delimiter = ';',
            DecimalComma = true,
            Currency = "IDR",
            Rate = 1.25,
            Classes = new Dictionary<string, string> { ["SIPO"] = "utility" },
        };

        await statements.KeepMappingAsync(header, mapping with { Bank = "Other" }, Sample.Audit(), Now);
        await statements.KeepMappingAsync(header, mapping, Sample.Audit(), Now);

        var read = (await statements.MappingAsync(header, Now))!;
        Assert.Equal(("Mandiri", "utility", ';', true, 1.25, "MASUK"), (read.Bank, read.Classes["SIPO"], read.Delimiter, read.DecimalComma, read.Rate, Assert.Single(read.InWords)));
        Assert.Null(await statements.MappingAsync(ContentHash.Of("another header"), Now));
        Assert.Equal(header, StatementMapping.HeaderOf([new FileColumn("tgl transaksi"), new FileColumn("MUTASI")]));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Application_WithSourcesAndOpenEdits_ReadsBackEqual(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant() with { Kind = ApplicantKind.Company, ContactName = "Budi Santoso" };
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var added = await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now);
        var sources = ValueSources.ToText(new Dictionary<string, ValueSource> { ["monthly_transaction_count"] = new(ValueOrigin.Verified, "payslip") });

        var changed = await store.Applications.UpdateAsync(
            added with { SourcesJson = sources, OpenEdits = new DraftEdits(Guid.NewGuid(), Sample.Officer.Id, "Officer", Sample.Moment, "term") }, [], Now);

        Assert.Equal(changed.Value, await store.Applications.FindAsync(added.Id, Now));
        Assert.Equal(applicant, await store.Applicants.FindAsync(applicant.Id, Now));
        Assert.Equal(added.Id, Assert.Single((await store.Applications.SearchAsync(new ApplicationQuery { CreatedBy = Sample.Officer.Id }, Now)).Items).Id);
        Assert.Empty((await store.Applications.SearchAsync(new ApplicationQuery { CreatedBy = Guid.NewGuid() }, Now)).Items);
    }

    private static async Task<KeptStatement> KeepAsync(TestStore store)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var application = await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now);
        var statement = new KeptStatement(Guid.CreateVersion7(), application.Id, applicant.Id, "mandiri.csv", ContentHash.Of(File), File.Length, "{}", Sample.Officer.Id, Sample.Moment);
        await store.Services.GetRequiredService<IStatementStore>().AddAsync(statement, File, Sample.Audit(), Now);
        return statement;
    }
}
