using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Services;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class BinningDeskTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_Column_CountsAndWeighsAsByHand()
    {
        await using var bench = await Bench.OpenAsync(StoreProvider.Sqlite, server);

        var sheet = (await bench.Binning.OpenAsync(bench.Id, "months", null, People.Analyst, Cancellation)).Value;

        var early = Rows.Where(row => row.Day < sheet.From).ToList();
        var (goods, bads) = (early.Count(row => !row.Bad), early.Count(row => row.Bad));
        var information = 0.0;
        foreach (var bin in sheet.Bins)
        {
            var inside = early.Where(row => bin.Kind == BinKind.Special ? row.Months == -9 : row.Months != -9 && !(row.Months <= bin.From) && !(row.Months > bin.To)).ToList();
            Assert.Equal((inside.Count, inside.Count(row => row.Bad)), (bin.Rows, bin.Bad));
            var (good, bad) = (inside.Count(row => !row.Bad) + 0.5, inside.Count(row => row.Bad) + 0.5);
            Assert.Equal(Math.Log(good / goods / (bad / bads)), bin.Woe, 9);
            Assert.InRange(bin.Rate, bin.Low, bin.High);
            information += (good / goods - bad / bads) * bin.Woe;
        }

        Assert.Equal(information, sheet.InformationValue, 9);
        Assert.Equal(early.Count, sheet.Bins.Sum(bin => bin.Rows));
        Assert.Equal(Rows.Count - early.Count, sheet.Bins.Sum(bin => bin.LaterRows));
        Assert.NotNull(sheet.Stability);
        Assert.Contains(sheet.Bins, bin => bin.Kind == BinKind.Special && bin.Categories[0] == "-9");
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Edit_Column_IsKeptWithWhoAndWhenAndAcceptedByTraining(StoreProvider provider)
    {
        await using var bench = await Bench.OpenAsync(provider, server);
        var sheet = (await bench.Binning.OpenAsync(bench.Id, "months", null, People.Analyst, Cancellation)).Value;

        var moved = (await bench.Binning.EditAsync(sheet, "moved", new BinningState(BinTrend.Automatic, [12f, 30f], null), People.Analyst, Cancellation)).Value;
        var stale = await bench.Binning.EditAsync(sheet, "moved", new BinningState(BinTrend.Automatic, [13f], null), People.Analyst, Cancellation);
        var again = (await bench.Binning.OpenAsync(bench.Id, "months", null, People.Analyst, Cancellation)).Value;
        var parameters = (await bench.Binning.ParametersAsync(bench.Id, People.Analyst, Cancellation)).Value;

        Assert.Equal("version.stale", Assert.Single(stale.Problems).Code);
        Assert.Equal([12f, 30f], again.Edges);
        Assert.Equal(moved.InformationValue, again.InformationValue);
        var entry = Assert.Single(again.Journal);
        Assert.Equal((1, "moved", People.Analyst.Id, bench.Store.Time.GetUtcNow()), (entry.Number, entry.Kind, entry.By, entry.At));
        Assert.Equal([12, 30], JsonDocument.Parse(parameters).RootElement.GetProperty("scorecard").GetProperty("edges").GetProperty("months").EnumerateArray().Select(edge => edge.GetInt32()));
        Assert.True((await bench.Binning.ColumnsAsync(bench.Id, People.Analyst, Cancellation)).Value.Single(column => column.Name == "months").IsEdited);
        var read = CandidateParameters.FromJson(parameters).Value;
        var opened = (await TrainingFile.Of((await bench.Datasets.OpenAsync(bench.Id, People.Analyst, Cancellation)).Value).OpenAsync(TrainingSettings.Of, Cancellation)).Value;
        Assert.Empty(CandidateCatalogue.Of("scorecard", opened.Request.Definition, opened.Request.Settings with { Parameters = read }).Problems);
    }

    [Theory]
    [InlineData(new[] { 30f, 12f })]
    [InlineData(new[] { 12f, 12f })]
    [InlineData(new[] { float.NaN })]
    public async Task Edit_EdgesThatDoNotRise_AreRefusedAndNotKept(float[] edges)
    {
        await using var bench = await Bench.OpenAsync(StoreProvider.Sqlite, server);
        var sheet = (await bench.Binning.OpenAsync(bench.Id, "months", null, People.Analyst, Cancellation)).Value;

        var refused = await bench.Binning.EditAsync(sheet, "moved", new BinningState(BinTrend.Automatic, edges, null), People.Analyst, Cancellation);

        Assert.Equal("binning.edges", Assert.Single(refused.Problems).Code);
        Assert.Empty((await bench.Binning.OpenAsync(bench.Id, "months", null, People.Analyst, Cancellation)).Value.Journal);
    }

    [Fact]
    public async Task Try_Trend_FindsBinsThatFollowIt()
    {
        await using var bench = await Bench.OpenAsync(StoreProvider.Sqlite, server);

        var rising = (await bench.Binning.TryAsync(bench.Id, "months", null, new BinningState(BinTrend.Ascending, null, null), People.Analyst, Cancellation)).Value;
        var falling = (await bench.Binning.TryAsync(bench.Id, "months", null, new BinningState(BinTrend.Descending, null, null), People.Analyst, Cancellation)).Value;

        // Risk falls with months in these rows, so that a rising trend leaves one bin.
        Assert.Empty(rising.Edges);
        Assert.NotEmpty(falling.Edges);
        Assert.True(falling.IsMonotone);
        var rates = falling.Bins.Where(bin => bin.Kind == BinKind.Regular).Select(bin => bin.Rate).ToList();
        Assert.Equal(rates.OrderDescending(), rates);
    }

    [Fact]
    public async Task Categories_Groups_AreMergedAndKept()
    {
        await using var bench = await Bench.OpenAsync(StoreProvider.Sqlite, server);
        var sheet = (await bench.Binning.OpenAsync(bench.Id, "purpose", null, People.Analyst, Cancellation)).Value;

        var edited = (await bench.Binning.EditAsync(sheet, "merged", new BinningState(BinTrend.Automatic, null, [["car", "home"]]), People.Analyst, Cancellation)).Value;

        Assert.True(sheet.IsCategory);
        Assert.Contains(edited.Groups, group => group.ToHashSet().SetEquals(["car", "home"]));
    }

    [Fact]
    public async Task Report_DataSet_ProfilesFindsAndComparesWithAReference()
    {
        await using var bench = await Bench.OpenAsync(StoreProvider.Sqlite, server);
        var desk = bench.Get<QualityDesk>();
        var shifted = await bench.KeepAsync(Csv(Rows.Select(row => row with { Income = row.Income * 3 })), "later");

        var alone = (await desk.ReportAsync(bench.Id, null, People.Analyst, Cancellation)).Value;
        var against = (await desk.ReportAsync(shifted, bench.Id, People.Analyst, Cancellation)).Value;

        var months = alone.Columns.Single(column => column.Input.Name == "months");
        Assert.Equal(Rows.Count(row => row.Months == -9), Assert.Single(months.Profile.Specials).Count);
        Assert.Equal(Rows.Count(row => row.Months != -9), months.Shape.Rows.Sum());
        Assert.Equal(Rows.Count(row => row.Months != -9 && row.Bad), months.Shape.Bad.Sum());
        Assert.Contains(alone.Findings, finding => finding is { Column: "copy", IsLeak: true, Severity: QualitySeverity.Error });
        Assert.Equal(alone.Findings.OrderByDescending(finding => finding.Severity), alone.Findings);
        var drift = against.Drift.ToDictionary(one => one.Column, one => one.Stability);
        Assert.True(drift["income"].Value > drift["income"].NullLimit);
        Assert.Equal(0, drift["months"].Value, 9);
        Assert.Equal(0, drift["purpose"].Value, 9);
    }

    [Fact]
    public async Task EveryDoor_WithoutPermission_IsClosed()
    {
        await using var bench = await Bench.OpenAsync(StoreProvider.Sqlite, server);
        var sheet = (await bench.Binning.OpenAsync(bench.Id, "months", null, People.Analyst, Cancellation)).Value;
        var officer = People.Officer;

        IReadOnlyList<Problem>[] answers =
        [
            (await bench.Binning.ColumnsAsync(bench.Id, officer, Cancellation)).Problems,
            (await bench.Binning.OpenAsync(bench.Id, "months", null, officer, Cancellation)).Problems,
            (await bench.Binning.TryAsync(bench.Id, "months", null, BinningState.Searched, officer, Cancellation)).Problems,
            (await bench.Binning.EditAsync(sheet, "reset", BinningState.Searched, officer, Cancellation)).Problems,
            (await bench.Binning.ParametersAsync(bench.Id, officer, Cancellation)).Problems,
            (await bench.Get<QualityDesk>().ReportAsync(bench.Id, null, officer, Cancellation)).Problems,
        ];

        Assert.All(answers, problems => Assert.Equal("permission.missing", Assert.Single(problems).Code));
    }

    private static readonly IReadOnlyList<Row> Rows = [.. Enumerable.Range(0, 1_200).Select(i =>
    {
        var months = i % 12 == 0 ? -9 : i * 37 % 60;
        var chance = months < 0 ? 0.4 : 0.55 - months / 120.0;
        return new Row(months, 2_000 + i * 71 % 3_000, i % 3 == 0 ? "car" : i % 3 == 1 ? "home" : "study", i * 0.61803398875 % 1 < chance, new DateOnly(2024, 1, 1).AddDays(i / 3));
    })];

    private static string Csv(IEnumerable<Row> rows) => "months,income,purpose,copy,day,bad\n" + string.Concat(rows.Select(row =>
        $"{row.Months},{row.Income},{row.Purpose},{(row.Bad ? 7 : 3)},{row.Day:yyyy-MM-dd},{(row.Bad ? 1 : 0)}\n"));

    private sealed record Row(int Months, int Income, string Purpose, bool Bad, DateOnly Day);

    private sealed class Bench : IAsyncDisposable
    {
        private readonly ServiceProvider _services;

        private Bench(TestStore store)
        {
            Store = store;
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(store.Time);
            services.AddSingleton(store.Services.GetRequiredService<IDatasetStore>());
            services.AddSingleton(store.Services.GetRequiredService<IDatasetFiles>());
            services.AddSingleton(store.Services.GetRequiredService<IBinningJournal>());
            services.AddSingleton<DatasetDesk>();
            services.AddSingleton<OpenDatasets>();
            services.AddSingleton<QualityDesk>();
            services.AddSingleton<BinningDesk>();
            _services = services.BuildServiceProvider();
        }

        public TestStore Store { get; }

        public Guid Id { get; private set; }

        public DatasetDesk Datasets => Get<DatasetDesk>();

        public BinningDesk Binning => Get<BinningDesk>();

        public static async Task<Bench> OpenAsync(StoreProvider provider, PostgresServer server)
        {
            var bench = new Bench(await TestStore.OpenAsync(provider, server));
            bench.Id = await bench.KeepAsync(Csv(Rows), "rows");
            return bench;
        }

        public T Get<T>()
            where T : notnull => _services.GetRequiredService<T>();

        public async Task<Guid> KeepAsync(string csv, string name)
        {
            var file = (await Datasets.BringAsync("rows.csv", new MemoryStream(Encoding.UTF8.GetBytes(csv)), People.Analyst, Cancellation)).Value;
            var mapping = new DatasetMapping("bad", ["1"]) { Time = "day", Specials = new Dictionary<string, IReadOnlyList<string>> { ["months"] = ["-9"] } };
            return (await Datasets.AddAsync(file.Content, name, mapping, People.Analyst, Cancellation)).Value.Id;
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
