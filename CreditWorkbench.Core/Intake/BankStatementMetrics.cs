using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Derives behavioural inputs from a bank statement. The definitions are those of the dictionary's section
/// <c>statement</c>; the window is the last twelve full calendar months.</summary>
public static class BankStatementMetrics
{
    private const int FewestMonths = 3;

    private static readonly Dictionary<string, Func<StatementLedger, MetricFinding>> Metrics = new(StringComparer.Ordinal)
    {
        ["utility_payment_months"] = UtilityMetrics.Months,
        ["utility_payment_consistency"] = UtilityMetrics.Consistency,
        ["monthly_transaction_count"] = ActivityMetrics.Count,
        ["transaction_regularity_score"] = ActivityMetrics.Regularity,
        ["spending_volatility"] = ActivityMetrics.Volatility,
        ["avg_month_end_balance"] = SavingsMetrics.MonthEndBalance,
        ["savings_growth_rate"] = SavingsMetrics.Growth,
        ["withdrawal_discipline_score"] = SavingsMetrics.WithdrawalDiscipline,
        ["income_regularity_score"] = IncomeMetrics.Regularity,
        ["income_stability_months"] = IncomeMetrics.StableMonths,
        ["discretionary_income_ratio"] = IncomeMetrics.DiscretionaryRatio,
    };

    /// <summary>Derives every input that the dictionary takes from statements.</summary>
    /// <param name="definition">A dictionary with a statement section.</param>
    /// <param name="statement">Bookings, oldest first.</param>
    /// <returns>One metric per derived input. Below three full months only the age of the account is known.</returns>
    /// <exception cref="ArgumentException">The dictionary has no statement section, or asks for a metric that is not known.</exception>
    public static StatementDerivation Derive(ScorecardDefinition definition, BankStatement statement)
    {
        if (definition.Statement is not { } section) throw new ArgumentException($"The scorecard {definition.Id} derives nothing from statements.", nameof(definition));
        var ledger = new StatementLedger(section, statement);
        var metrics = definition.Inputs.Where(input => section.Metrics.ContainsKey(input.Name)).Select(input => Derive(input, ledger, statement.Upload));
        return new StatementDerivation([.. metrics], ledger.FullMonths.Length, ledger.Ignored);
    }

    /// <summary>Class of one booking as the derivation sees it; empty when none fits. Income that is only found by its regularity is not told here.</summary>
    public static string ClassOf(ScorecardDefinition definition, Booking booking) => definition.Statement is { } section ? new BookingClassifier(section).ClassOf(booking) : "";

    private static DerivedMetric Derive(InputDefinition input, StatementLedger ledger, StatementUpload upload)
    {
        if (input.Name == "account_tenure_months") return Tenure(input, ledger, upload);
        if (!Metrics.TryGetValue(input.Name, out var metric)) throw new ArgumentException($"No metric of statements is called {input.Name}.", nameof(input));
        if (ledger.FullMonths.Length < FewestMonths) return new DerivedMetric(input.Name, InputValue.Missing, []);
        var finding = metric(ledger);
        if (finding.IsAbsent) return new DerivedMetric(input.Name, input.Specials.Count > 0 ? InputValue.OfSpecial(1) : InputValue.Missing, []);
        return Within(input, finding.Value, [.. finding.Entries.Select(entry => entry.Booking.Row).Distinct().Order()]);
    }

    private static DerivedMetric Tenure(InputDefinition input, StatementLedger ledger, StatementUpload upload) => upload.OpenedOn is { } opened
        ? Within(input, StatementMonths.Between(opened, upload.AsOf), [])
        : Within(input, ledger.FullMonths.Length, []) with { IsAtLeast = true };

    private static DerivedMetric Within(InputDefinition input, double? value, long[] rows)
    {
        if (value is not { } known) return new DerivedMetric(input.Name, InputValue.Missing, rows);
        var capped = Math.Clamp(known, input.Minimum ?? double.NegativeInfinity, input.Maximum ?? double.PositiveInfinity);
        return new DerivedMetric(input.Name, InputValue.OfNumber(capped), rows) { Uncapped = capped == known ? null : known };
    }
}

/// <summary>What one metric found.</summary>
/// <param name="Value">The value; null when missing.</param>
/// <param name="Entries">Bookings that were used.</param>
/// <param name="IsAbsent">Whether the thing itself does not exist, which is the input's first special code.</param>
internal readonly record struct MetricFinding(double? Value, IEnumerable<LedgerEntry> Entries, bool IsAbsent = false);
