using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

public sealed class FeatureDeskTests(PostgresServer server)
{
    private static readonly DateTimeOffset Day = new(2024, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_AnyCustomerAsOfAnyDay_IsTheNewestRowThatIsNotLater()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        await room.RunAsync(LoanRiskFiles.Generate(room.Folder("in"), 120, seed: 9));
        var lines = (await room.ExportAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        var (customer, applied) = (Array.IndexOf(lines[0], "customer_id"), Array.IndexOf(lines[0], "applied"));
        var rows = lines[1..].Select(cells => (Customer: cells[customer], Applied: DateOnly.Parse(cells[applied], CultureInfo.InvariantCulture), Cells: cells)).ToArray();
        var random = new RandomStream(3, 0);

        for (var trial = 0; trial < 400; trial++)
        {
            var (entity, pivot) = (rows[(int)(random.Uniform() * rows.Length)].Customer, rows[(int)(random.Uniform() * rows.Length)].Applied.AddDays((int)(random.Uniform() * 5) - 2));
            var limit = new DateTimeOffset(pivot, TimeOnly.MinValue, TimeSpan.Zero);
            var known = rows.Where(row => row.Customer == entity && row.Applied <= pivot).ToArray();

            var found = await room.Features.FindAsync("loan-risk", entity, limit, StagingRoom.Analyst, Now);

            if (known.Length == 0)
            {
                Assert.Equal("features.notFound", Assert.Single(found.Problems).Code);
                continue;
            }

            Assert.True(found.Value.AsOf <= limit);
            var newest = known.Max(row => row.Applied);
            Assert.Contains(known.Where(row => row.Applied == newest), row => found.Value.Fields.All(field => row.Cells[Array.IndexOf(lines[0], field.Name)] == (field.Text ?? "")));
        }
    }

    [Fact]
    public async Task Read_Port_GivesNumbersCategoriesAndMissingAsTheFeatureProgramReadsThem()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        await room.RunAsync(LoanRiskFiles.Write(room.Folder("in")));

        var values = await ((IFeatureReader)room.Features).ReadAsync("loan-risk", "7", Day, Now);

        Assert.Equal(2000, values!["monthly_income"]);
        Assert.True(double.IsNaN(values["n_6m"]));
        Assert.Null(await ((IFeatureReader)room.Features).ReadAsync("loan-risk", "7", Day.AddDays(-2), Now));
        Assert.Null(await ((IFeatureReader)room.Features).ReadAsync("loan-risk", "8", Day, Now));
        Assert.Null(await ((IFeatureReader)room.Features).ReadAsync("unknown", "7", Day, Now));
    }

    [Fact]
    public async Task Export_AsOf_LeavesLaterRowsOut()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        await room.RunAsync(LoanRiskFiles.Generate(room.Folder("in"), 60, seed: 9));
        var all = (await room.ExportAsync()).Split('\n');
        var applied = Array.IndexOf(all[0].Split(','), "applied");
        var dates = all[1..^1].Select(line => line.Split(',')[applied]).Order(StringComparer.Ordinal).ToArray();
        var limit = DateOnly.Parse(dates[dates.Length / 2], CultureInfo.InvariantCulture);

        var early = (await room.ExportAsync(asOf: new DateTimeOffset(limit, TimeOnly.MinValue, TimeSpan.Zero))).Split('\n');

        Assert.Equal(all.Where((line, i) => i == 0 || line.Length == 0 || string.CompareOrdinal(line.Split(',')[applied], dates[dates.Length / 2]) <= 0), early);
        Assert.InRange(early.Length, 2, all.Length - 1);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Write_Row_IsServedFromItsInstantOnAndAudited(StoreProvider provider)
    {
        await using var room = await StagingRoom.OpenAsync(provider, server);
        await room.RunAsync(LoanRiskFiles.Write(room.Folder("in")));
        var values = new Dictionary<string, string?> { ["monthly_income"] = "3100.5", ["employment"] = "employed", ["purpose"] = null };

        var written = await room.Features.WriteAsync("loan-risk", "7", Day.AddDays(10), values, StagingRoom.Analyst, Now);

        Assert.Equal("3100.5", written.Value.Field("monthly_income")!.Text);
        var (before, after) = ((await room.Features.FindAsync("loan-risk", "7", Day, StagingRoom.Analyst, Now)).Value, (await room.Features.FindAsync("loan-risk", "7", null, StagingRoom.Analyst, Now)).Value);
        Assert.Equal((1, "2000"), (before.Version, before.Field("monthly_income")!.Text));
        Assert.Equal((null, "3100.5", 3100.5, null, Day.AddDays(10)), (after.Version, after.Field("monthly_income")!.Text, after.Field("monthly_income")!.Number, after.Field("purpose")!.Text, after.AsOf));
        Assert.Equal(["features.written", "features.read", "features.read"], await room.TrailAsync("features."));
    }

