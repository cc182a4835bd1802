namespace CreditWorkbench.Core.Intake;

/// <summary>Metrics of balances and withdrawals.</summary>
internal static class SavingsMetrics
{
    private const double CashShare = 0.3;
    private const double DrainShare = 0.5;
    private const int DrainDays = 3;

    /// <summary>Mean balance at month end.</summary>
    public static MetricFinding MonthEndBalance(StatementLedger ledger) =>
        ledger.Balances.AreKnown ? new(MonthEnds(ledger).Average(), ledger.InWindow) : new(null, []);

    /// <summary>Typical monthly change of the month-end balance as a share of mean monthly income.</summary>
    public static MetricFinding Growth(StatementLedger ledger)
    {
        var income = ledger.Of("income").ToArray();
        var mean = ledger.PerMonth(income).Average();
        if (mean == 0 || !ledger.Balances.AreKnown) return new(null, []);
        return new(Math.Clamp(StatementFigures.TheilSenSlope(MonthEnds(ledger)) / mean, -1, 1), ledger.InWindow);
    }

    /// <summary>0.5 a + 0.3 b + 0.2 c: months with little cash, incomes not drained at once, days not overdrawn.</summary>
    public static MetricFinding WithdrawalDiscipline(StatementLedger ledger)
    {
        var (cash, income) = (ledger.Of("cash").ToArray(), ledger.Of("income").ToArray());
        var (cashPerMonth, incomePerMonth) = (ledger.PerMonth(cash), ledger.PerMonth(income));
        var kept = cashPerMonth.Zip(incomePerMonth, (taken, earned) => taken <= CashShare * earned ? 1.0 : 0.0).Average();
        var undrained = income.Length == 0 ? 1 : 1 - income.Average(entry => IsDrained(entry, cash) ? 1.0 : 0.0);
        if (!ledger.Balances.AreKnown) return new(0.625 * kept + 0.375 * undrained, cash.Concat(income));
        return new(0.5 * kept + 0.3 * undrained + 0.2 * ShareInCredit(ledger), cash.Concat(income));
    }

    private static double[] MonthEnds(StatementLedger ledger) => [.. ledger.Window.Select(month => ledger.Balances.At(StatementMonths.LastDay(month)))];

    private static bool IsDrained(LedgerEntry income, LedgerEntry[] cash)
    {
        var taken = cash.Where(entry => entry.Booking != income.Booking && entry.Date >= income.Date && entry.Date.DayNumber - income.Date.DayNumber <= DrainDays).Sum(entry => entry.Amount);
        return taken > DrainShare * income.Amount;
    }

    private static double ShareInCredit(StatementLedger ledger)
    {
        var (days, inCredit) = (0, 0);
        for (var day = ledger.WindowStart; day <= ledger.WindowEnd; day = day.AddDays(1))
        {
            days++;
            if (ledger.Balances.At(day) >= 0) inCredit++;
        }

        return (double)inCredit / days;
    }
}
