using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

/// <summary>Statements as banks write them, read by a mapping.</summary>
public sealed class StatementMappingTests
{
    private static readonly ScorecardDefinition Trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));
    private static readonly StatementUpload Upload = new(new DateOnly(2026, 11, 20));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_DirectionByColumnWithOwnWords_GivesDirections()
    {
        var mapping = Berka() with { Direction = StatementDirection.Column, DirectionColumn = "type", InWords = ["PRIJEM"], OutWords = ["VYDAJ"] };

        var reading = await ReadAsync("date;type;amount;k_symbol\n981005;PRIJEM;900.50;\n981007;VYDAJ;200;SIPO\n", mapping);

        Assert.Equal([(new DateOnly(1998, 10, 5), 900.5, true), (new DateOnly(1998, 10, 7), 200, false)], reading.Value.Statement.Bookings.Select(one => (one.Date, one.Amount, one.IsIncoming)));
        Assert.Equal("utility", reading.Value.Statement.Bookings[1].Category);
        Assert.Equal([("SIPO", 1)], reading.Value.Categories);
    }

    [Fact]
    public async Task Read_TwoColumns_TakesTheFilledOne()
    {
        var mapping = Berka() with { DateForm = "dd/MM/yyyy", Direction = StatementDirection.TwoColumns, Amount = "kredit", AmountOut = "debet", Category = "", DecimalComma = true };

        var reading = await ReadAsync("date;kredit;debet\n5/10/2026;1.500,25;0,00\n06/10/2026;;2.000\n", mapping);

        Assert.Equal([1500.25, -2000], reading.Value.Statement.Bookings.Select(one => one.Signed));
    }

    [Fact]
    public async Task Read_MonthsBeforeDays_FollowsTheChosenForm()
    {
        var mapping = Berka() with { DateForm = "MM/dd/yyyy", Category = "" };

        var reading = await ReadAsync("date;amount\n03/04/2026;1\n", mapping);

        Assert.Equal(new DateOnly(2026, 3, 4), reading.Value.Statement.Bookings[0].Date);
    }

    [Fact]
    public async Task Read_AnotherCurrency_ConvertsAmountsAndBalances()
    {
        var mapping = Berka() with { Category = "", Balance = "balance", Currency = "CZK", Rate = 700 };

        var reading = await ReadAsync("date;amount;balance\n981005;-10;100\n", mapping);

        Assert.Equal((-7_000, 70_000), (reading.Value.Statement.Bookings[0].Signed, reading.Value.Statement.Bookings[0].Balance));
    }

    [Fact]
    public async Task Read_FaultyRows_AreListedByRowAndLeftOut()
    {
        var reading = await ReadAsync("date;amount;k_symbol\n981005;10;\n981305;20;\n981006;12,5O0;\n", Berka());

        Assert.Equal([(2, "date"), (3, "amount")], reading.Value.Faults.Select(fault => ((int)fault.Row!, fault.Field!)));
        Assert.All(reading.Value.Faults, fault => Assert.NotNull(fault.Remedy));
        Assert.Equal((3, 2, 1), ((int)reading.Value.Rows, (int)reading.Value.Faulty, reading.Value.Statement.Bookings.Count));
    }

    [Fact]
    public async Task Read_HundredsOfFaults_ListsAHundredAndCountsAll()
    {
        var rows = string.Concat(Enumerable.Range(0, 300).Select(_ => "nonsense;1;\n"));

        var reading = await ReadAsync("date;amount;k_symbol\n981005;10;\n" + rows, Berka());

        Assert.Equal((100, 300), (reading.Value.Faults.Count, (int)reading.Value.Faulty));
    }

    public static TheoryData<string, StatementMapping> WrongMappings => new()
    {
        { "statement.mapping.column", Berka() with { Date = "" } },
        { "statement.mapping.absent", Berka() with { Amount = "nominal" } },
        { "statement.mapping.column", Berka() with { Direction = StatementDirection.Column } },
        { "statement.mapping.column", Berka() with { Direction = StatementDirection.TwoColumns } },
        { "statement.mapping.date", Berka() with { DateForm = "yyyy" } },
        { "statement.mapping.currency", Berka() with { Currency = "rupiah" } },
        { "statement.mapping.rate", Berka() with { Rate = 0 } },
        { "statement.mapping.rate", Berka() with { Rate = double.NaN } },
        { "statement.mapping.rate", Berka() with { Currency = "IDR", Rate = 2 } },
        { "statement.mapping.class", Berka() with { Classes = new Dictionary<string, string> { ["SIPO"] = "gambling" } } },
    };

    [Theory, MemberData(nameof(WrongMappings))]
    public async Task Read_WithAWrongMapping_SaysWhich(string code, StatementMapping mapping)
    {
        var reading = await ReadAsync("date;amount;k_symbol\n981005;10;\n", mapping);

        Assert.Equal(code, Assert.Single(reading.Problems).Code);
    }

    [Fact]
    public async Task Guess_OfAFileWithKnownNames_ReadsLikeTheReaderOfTheDictionary()
    {
        var text = "Tanggal,Keterangan,Jumlah,DB/CR,Saldo\n" + string.Concat(Trust.Statement!.ExampleBookings.Select(b => $"{b[0]},{b[3]},{b[1]},{(b[2] == "in" ? "CR" : "DB")},{b[4]}\n"));
        await using var rows = await OpenAsync(text);
        await using var again = await OpenAsync(text);
        var upload = new StatementUpload(Trust.Statement.ExampleAsOf!.Value);

        var mapped = await MappedStatementReader.ReadAsync(Trust, rows, StatementMapping.Guess(Trust, rows.Columns), upload, Now);
        var plain = await BankStatementReader.ReadAsync(Trust.Statement, again, upload, Now);

        Assert.Equal(plain.Value.Bookings, mapped.Value.Statement.Bookings);
        var given = BankStatementMetrics.Derive(Trust, mapped.Value.Statement).Metrics.ToDictionary(metric => metric.Input, metric => metric.Value.Number);
        Assert.All(Trust.Statement.ExampleExpected, expected => Assert.Equal(expected.Value, given[expected.Key], 1e-6 * Math.Max(1, Math.Abs(expected.Value))));
    }

    private static StatementMapping Berka() => new()
    {
        Date = "date",
        DateForm = "yyMMdd",
        Amount = "amount",
        Category = "k_symbol",
        Currency = "CZK",
        Rate = 1,
        Classes = new Dictionary<string, string> { ["SIPO"] = "utility" },
    };

    private static async Task<RowReader> OpenAsync(string text) => (await TabularFile.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), FileReadOptions.Default, Now)).Value;

    private static async Task<Outcome<StatementReading>> ReadAsync(string text, StatementMapping mapping)
    {
        await using var rows = await OpenAsync(text);
        return await MappedStatementReader.ReadAsync(Trust, rows, mapping, Upload, Now);
    }
}
