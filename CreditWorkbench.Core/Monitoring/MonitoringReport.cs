using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Which days to look at, both included, UTC.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record MonitoringPeriod(DateOnly From, DateOnly To)
{
    /// <summary>Days that are looked at unless stated otherwise.</summary>
    public const int UsualDays = 30;

    /// <summary>Most days of a period.</summary>
    public const int MostDays = 366;

    /// <summary>A period with what is left out filled in: up to today, thirty days long.</summary>
    public static MonitoringPeriod Of(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        return new MonitoringPeriod(from ?? EarlierBy(last, UsualDays - 1), last);
    }

    /// <summary>Why nobody can look at this period; null when it is one.</summary>
    public Problem? Fault => From <= To && To.DayNumber - From.DayNumber < MostDays
        ? null
        : new Problem("monitoring.period", $"A period has 1 to {MostDays} days.") { Field = "from", Remedy = "Send from and to as 2026-11-01, from first." };

    /// <summary>A day some days earlier, or the first there is.</summary>
    public static DateOnly EarlierBy(DateOnly day, int days) => day.DayNumber < days ? DateOnly.MinValue : day.AddDays(-days);
}

/// <summary>How a scorecard is doing, from what is stored: counts of scores per bin, decisions, and outcomes.</summary>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="Period">Days of scores and decisions.</param>
/// <param name="OutcomesFrom">First day of scores whose outcomes count: outcomes need time.</param>
/// <param name="Volumes">Scores per day, oldest first; days without any are left out.</param>
/// <param name="Decisions">Applications and final decisions of the period.</param>
/// <param name="Releases">Per release that scored in the period or has outcomes: the busiest first.</param>
/// <param name="Predictions">The same of stateless predictions; their outcomes count above.</param>
/// <param name="Performance">Over all releases; null without outcomes.</param>
public sealed record MonitoringReport(
    string ScorecardId, MonitoringPeriod Period, DateOnly OutcomesFrom, IReadOnlyList<DailyVolume> Volumes, PortfolioTotals Decisions,
    IReadOnlyList<ReleaseMonitoring> Releases, StatelessMonitoring Predictions, Performance? Performance);

/// <summary>Stateless predictions of the period, from what was counted when they were stored: also of those whose records were removed since.</summary>
/// <param name="Volumes">Predictions per day, oldest first; days without any are left out.</param>
/// <param name="Releases">Per release, the busiest first.</param>
public sealed record StatelessMonitoring(IReadOnlyList<DailyVolume> Volumes, IReadOnlyList<ReleaseMonitoring> Releases);

/// <summary>Scores of a day.</summary>
public sealed record DailyVolume(DateOnly Day, long Scores);

/// <summary>How one release is doing.</summary>
/// <param name="Release">Release hash.</param>
/// <param name="Model">NAME@V; null where the registry does not know it any more.</param>
/// <param name="Stage">Its stage today.</param>
/// <param name="Scores">Scores of the period.</param>
/// <param name="Score">Drift of the score against held-out rows; null where the package cannot be opened.</param>
/// <param name="Features">Drift of each column against training rows, the most shifted first.</param>
/// <param name="Performance">Against outcomes; null without any.</param>
public sealed record ReleaseMonitoring(
    ContentHash Release, string? Model, ModelStage? Stage, long Scores, BinDrift? Score, IReadOnlyList<FeatureDrift> Features, Performance? Performance);

/// <summary>Counts of a period against the frozen reference.</summary>
/// <param name="Stability">The index with the limit that sampling alone would stay under at this number of rows.</param>
/// <param name="Expected">Reference rows per bin.</param>
/// <param name="Observed">Scores of the period per bin, same order.</param>
/// <param name="Bins">What each bin holds, as text.</param>
public sealed record BinDrift(PopulationStability Stability, IReadOnlyList<long> Expected, IReadOnlyList<long> Observed, IReadOnlyList<string> Bins);

/// <summary>Drift of one column.</summary>
/// <param name="Feature">Name of the column.</param>
/// <param name="Drift">Its bins.</param>
/// <param name="MissingRate">Share of missing values in the period, in [0, 1]; codes that take the missing path of the model count as missing.</param>
/// <param name="MissingExpected">The same in the training rows.</param>
public sealed record FeatureDrift(string Feature, BinDrift Drift, double MissingRate, double MissingExpected);

/// <summary>Scores against their outcomes.</summary>
/// <param name="Outcomes">Scores with an outcome.</param>
/// <param name="Bad">Of these, bad ones.</param>
/// <param name="MeanPd">Mean issued PD of them; null where not every one has a PD.</param>
/// <param name="Auc">Area under the curve; null with fewer than ten of either outcome.</param>
/// <param name="Calibration">Calibration with its null band; null with fewer than a hundred outcomes.</param>
public sealed record Performance(int Outcomes, int Bad, double? MeanPd, AucWithInterval? Auc, CalibrationError? Calibration)
{
    /// <summary>Observed share of bad ones, in [0, 1].</summary>
    public double BadRate => (double)Bad / Outcomes;
}

/// <summary>An AUC with its 95 % interval (DeLong), in [0, 1].</summary>
public sealed record AucWithInterval(double Value, double Low, double High);
