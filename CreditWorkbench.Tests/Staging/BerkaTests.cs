using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>The published tables of a Czech bank by a dictionary alone, against a calculation straight from the text of the file.</summary>
public sealed class BerkaTests
{
    private static readonly string[] Names =
    [
        "n", "n_6m", "credit_sum_6m", "debit_sum_6m", "credit_mean", "credit_std", "balance_mean", "balance_min", "balance_min_3m", "balance_std_6m",
        "sanctions", "household_share", "cash_share", "gap_mean_6m", "active_12m",
    ];

    [Fact]
    public async Task Features_OfTheRealTables_EqualAnIndependentCalculation()
    {
        var folder = RealData.File("berka");
        var dictionary = ScorecardReader.Read(await File.ReadAllTextAsync(Beside("berka.yaml"), TestContext.Current.CancellationToken), "berka.yaml").Value;
        var bookings = Bookings(Path.Combine(folder, "transactions.csv.gz"));

        var result = (await StagingLine.RunAsync(dictionary, new StagingRequest(folder, new DateOnly(1999, 1, 1)) { Threads = 2 }, null, null, TestContext.Current.CancellationToken)).Value;

        Assert.Equal(354, result.Features.Rows);
        var (accounts, granted) = (result.Features.Column("account_id")!.Values.ToArray(), result.Features.Column("date")!.Values.ToArray());
        foreach (var name in Names)
        {
            for (var row = 0; row < result.Features.Rows; row++)
            {
                var expected = Of(name, bookings[(long)accounts[row]], (int)granted[row]);
                var actual = result.Features.Column(name)!.Values[row];
                Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{name} of row {row}: {actual} instead of {expected}");
            }
        }
    }

    private static double Of(string name, IEnumerable<Booking> all, int granted)
    {
        Booking[] Within(int months) => [.. all.Where(one => one.Day < granted && (months == 0 || one.Day >= granted - 30 * months)).OrderBy(one => one.Day).ThenBy(one => one.Id)];
        var (rows, half) = (Within(0), Within(6));
        var credits = rows.Where(one => one.Type == "credit").Select(one => one.Amount).ToArray();
        var debits = rows.Where(one => one.Type != "credit").ToArray();
        return name switch
        {
            "n" => rows.Length,
            "n_6m" => half.Length,
            "credit_sum_6m" => Sum(half.Where(one => one.Type == "credit")),
            "debit_sum_6m" => Sum(half.Where(one => one.Type != "credit")),
            "credit_mean" => credits.Length == 0 ? double.NaN : credits.Average(),
            "credit_std" => Std(credits),
            "balance_mean" => rows.Length == 0 ? double.NaN : rows.Average(one => one.Balance),
            "balance_min" => rows.Length == 0 ? double.NaN : rows.Min(one => one.Balance),
            "balance_min_3m" => Within(3) is { Length: > 0 } quarter ? quarter.Min(one => one.Balance) : double.NaN,
            "balance_std_6m" => Std([.. half.Select(one => one.Balance)]),
            "sanctions" => rows.Count(one => one.Symbol == "sanction interest if negative balance"),
            "household_share" => debits.Length == 0 ? double.NaN : debits.Count(one => one.Symbol == "household") / (double)debits.Length,
            "cash_share" => debits.Length == 0 ? double.NaN : debits.Count(one => one.Operation == "withdrawal in cash") / (double)debits.Length,
            "gap_mean_6m" => half.Length < 2 ? double.NaN : (half[^1].Day - half[0].Day) / (half.Length - 1.0),
            _ => Within(12) is { Length: > 0 } year ? year.Select(one => Math.Floor((granted - one.Day - 1e-9) / 30)).Distinct().Count() / 12.0 : double.NaN,
        };
    }

    private static string Beside(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, file);

    private static double Sum(IEnumerable<Booking> rows) => rows.Any() ? rows.Sum(one => one.Amount) : double.NaN;

    private static double Std(double[] values) =>
        values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1));

    private static ILookup<long, Booking> Bookings(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(';')).ToLookup(
            cells => long.Parse(cells[1], CultureInfo.InvariantCulture),
            cells => new Booking(
                long.Parse(cells[0], CultureInfo.InvariantCulture),
                DateOnly.ParseExact("19" + cells[2], "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber,
                cells[3], cells[4], double.Parse(cells[5], CultureInfo.InvariantCulture), double.Parse(cells[6], CultureInfo.InvariantCulture), cells[7]));
    }

    private sealed record Booking(long Id, int Day, string Type, string Operation, double Amount, double Balance, string Symbol);
}