    [Fact]
    public async Task Write_SameInstantTwice_TheLastOneCounts()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        await room.RunAsync(LoanRiskFiles.Write(room.Folder("in")));
        var asOf = new DateTimeOffset(2024, 6, 30, 0, 0, 0, TimeSpan.Zero); // the application's own

        foreach (var income in new[] { "2500", "2600" })
        {
            room.Time.Advance(TimeSpan.FromMinutes(1));
            await room.Features.WriteAsync("loan-risk", "7", asOf, new Dictionary<string, string?> { ["monthly_income"] = income }, StagingRoom.Analyst, Now);
        }

        var row = (await room.Features.FindAsync("loan-risk", "7", Day, StagingRoom.Analyst, Now)).Value;
        Assert.Equal("2600", row.Field("monthly_income")!.Text);
    }

    [Fact]
    public async Task Write_FaultyValues_NamesEveryOneAndKeepsNothing()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var values = new Dictionary<string, string?> { ["monthly_income"] = "-5", ["term_months"] = "12.5", ["applied"] = "30.6.2024", ["gender"] = "f", ["nonsense"] = "1", ["dti"] = "high" };

        var refused = await room.Features.WriteAsync("loan-risk", "7", null, values, StagingRoom.Analyst, Now);

        Assert.Equal(
            [("applied", "field.date"), ("dti", "field.notNumber"), ("gender", "field.unknown"), ("monthly_income", "field.range"), ("nonsense", "field.unknown"), ("term_months", "field.notInteger")],
            refused.Problems.Select(problem => (problem.Field!, problem.Code)).Order());
        Assert.Equal("features.notFound", (await room.Features.FindAsync("loan-risk", "7", null, StagingRoom.Analyst, Now)).Problems[0].Code);
    }

    [Fact]
    public async Task Write_FutureOrUnnamedOrForbidden_IsRefused()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var values = new Dictionary<string, string?> { ["monthly_income"] = "2000" };
        var reader = StagingRoom.Analyst with { Permissions = new HashSet<Permission> { Permission.ReadModels } };

        Assert.Equal("features.asOf.future", (await room.Features.WriteAsync("loan-risk", "7", room.Time.GetUtcNow().AddDays(1), values, StagingRoom.Analyst, Now)).Problems[0].Code);
        Assert.Equal("features.entity", (await room.Features.WriteAsync("loan-risk", " ", null, values, StagingRoom.Analyst, Now)).Problems[0].Code);
        Assert.Equal("permission.missing", (await room.Features.WriteAsync("loan-risk", "7", null, values, reader, Now)).Problems[0].Code);
        Assert.Equal("permission.missing", (await room.Features.FindAsync("loan-risk", "7", null, reader, Now)).Problems[0].Code);
        Assert.Equal("scorecard.notFound", (await room.Features.FindAsync("nobody", "7", null, StagingRoom.Analyst, Now)).Problems[0].Code);
    }

    [Fact]
    public async Task Freshness_AfterTheLimit_IsStale()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server, settings => settings with { FreshFor = TimeSpan.FromHours(36) });
        await room.RunAsync(LoanRiskFiles.Write(room.Folder("in")));
        var set = (await room.Features.SetsAsync("loan-risk", StagingRoom.Analyst, Now)).Value[0];

        Assert.True(room.Features.FreshnessOf(set).IsFresh);
        room.Time.Advance(TimeSpan.FromHours(37));
        Assert.False(room.Features.FreshnessOf(set).IsFresh);
        Assert.Equal(TimeSpan.FromHours(37), room.Features.FreshnessOf(set).Age);
    }
}
