using System.Globalization;

namespace CreditWorkbench.Tests.Staging;

/// <summary>The features of loan-risk worked out one application after the other, straight from the definitions.</summary>
internal sealed class NaiveLoanRisk
{
    private readonly ILookup<long, (DateTime At, double Amount)> _bookings;
    private readonly ILookup<long, string[]> _accounts;
    private readonly Dictionary<long, string[]> _applications;
    private readonly Dictionary<long, string[]> _customers;

    public NaiveLoanRisk(string folder)
    {
        string[][] Rows(string file) => [.. File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split(','))];
        _bookings = Rows("transactions.csv").ToLookup(cells => Id(cells[1]), cells => (DateTime.Parse(cells[2], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), Number(cells[3])));
        _accounts = Rows("credit_history.csv").ToLookup(cells => Id(cells[1]));
        _applications = Rows("loan_applications.csv").ToDictionary(cells => Id(cells[0]));
        _customers = Rows("customers.csv").ToDictionary(cells => Id(cells[0]));
    }

    public static IEnumerable<string> Names =>
    [
        "age", "tenure_days", "open_accounts", "limit_sum", "balance_sum", "payment_sum", "max_dpd", "dti", "utilisation",
        .. ((int[])[3, 6, 12]).SelectMany(w => (string[])["n", "sum", "mean", "std", "credit_sum", "debit_n", "gap_mean", "gap_std", "active", "cv"], (w, name) => $"{name}_{w}m"),
    ];

    public double Of(long application, string name)
    {
        var cells = _applications[application];
        var (customer, applied) = (_customers[Id(cells[1])], DateTime.Parse(cells[2], CultureInfo.InvariantCulture));
        var split = name.LastIndexOf('_');
        return name[^1] == 'm' && char.IsAsciiDigit(name[split + 1])
            ? Windowed(name[..split], int.Parse(name[(split + 1)..^1], CultureInfo.InvariantCulture), Id(cells[1]), applied)
            : Plain(name, cells, customer, applied);
    }

    private double Plain(string name, string[] cells, string[] customer, DateTime applied)
    {
        var open = _accounts[Id(cells[1])].Where(account => account[7] == "open" && Day(account[2]) < applied).ToArray();
        var income = customer[4].Length == 0 ? double.NaN : Number(customer[4]);
        return name switch
        {
            "age" => (applied - Day(customer[1])).TotalDays / 365.25,
            "tenure_days" => (applied - Day(customer[5])).TotalDays,
            "open_accounts" => open.Length,
            "limit_sum" => open.Sum(account => Number(account[3])),
            "balance_sum" => open.Sum(account => Number(account[4])),
            "payment_sum" => open.Sum(account => Number(account[5])),
            "max_dpd" => open.Select(account => Number(account[6])).DefaultIfEmpty(0).Max(),
            "dti" => (open.Sum(account => Number(account[5])) + Number(cells[3]) / Number(cells[4])) / income,
            _ => open.Sum(account => Number(account[3])) is var limits and > 0 ? open.Sum(account => Number(account[4])) / limits : 0,
        };
    }

    private double Windowed(string name, int months, long customer, DateTime applied)
    {
        var rows = _bookings[customer].Where(row => row.At < applied && row.At >= applied.AddDays(-30 * months)).OrderBy(row => row.At).ToArray();
        if (rows.Length == 0) return double.NaN;
        var amounts = rows.Select(row => row.Amount).ToArray();
        var gaps = rows.Zip(rows.Skip(1), (a, b) => (b.At - a.At).TotalDays).ToArray();
        return name switch
        {
            "n" => rows.Length,
            "sum" => amounts.Sum(),
            "mean" => amounts.Average(),
            "std" => Std(amounts),
            "credit_sum" => amounts.Sum(amount => Math.Max(amount, 0)),
            "debit_n" => amounts.Count(amount => amount < 0),
            "gap_mean" => gaps.Length == 0 ? double.NaN : gaps.Average(),
            "gap_std" => Std(gaps),
            "active" => rows.Select(row => Math.Floor(((applied - row.At).TotalDays - 1e-9) / 30)).Distinct().Count() / (double)months,
            _ => gaps.Length < 2 || gaps.Average() == 0 ? double.NaN : Std(gaps) / gaps.Average(),
        };
    }

    private static double Std(double[] values) =>
        values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1));

    private static long Id(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Day(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
