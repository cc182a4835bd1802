using System.Globalization;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The metrics of an account of the Berka data, worked out from its rows as the dictionary words them, without the product's code.</summary>
internal sealed class BerkaStatement
{
    /// <summary>What the bank's operations are.</summary>
    public static readonly IReadOnlyDictionary<string, string> Classes = new Dictionary<string, string>
    {
        ["collection from another bank"] = "income",
        ["withdrawal in cash"] = "cash",
        ["credit card withdrawal"] = "cash",
        ["remittance to another bank"] = "rent",
    };

    private readonly List<Row> _rows;
    private readonly List<(int Year, int Month)> _window;

    /// <summary>Reads the rows.</summary>
    public BerkaStatement(IReadOnlyList<string> lines, double rate)
    {
        var columns = lines[0].Split(';').ToList();
        _rows = [.. lines.Skip(1).Select((line, i) => Row.Of(line.Split(';'), columns, i, rate)).OrderBy(row => row.Date).ThenBy(row => row.Place)];
        Full = [.. Months(_rows[0].Date, _rows[^1].Date).Where(month => Covered(month, _rows[0].Date, _rows[^1].Date))];
        _window = [.. Full.TakeLast(12)];
        Kept = [.. _rows.Where(row => !Reversed().Contains(row))];
    }

    private List<(int Year, int Month)> Full { get; }

    private List<Row> Kept { get; }

    /// <summary>By input.</summary>
    public IReadOnlyDictionary<string, double> Metrics => new Dictionary<string, double>
    {
        ["monthly_transaction_count"] = (double)InWindow.Count() / _window.Count,
        ["transaction_regularity_score"] = Regularity(),
        ["spending_volatility"] = Math.Min(3, Spread(PerMonth(InWindow.Where(row => !row.In)))),
        ["avg_month_end_balance"] = MonthEnds().Average(),
        ["savings_growth_rate"] = Math.Clamp(Slope(MonthEnds()) / PerMonth(Income).Average(), -1, 1),
        ["withdrawal_discipline_score"] = Discipline(),
        ["income_regularity_score"] = IncomeRegularity(),
        ["income_stability_months"] = StableMonths(),
        ["account_tenure_months"] = Full.Count,
        ["discretionary_income_ratio"] = Math.Clamp((Income.Sum(row => row.Amount) - InWindow.Where(row => row.Class == "rent").Sum(row => row.Amount)) / Income.Sum(row => row.Amount), -1, 1),
    };

    private IEnumerable<Row> InWindow => Kept.Where(row => _window.Contains((row.Date.Year, row.Date.Month)));

    private IEnumerable<Row> Income => InWindow.Where(row => row.Class == "income");

    private double[] PerMonth(IEnumerable<Row> rows) => [.. _window.Select(month => rows.Where(row => (row.Date.Year, row.Date.Month) == month).Sum(row => row.Amount))];

