namespace CreditWorkbench.Core.Intake;

/// <summary>Metrics of account use and spending.</summary>
internal static class ActivityMetrics
{
    private const int FewestWeeks = 8;
    private const double LargestVolatility = 3;

    /// <summary>Bookings per full month.</summary>
    public static MetricFinding Count(StatementLedger ledger) => new((double)ledger.InWindow.Length / ledger.Window.Length, ledger.InWindow);

    /// <summary>1 / (1 + variation of bookings per week).</summary>
    public static MetricFinding Regularity(StatementLedger ledger)
    {
        var weeks = StatementMonths.Weeks(ledger.WindowStart, ledger.WindowEnd);
        if (weeks.Length < FewestWeeks) return new(null, []);
        var counts = new double[weeks.Length];
        var used = new List<LedgerEntry>();
        foreach (var entry in ledger.InWindow)
        {
            var week = Math.DivRem(entry.Date.DayNumber - weeks[0].DayNumber, 7, out var weekday);
            if (week < 0 || weekday < 0 || week >= weeks.Length) continue;
            counts[week]++;
            used.Add(entry);
        }

        return new(StatementFigures.Variation(counts) is { } variation ? 1 / (1 + variation) : null, used);
    }

    /// <summary>Variation of monthly spending, at most 3.</summary>
    public static MetricFinding Volatility(StatementLedger ledger)
    {
        var spending = ledger.Spending.ToArray();
        return new(StatementFigures.Variation(ledger.PerMonth(spending)) is { } variation ? Math.Min(LargestVolatility, variation) : null, spending);
    }
}
