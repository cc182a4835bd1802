using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;

namespace CreditWorkbench.Web.Endpoints.Watch;

/// <summary>How a scorecard is doing.</summary>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="From">First day of scores and decisions, UTC.</param>
/// <param name="To">Last day.</param>
/// <param name="OutcomesFrom">First day of scores whose outcomes count.</param>
/// <param name="Volumes">Scores per day; days without any are left out.</param>
/// <param name="Decisions">Applications and final decisions.</param>
/// <param name="Performance">Scores against their outcomes, over all releases; null without outcomes.</param>
/// <param name="Releases">Per release, the busiest first.</param>
/// <param name="Predictions">Stateless predictions, counted apart: clients may ask as often as they like.</param>
public sealed record MonitoringResource(
    string Scorecard, DateOnly From, DateOnly To, DateOnly OutcomesFrom, IReadOnlyList<VolumeResource> Volumes, DecisionTotals Decisions, PerformanceResource? Performance,
    IReadOnlyList<ReleaseResource> Releases, StatelessResource Predictions)
{
    internal static MonitoringResource Of(MonitoringReport report) => new(
        report.ScorecardId, report.Period.From, report.Period.To, report.OutcomesFrom, VolumeResource.Of(report.Volumes), DecisionTotals.Of(report.Decisions),
        PerformanceResource.Of(report.Performance), [.. report.Releases.Select(ReleaseResource.Of)],
        new StatelessResource(VolumeResource.Of(report.Predictions.Volumes), [.. report.Predictions.Releases.Select(ReleaseResource.Of)]));
}

/// <summary>Stateless predictions of the period, also of those whose records were removed since.</summary>
/// <param name="Volumes">Predictions per day; days without any are left out.</param>
/// <param name="Releases">Per release, the busiest first; performance stands with the releases above.</param>
public sealed record StatelessResource(IReadOnlyList<VolumeResource> Volumes, IReadOnlyList<ReleaseResource> Releases);

/// <summary>Scores of a day.</summary>
/// <param name="Day">Day, UTC.</param>
/// <param name="Scores">Scores issued.</param>
public sealed record VolumeResource(DateOnly Day, long Scores)
{
    internal static IReadOnlyList<VolumeResource> Of(IReadOnlyList<DailyVolume> volumes) => [.. volumes.Select(day => new VolumeResource(day.Day, day.Scores))];
}

/// <summary>What was decided in the period.</summary>
/// <param name="Applications">Applications that were opened.</param>
/// <param name="Decided">Final decisions.</param>
/// <param name="Approved">Of these, approvals.</param>
/// <param name="ApprovalRate">Share of approvals, in [0, 1]; null without decisions.</param>
/// <param name="Overrides">Decisions against the recommendation.</param>
/// <param name="OverrideRate">Their share; null without decisions.</param>
/// <param name="PdOfBooked">Mean PD of what was approved; null when nothing was.</param>
/// <param name="ExpectedLoss">Expected loss of what was approved, in major units; null without costs.</param>
public sealed record DecisionTotals(int Applications, int Decided, int Approved, double? ApprovalRate, int Overrides, double? OverrideRate, double? PdOfBooked, double? ExpectedLoss)
{
    internal static DecisionTotals Of(PortfolioTotals totals) =>
        new(totals.Applications, totals.Decided, totals.Approved, totals.ApprovalRate, totals.Overrides, totals.OverrideRate, totals.PdOfBooked, totals.ExpectedLoss);
}

/// <summary>How one release is doing.</summary>
/// <param name="Release">Release hash.</param>
/// <param name="Model">NAME@V; null where the registry does not know it any more.</param>
/// <param name="Stage">Stage today.</param>
/// <param name="Scores">Scores of the period.</param>
/// <param name="Score">Drift of the score; null where the package cannot be opened.</param>
/// <param name="Features">Drift of each feature, the most shifted first.</param>
/// <param name="Performance">Against outcomes; null without any.</param>
public sealed record ReleaseResource(string Release, string? Model, ModelStage? Stage, long Scores, DriftResource? Score, IReadOnlyList<FeatureDriftResource> Features, PerformanceResource? Performance)
{
    internal static ReleaseResource Of(ReleaseMonitoring release) => new(
        release.Release.Hex, release.Model, release.Stage, release.Scores, release.Score is { } score ? DriftResource.Of(score) : null,
        [.. release.Features.Select(feature => new FeatureDriftResource(feature.Feature, DriftResource.Of(feature.Drift), feature.MissingRate, feature.MissingExpected))],
        PerformanceResource.Of(release.Performance));
}

