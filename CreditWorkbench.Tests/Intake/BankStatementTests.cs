using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class BankStatementTests
{
    private static readonly ScorecardDefinition Trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));
    private static readonly StatementDefinition Section = Trust.Statement!;
    private static readonly DateOnly AsOf = new(2025, 4, 1);

    [Fact]
    public void Derive_GoldenExample_GivesTheStatedDigits()
    {
        var derivation = BankStatementMetrics.Derive(Trust, new BankStatement(Example(), new StatementUpload(AsOf)));

        Assert.Equal(12, Section.ExampleExpected.Count);
        foreach (var (input, expected) in Section.ExampleExpected)
        {
            var value = derivation.Metrics.Single(metric => metric.Input == input).Value;
            Assert.Equal(expected, value.Number, LastDigit(expected));
        }

        Assert.Equal(3, derivation.FullMonths);
        Assert.True(derivation.Metrics.Single(metric => metric.Input == "account_tenure_months").IsAtLeast);
    }

    [Fact]
    public void Derive_Metric_LinksToTheBookingsUsed()
    {
        var metrics = BankStatementMetrics.Derive(Trust, new BankStatement(Example(), new StatementUpload(AsOf))).Metrics;

        Assert.Equal([2, 5, 9], metrics.Single(metric => metric.Input == "utility_payment_months").Rows);
        Assert.Equal([1, 4, 8], metrics.Single(metric => metric.Input == "income_regularity_score").Rows);
    }

    [Fact]
    public async Task Read_EveryStyleOfFile_GivesTheSameMetrics()
    {
        var dotted = new StringBuilder("Tanggal;Keterangan;Jumlah;DC;Saldo\n");
        var signed = new StringBuilder("date,amount,description,running balance\n");
        var suffixed = new StringBuilder("Posted|Mutasi|Uraian|Saldo\n");
        foreach (var booking in Example().Reverse()) suffixed.Append(Comma, $"{booking.Date:dd-MM-yyyy}|{booking.Amount:#,0.00} {(booking.IsIncoming ? "CR" : "DB")}|{booking.Counterparty}|{booking.Balance:#,0.00}\n");
        foreach (var booking in Example())
        {
            dotted.Append(Dot, $"{booking.Date:dd/MM/yyyy};{booking.Counterparty};{booking.Amount:#,0.00};{(booking.IsIncoming ? "K" : "D")};{booking.Balance:#,0.00}\n");
            signed.Append(CultureInfo.InvariantCulture, $"{booking.Date:yyyy-MM-dd},{booking.Signed:R},{booking.Counterparty},{booking.Balance:R}\n");
        }

        foreach (var file in (StringBuilder[])[dotted, signed, suffixed])
        {
            var statement = (await Read(file.ToString())).Value;

            var metrics = BankStatementMetrics.Derive(Trust, statement).Metrics;

            Assert.Equal(Example().Select(booking => booking.Signed), statement.Bookings.Select(booking => booking.Signed));
            foreach (var (input, expected) in Section.ExampleExpected) Assert.Equal(expected, metrics.Single(metric => metric.Input == input).Value.Number, LastDigit(expected));
        }
    }

    [Fact]
    public async Task Read_BadRowsAndColumns_NamesEachRowFieldAndRemedy()
    {
        var rows = (await Read("date,amount,direction,saldo\n2025-02-30,5,in,\n2025-01-02,five,out,\n2025-01-03,5,sideways,x\n")).Problems;
        var columns = (await Read("day,value\n2025-01-01,5\n")).Problems;

        Assert.Equal([(1, "date"), (2, "amount"), (3, "direction"), (3, "balance")], rows.Select(problem => ((int)problem.Row!, problem.Field!)));
        Assert.Equal(["statement.column.missing", "statement.column.missing"], columns.Select(problem => problem.Code));
        Assert.All(rows.Concat(columns), problem => Assert.NotNull(problem.Remedy));
    }

    [Fact]
    public void Derive_BookingsOnOrAfterAsOf_AreIgnoredAndListed()
    {
        var early = new StatementUpload(new DateOnly(2025, 3, 12));

        var derivation = BankStatementMetrics.Derive(Trust, new BankStatement(Example(), early));

        Assert.Equal([9, 10], derivation.Ignored);
        Assert.Equal(2, derivation.FullMonths);
    }

    [Fact]
    public void Derive_BelowThreeFullMonths_GivesTenureOnly()
    {
        var upload = new StatementUpload(new DateOnly(2025, 3, 1)) { OpenedOn = new DateOnly(2023, 12, 15) };

        var metrics = BankStatementMetrics.Derive(Trust, new BankStatement([.. Example().Take(7)], upload)).Metrics;

        Assert.Equal(14, metrics.Single(metric => metric.Input == "account_tenure_months").Value.Number);
        Assert.All(metrics.Where(metric => metric.Input != "account_tenure_months"), metric => Assert.Equal(InputValueKind.Missing, metric.Value.Kind));
    }

    [Fact]
    public void Derive_ReversalOrOwnTransfer_ChangesNoCountButTheBalance()
    {
        Booking[] more =
        [
            .. Example(),
            new(11, new DateOnly(2025, 2, 12), 700_000, false, "TOKO ABADI", "", null),
            new(12, new DateOnly(2025, 2, 14), 700_000, true, "Toko Abadi", "", null),
            new(13, new DateOnly(2025, 2, 15), 250_000, false, "TRANSFER CITRA LESTARI", "", null),
        ];
        var upload = new StatementUpload(AsOf) { HolderName = "Citra Lestari" };

        var metrics = BankStatementMetrics.Derive(Trust, new BankStatement([.. more.OrderBy(booking => booking.Date)], upload)).Metrics;

        Assert.Equal(10.0 / 3, metrics.Single(metric => metric.Input == "monthly_transaction_count").Value.Number, 1e-12);
        Assert.Equal(0.088388, metrics.Single(metric => metric.Input == "spending_volatility").Value.Number, 5e-7);
    }

    [Fact]
    public void Derive_WithoutUtilities_IsTheSpecialCode()
    {
        Booking[] others = [.. Example().Where(booking => booking.Counterparty != "PLN")];

        var metrics = BankStatementMetrics.Derive(Trust, new BankStatement(others, new StatementUpload(AsOf))).Metrics;

        Assert.Equal(InputValue.OfSpecial(1), metrics.Single(metric => metric.Input == "utility_payment_consistency").Value);
        Assert.Equal(0, metrics.Single(metric => metric.Input == "utility_payment_months").Value.Number);
    }

    [Fact]
    public void Derive_NoSalaryButARegularPayer_CountsAsIncome()
    {
        Booking[] freelance = [.. Example().Select(booking => booking.Counterparty == "GAJI" ? booking with { Counterparty = $"PT MAJU {booking.Row}" } : booking)];
        Booking[] once = [.. freelance.Select(booking => booking.Row == 4 ? booking with { Counterparty = "CV LAIN" } : booking)];

        Assert.Equal(1, Regularity(freelance));
        Assert.Equal(0, Regularity(once));

        static double Regularity(Booking[] bookings) =>
            BankStatementMetrics.Derive(Trust, new BankStatement(bookings, new StatementUpload(AsOf))).Metrics.Single(metric => metric.Input == "income_regularity_score").Value.Number;
    }

    [Fact]
    public void Derive_WithoutBalances_NeedsAnOpeningBalance()
    {
        Booking[] bare = [.. Example().Select(booking => booking with { Balance = null })];

        var silent = BankStatementMetrics.Derive(Trust, new BankStatement(bare, new StatementUpload(AsOf))).Metrics;
        var opened = BankStatementMetrics.Derive(Trust, new BankStatement(bare, new StatementUpload(AsOf) { OpeningBalance = 1_000_000 })).Metrics;

        Assert.Equal(InputValueKind.Missing, silent.Single(metric => metric.Input == "avg_month_end_balance").Value.Kind);
        Assert.Equal(1, silent.Single(metric => metric.Input == "withdrawal_discipline_score").Value.Number, 1e-12);
        Assert.Equal(8_333_333.33, opened.Single(metric => metric.Input == "avg_month_end_balance").Value.Number, 0.005);
    }

    [Theory]
    [InlineData("2025-04-30", 1, 1)]
    [InlineData("2025-02-28", 30, 2)]
    [InlineData("2025-01-15", 15, 0)]
    public void CircularDistance_AroundTheMonthEnd_IsShort(string day, double usual, double expected)
    {
        Assert.Equal(expected, StatementMonths.CircularDistance(DateOnly.Parse(day, CultureInfo.InvariantCulture), usual));
    }

    [Fact]
    public void FullMonths_FiveQuietDaysAtTheEnds_StillCount()
    {
        int[] all = [2025 * 12, 2025 * 12 + 1, 2025 * 12 + 2];

        Assert.Equal(all, StatementMonths.Full(new DateOnly(2025, 1, 6), new DateOnly(2025, 3, 26), AsOf));
        Assert.Equal(all[1..2], StatementMonths.Full(new DateOnly(2025, 1, 7), new DateOnly(2025, 3, 25), AsOf));
        Assert.Equal(all[..2], StatementMonths.Full(new DateOnly(2025, 1, 1), new DateOnly(2025, 3, 28), new DateOnly(2025, 3, 29)));
    }

    // One unit of the last digit given: transaction_regularity_score is 1 / (1 + sqrt(35) / 7) = 0.5419601, stated as 0.541961.
    private static double LastDigit(double expected) => Math.Abs(expected) > 1000 ? 0.01 : 1e-6;

    private static NumberFormatInfo Format(string group, string point) => new() { NumberGroupSeparator = group, NumberDecimalSeparator = point };

    private static readonly IFormatProvider Dot = Format(".", ",");
    private static readonly IFormatProvider Comma = Format(",", ".");

    private static Booking[] Example() =>
    [
        .. Section.ExampleBookings.Select((cells, index) => new Booking(
            index + 1,
            DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            double.Parse(cells[1], CultureInfo.InvariantCulture),
            cells[2] == "in",
            cells[3],
            "",
            double.Parse(cells[4], CultureInfo.InvariantCulture))),
    ];

    private static async Task<Outcome<BankStatement>> Read(string file)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var rows = (await TabularFile.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), new FileReadOptions(), cancellation)).Value;
        return await BankStatementReader.ReadAsync(Section, rows, new StatementUpload(AsOf), cancellation);
    }
}
