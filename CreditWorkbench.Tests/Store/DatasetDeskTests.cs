using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Services;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class DatasetDeskTests(PostgresServer server)
{
    private static readonly DatasetMapping Mapping = new("bad", ["1"])
    {
        Id = "id",
        Sensitive = ["sex"],
        Specials = new Dictionary<string, IReadOnlyList<string>> { ["months"] = ["-9"] },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_File_BecomesAVersionThatReadsBackWhole(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = DeskOf(store);
        var file = await BringAsync(desk, Csv(40));

        var added = (await desk.AddAsync(file.Content, "loans", Mapping, People.Analyst, Cancellation)).Value;

        var found = (await desk.FindAsync(added.Id, People.Analyst, Cancellation)).Value;
        Assert.Equal(("loans@1", 40L, 20L, 0L, "rows.csv", People.Analyst.Id), (found.Reference, found.Rows, found.Bad, found.Rejected, found.FileName, found.AddedBy));
        Assert.Equal(ContentHash.Of(Encoding.UTF8.GetBytes(Csv(40))), found.Content);
        Assert.Equal(["months", "income"], found.Columns);
        Assert.True(found.Mapping.SaysTheSame(Mapping));
        Assert.Equal(added.Id, Assert.Single((await desk.ListAsync(People.Analyst, Cancellation)).Value).Id);
        await store.Sequencer.SequenceAsync(Cancellation);
        Assert.Single(await store.Reader.SearchAsync(new AuditQuery { SubjectId = added.Id.ToString() }, Cancellation));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_SameNameAgain_CountsUpAndOffersTheMapping(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = DeskOf(store);
        var first = await BringAsync(desk, Csv(40));
        await desk.AddAsync(first.Content, "loans", Mapping, People.Analyst, Cancellation);
        var second = await BringAsync(desk, Csv(60));

        var look = (await desk.LookAsync(second.Content, null, People.Analyst, Cancellation)).Value;
        var added = (await desk.AddAsync(second.Content, "loans", look.Mappings[0].Mapping, People.Analyst, Cancellation)).Value;

        Assert.Equal("loans", Assert.Single(look.Mappings).Name);
        Assert.True(look.Mappings[0].Mapping.SaysTheSame(Mapping));
        Assert.Empty(look.Same);
        Assert.Equal("loans@2", added.Reference);
        Assert.Equal(["loans@2", "loans@1"], (await desk.ListAsync(People.Analyst, Cancellation)).Value.Select(version => version.Reference));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_SameContentAndMapping_IsRecognisedAndRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = DeskOf(store);
        var file = await BringAsync(desk, Csv(40));
        await desk.AddAsync(file.Content, "loans", Mapping, People.Analyst, Cancellation);
        var again = await BringAsync(desk, Csv(40), "copy.csv");

        var look = (await desk.LookAsync(again.Content, null, People.Analyst, Cancellation)).Value;
        var refused = await desk.AddAsync(again.Content, "loans", Mapping, People.Analyst, Cancellation);
        var other = await desk.AddAsync(again.Content, "loans", Mapping with { Id = null, Excluded = ["id"] }, People.Analyst, Cancellation);

        Assert.Equal(file.Content, again.Content);
        Assert.Equal("loans@1", Assert.Single(look.Same).Reference);
        Assert.Equal("dataset.same", Assert.Single(refused.Problems).Code);
        Assert.Equal("loans@2", other.Value.Reference);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Acknowledge_Finding_StandsUntilItIsRevoked(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = DeskOf(store);
        var file = await BringAsync(desk, Csv(40));
        var id = (await desk.AddAsync(file.Content, "loans", Mapping, People.Analyst, Cancellation)).Value.Id;

        var tooShort = await desk.AcknowledgeAsync(id, "income", "outliers", "ok", People.Analyst, Cancellation);
        await desk.AcknowledgeAsync(id, "income", "outliers", "Rich customers exist.", People.Analyst, Cancellation);
        await desk.AcknowledgeAsync(id, "income", "outliers", "Checked with the branch.", People.Analyst, Cancellation);
        var standing = (await desk.AcknowledgedAsync(id, People.Analyst, Cancellation)).Value;
        await desk.RevokeAsync(id, "income", "outliers", People.Analyst, Cancellation);

        Assert.Equal("dataset.note.short", Assert.Single(tooShort.Problems).Code);
        Assert.Equal("Checked with the branch.", Assert.Single(standing).Note);
        Assert.Empty((await desk.AcknowledgedAsync(id, People.Analyst, Cancellation)).Value);
    }

    [Fact]
    public async Task TrainingFile_StoredVersion_ReadsTheVeryRowsAndMapping()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = DeskOf(store);
        var file = await BringAsync(desk, Csv(200));
        var version = (await desk.AddAsync(file.Content, "loans", Mapping, People.Analyst, Cancellation)).Value;

        var stored = (await desk.OpenAsync(version.Id, People.Analyst, Cancellation)).Value;
        var opened = (await TrainingFile.Of(stored).OpenAsync(TrainingSettings.Of, Cancellation)).Value;

        Assert.Equal((200, 100, "rows.csv"), (opened.Request.Dataset.Rows, opened.Request.Dataset.Positives, opened.Request.Manifest.Source));
        Assert.Equal(version.Columns, opened.Request.Definition.ModelFeatures.Select(feature => feature.Name));
        Assert.Equal("-9", Assert.Single(opened.Request.Definition.Input("months")!.Specials).Value);
        Assert.Equal("sex", Assert.Single(opened.Request.Dataset.Sensitive).Name);
    }

    [Fact]
    public async Task Try_RowsThatCannotBeUsed_AreListedWithTheirReason()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = DeskOf(store);
        var file = await BringAsync(desk, Csv(40) + "41,3,=1+1,f,\n42,oops,5000,f,1\n43,7,5000\n");
        using var rejects = new StringWriter();

        var trial = (await desk.TryAsync(file.Content, Mapping with { Kinds = new Dictionary<string, ColumnKind> { ["months"] = ColumnKind.Integer, ["income"] = ColumnKind.Number } }, rejects, People.Analyst, Cancellation)).Value;

        Assert.Equal((40L, 3L), (trial.Rows, trial.Rejected.Count));
        var lines = rejects.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("row,column,code,message", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("41,bad,target.missing,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("42,months,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("43,,row.cells,", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(",=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Try_EveryRowBad_ListsTheFirstAndCountsTheRest()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = DeskOf(store);
        var file = await BringAsync(desk, Csv(40) + string.Concat(Enumerable.Repeat("99,3,5000,f,\n", 20_005)));
        using var rejects = new StringWriter();

        var trial = (await desk.TryAsync(file.Content, Mapping, rejects, People.Analyst, Cancellation)).Value;

        var lines = rejects.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((20_005L, 20_002), (trial.Rejected.Count, lines.Length));
        Assert.StartsWith(",,rejects.more,5 more rows", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bring_FilesNobodyUses_GoAfterADay()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = DeskOf(store);
        var unused = await BringAsync(desk, Csv(30));
        var used = await BringAsync(desk, Csv(40));
        await desk.AddAsync(used.Content, "loans", Mapping, People.Analyst, Cancellation);
        store.Time.Advance(TimeSpan.FromDays(2));

        await BringAsync(desk, Csv(50));

        var files = store.Services.GetRequiredService<IDatasetFiles>();
        Assert.Null(await files.FindAsync(unused.Content, Cancellation));
        Assert.NotNull(await files.FindAsync(used.Content, Cancellation));
    }

    [Fact]
    public async Task Bring_File_IsSealedAtRest()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        await BringAsync(DeskOf(store), Csv(40), "Dewi Anggraini.csv");

        var written = Directory.EnumerateFiles(Path.Combine(store.Options.DataDirectory, "datasets")).ToList();

        Assert.NotEmpty(written);
        Assert.All(written, path => Assert.DoesNotContain("months", Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal));
        Assert.All(written, path => Assert.DoesNotContain("Anggraini", path + Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryDoor_WithoutPermission_IsClosed()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, officer, nothing) = (DeskOf(store), People.Officer, ContentHash.Of("nothing"));

        IReadOnlyList<Problem>[] answers =
        [
            (await desk.BringAsync("rows.csv", new MemoryStream([1]), officer, Cancellation)).Problems,
            (await desk.LookAsync(nothing, null, officer, Cancellation)).Problems,
            (await desk.TryAsync(nothing, Mapping, null, officer, Cancellation)).Problems,
            (await desk.AddAsync(nothing, "loans", Mapping, officer, Cancellation)).Problems,
            (await desk.OpenAsync(Guid.NewGuid(), officer, Cancellation)).Problems,
            (await desk.ListAsync(officer, Cancellation)).Problems,
            (await desk.FindAsync(Guid.NewGuid(), officer, Cancellation)).Problems,
            (await desk.AcknowledgedAsync(Guid.NewGuid(), officer, Cancellation)).Problems,
            (await desk.AcknowledgeAsync(Guid.NewGuid(), "", "", "long enough a note", officer, Cancellation)).Problems,
            (await desk.RevokeAsync(Guid.NewGuid(), "", "", officer, Cancellation)).Problems,
        ];

        Assert.All(answers, problems => Assert.Equal("permission.missing", Assert.Single(problems).Code));
    }

    private static DatasetDesk DeskOf(TestStore store) => ActivatorUtilities.CreateInstance<DatasetDesk>(store.Services);

    private static async Task<DatasetFile> BringAsync(DatasetDesk desk, string text, string name = "rows.csv") =>
        (await desk.BringAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(text)), People.Analyst, Cancellation)).Value;

    private static string Csv(int rows) => "id,months,income,sex,bad\n" + string.Concat(Enumerable.Range(1, rows).Select(row =>
        $"{row},{(row % 7 == 0 ? -9 : row * 13 % 60)},{2_000 + row * 37 % 900 + 0.5},{(row % 3 == 0 ? "m" : "f")},{row % 2}\n"));
}