/// <summary>Drift against frozen bins.</summary>
/// <param name="Psi">Population stability index.</param>
/// <param name="NullLimit">What sampling alone stays under, 95 of 100 times, at this number of rows.</param>
/// <param name="Verdict">insufficientRows, stable or shifted.</param>
/// <param name="Cells">Cells after pooling.</param>
/// <param name="Bins">What each bin holds.</param>
/// <param name="Expected">Reference rows per bin.</param>
/// <param name="Observed">Scores of the period per bin.</param>
public sealed record DriftResource(double Psi, double NullLimit, StabilityVerdict Verdict, int Cells, IReadOnlyList<string> Bins, IReadOnlyList<long> Expected, IReadOnlyList<long> Observed)
{
    internal static DriftResource Of(BinDrift drift) =>
        new(drift.Stability.Value, drift.Stability.NullLimit, drift.Stability.Verdict, drift.Stability.Cells, drift.Bins, drift.Expected, drift.Observed);
}

/// <summary>Drift of a feature.</summary>
/// <param name="Feature">Feature.</param>
/// <param name="Drift">Its bins.</param>
/// <param name="MissingRate">Share of missing values in the period, in [0, 1]; codes that take the missing path of the model count as missing.</param>
/// <param name="MissingExpected">The same in the training rows.</param>
public sealed record FeatureDriftResource(string Feature, DriftResource Drift, double MissingRate, double MissingExpected);

/// <summary>Scores against their outcomes.</summary>
/// <param name="Outcomes">Scores with an outcome.</param>
/// <param name="Bad">Bad ones.</param>
/// <param name="BadRate">Their share.</param>
/// <param name="MeanPd">Mean issued PD; null where not every one has a PD.</param>
/// <param name="Auc">Area under the curve; null with fewer than ten of either outcome.</param>
/// <param name="AucLow">Lower end of its 95 % interval.</param>
/// <param name="AucHigh">Upper end.</param>
/// <param name="Ece">Expected calibration error; null with fewer than a hundred outcomes.</param>
/// <param name="EceNullLimit">What it stays under, 95 of 100 times, when every PD is true.</param>
public sealed record PerformanceResource(int Outcomes, int Bad, double BadRate, double? MeanPd, double? Auc, double? AucLow, double? AucHigh, double? Ece, double? EceNullLimit)
{
    internal static PerformanceResource? Of(Performance? performance) => performance is null ? null : new(
        performance.Outcomes, performance.Bad, performance.BadRate, performance.MeanPd, performance.Auc?.Value, performance.Auc?.Low, performance.Auc?.High,
        performance.Calibration?.Value, performance.Calibration?.NullLimit);
}

/// <summary>Acknowledges an alert.</summary>
/// <param name="Note">What was found or done, 1 to 1,000 characters.</param>
public sealed record NewAcknowledgement(string Note);

/// <summary>An alert.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">Stable dotted word.</param>
/// <param name="Severity">notice, warning or critical.</param>
/// <param name="Scorecard">Scorecard; null where it is about none.</param>
/// <param name="SubjectId">What it is about.</param>
/// <param name="Facts">Facts by name.</param>
/// <param name="Times">How often it was raised.</param>
/// <param name="RaisedAt">When first.</param>
/// <param name="LastAt">When last.</param>
/// <param name="AcknowledgedBy">Who acknowledged it; null while open.</param>
/// <param name="AcknowledgedAt">When.</param>
/// <param name="Note">What was said then.</param>
/// <param name="Version">Version, as in the ETag.</param>
public sealed record AlertResource(
    Guid Id, string Kind, AlertSeverity Severity, string? Scorecard, string SubjectId, IReadOnlyDictionary<string, string> Facts, int Times, DateTimeOffset RaisedAt, DateTimeOffset LastAt,
    Guid? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, string Note, int Version)
{
    internal static AlertResource Of(Alert alert) => new(
        alert.Id, alert.Kind, alert.Severity, alert.ScorecardId, alert.SubjectId, alert.Facts, alert.Times, alert.RaisedAt, alert.LastAt, alert.AcknowledgedBy, alert.AcknowledgedAt, alert.Note,
        alert.RowVersion);
}