    private double[] MonthEnds() => [.. _window.Select(month => BalanceOn(new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month))))];

    private double BalanceOn(DateOnly day) => _rows.Last(row => row.Date <= day).Balance;

    private double Regularity()
    {
        var (first, last) = (new DateOnly(_window[0].Year, _window[0].Month, 1), new DateOnly(_window[^1].Year, _window[^1].Month, 1).AddMonths(1).AddDays(-1));
        var counts = new List<double>();
        for (var day = first; day.AddDays(6) <= last; day = day.AddDays(1))
            if (day.DayOfWeek == DayOfWeek.Monday) counts.Add(InWindow.Count(row => row.Date >= day && row.Date <= day.AddDays(6)));
        return 1 / (1 + Spread(counts));
    }

    private double Discipline()
    {
        var (cash, income) = (InWindow.Where(row => row.Class == "cash").ToList(), Income.ToList());
        var a = PerMonth(cash).Zip(PerMonth(income)).Count(pair => pair.First <= 0.3 * pair.Second) / (double)_window.Count;
        var b = 1 - (double)income.Count(earned => cash.Where(row => row.Date >= earned.Date && row.Date <= earned.Date.AddDays(3)).Sum(row => row.Amount) > earned.Amount / 2) / income.Count;
        var days = _window.SelectMany(month => Enumerable.Range(1, DateTime.DaysInMonth(month.Year, month.Month)).Select(day => new DateOnly(month.Year, month.Month, day))).ToList();
        return 0.5 * a + 0.3 * b + 0.2 * days.Count(day => BalanceOn(day) >= 0) / days.Count;
    }

    private double IncomeRegularity()
    {
        var share = PerMonth(Income).Count(sum => sum > 0) / (double)_window.Count;
        var main = Income.GroupBy(row => row.Payer).OrderByDescending(payer => payer.Sum(row => row.Amount)).First().ToList();
        var usual = Middle(main.Select(row => (double)row.Date.Day));
        var off = main.Average(row => Math.Min(Math.Abs(row.Date.Day - usual), DateTime.DaysInMonth(row.Date.Year, row.Date.Month) - Math.Abs(row.Date.Day - usual)));
        return 0.5 * share + 0.5 * (1 - Math.Min(1, off / 10));
    }

    private double StableMonths()
    {
        var least = 0.7 * Middle(PerMonth(Income).Where(sum => sum > 0));
        return Full.AsEnumerable().Reverse().Take(24).TakeWhile(month => Kept.Where(row => row.Class == "income" && (row.Date.Year, row.Date.Month) == month).Sum(row => row.Amount) >= least).Count();
    }

    // Equal amount and text, opposite direction, within five days: both are left out.
    private HashSet<Row> Reversed()
    {
        var gone = new HashSet<Row>();
        foreach (var row in _rows)
        {
            if (gone.Contains(row)) continue;
            var other = _rows.SkipWhile(one => one != row).Skip(1).FirstOrDefault(one => !gone.Contains(one) && one.In != row.In && one.Amount == row.Amount && one.Text == row.Text && one.Date.DayNumber - row.Date.DayNumber <= 5);
            if (other is not null) gone.UnionWith([row, other]);
        }

        return gone;
    }

    private static IEnumerable<(int Year, int Month)> Months(DateOnly first, DateOnly last)
    {
        for (var day = new DateOnly(first.Year, first.Month, 1); day <= last; day = day.AddMonths(1)) yield return (day.Year, day.Month);
    }

    private static bool Covered((int Year, int Month) month, DateOnly first, DateOnly last)
    {
        var start = new DateOnly(month.Year, month.Month, 1);
        var end = start.AddMonths(1).AddDays(-1);
        return first.DayNumber - start.DayNumber <= 5 && end.DayNumber - last.DayNumber <= 5;
    }

    private static double Spread(IReadOnlyCollection<double> values) => Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / values.Count) / values.Average();

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Slope(double[] values) =>
        Middle(Enumerable.Range(0, values.Length).SelectMany(i => Enumerable.Range(i + 1, values.Length - i - 1).Select(j => (values[j] - values[i]) / (j - i))));

    private sealed record Row(int Place, DateOnly Date, bool In, double Amount, double Balance, string Class, string Text, string Payer)
    {
        public static Row Of(string[] cells, List<string> columns, int place, double rate)
        {
            string Cell(string name) => cells[columns.IndexOf(name)].Trim();
            var text = Cell("k_symbol");
            return new Row(
                place, DateOnly.ParseExact(Cell("date"), "yyMMdd", CultureInfo.InvariantCulture), Cell("type") == "credit",
                double.Parse(Cell("amount"), CultureInfo.InvariantCulture) * rate, double.Parse(Cell("balance"), CultureInfo.InvariantCulture) * rate,
                Classes.GetValueOrDefault(Cell("operation"), ""), text, string.Join(' ', text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3)));
        }
    }
}
