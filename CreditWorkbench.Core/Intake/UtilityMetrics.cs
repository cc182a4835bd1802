namespace CreditWorkbench.Core.Intake;

/// <summary>Metrics of utility payments.</summary>
internal static class UtilityMetrics
{
    private const int MonthsBack = 24;
    private const double SmallestPayment = 10_000;
    private const int FewestPayments = 3;
    private const double DaysAround = 5;

    /// <summary>Months among the last 24 full ones with a payment of 10,000 or more.</summary>
    public static MetricFinding Months(StatementLedger ledger)
    {
        var months = ledger.FullMonths.TakeLast(MonthsBack).ToHashSet();
        var payments = ledger.Entries.Where(entry => entry.Class == "utility" && entry.Amount >= SmallestPayment && months.Contains(entry.Month)).ToArray();
        return new(payments.Select(entry => entry.Month).Distinct().Count(), payments);
    }

    /// <summary>Share of expected payments that were made within five days of the payee's usual day.</summary>
    public static MetricFinding Consistency(StatementLedger ledger)
    {
        var payees = ledger.Of("utility").GroupBy(entry => entry.Payer).ToArray();
        if (payees.Length == 0) return new(null, [], IsAbsent: true);
        var regular = payees.Where(payee => payee.Count() >= FewestPayments).ToArray();
        if (regular.Length == 0) return new(null, []);
        var (expected, met) = (0, 0);
        foreach (var payee in regular)
        {
            var usual = StatementFigures.Median(payee.Select(entry => (double)entry.Date.Day));
            expected += ledger.Window[^1] - payee.Min(entry => entry.Month) + 1;
            met += payee.Where(entry => StatementMonths.CircularDistance(entry.Date, usual) <= DaysAround).Select(entry => entry.Month).Distinct().Count();
        }

        return new((double)met / expected, regular.SelectMany(payee => payee));
    }
}
