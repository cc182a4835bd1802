namespace CreditWorkbench.Core.Intake;

/// <summary>Metrics of income.</summary>
internal static class IncomeMetrics
{
    private const int MonthsBack = 24;
    private const double UsualShare = 0.7;
    private const double DaysOff = 10;

    /// <summary>Half the share of months with income, half how near the main payer keeps to one day of the month.</summary>
    public static MetricFinding Regularity(StatementLedger ledger)
    {
        var income = ledger.Of("income").ToArray();
        if (income.Length == 0) return new(0, []);
        var months = ledger.PerMonth(income).Count(sum => sum > 0) / (double)ledger.Window.Length;
        var main = income.GroupBy(entry => entry.Payer).MaxBy(payer => payer.Sum(entry => entry.Amount))!;
        var usual = StatementFigures.Median(main.Select(entry => (double)entry.Date.Day));
        var distance = main.Average(entry => StatementMonths.CircularDistance(entry.Date, usual));
        return new(0.5 * months + 0.5 * (1 - Math.Min(1, distance / DaysOff)), income);
    }

    /// <summary>Consecutive full months up to the last one with at least 70 % of the usual income, at most 24.</summary>
    public static MetricFinding StableMonths(StatementLedger ledger)
    {
        var earned = ledger.PerMonth(ledger.Of("income")).Where(sum => sum > 0).ToArray();
        if (earned.Length == 0) return new(0, []);
        var least = UsualShare * StatementFigures.Median(earned);
        var byMonth = ledger.Entries.Where(entry => entry.Class == "income").ToLookup(entry => entry.Month);
        var stable = ledger.FullMonths.Reverse().Take(MonthsBack).TakeWhile(month => byMonth[month].Sum(entry => entry.Amount) >= least).ToArray();
        return new(stable.Length, stable.SelectMany(month => byMonth[month]));
    }

    /// <summary>(income - essential spending) / income.</summary>
    public static MetricFinding DiscretionaryRatio(StatementLedger ledger)
    {
        var (income, essential) = (ledger.Of("income").ToArray(), ledger.Essential.ToArray());
        var earned = income.Sum(entry => entry.Amount);
        if (earned == 0) return new(null, []);
        return new(Math.Clamp((earned - essential.Sum(entry => entry.Amount)) / earned, -1, 1), income.Concat(essential));
    }
}
