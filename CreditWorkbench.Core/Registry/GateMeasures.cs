using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>What one gate found.</summary>
/// <param name="Gate">Gate.</param>
/// <param name="State">How it stands.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">English sentence.</param>
/// <param name="Figures">What was measured.</param>
public sealed record GateFinding(EvidenceGate Gate, GateState State, string Code, string Detail, params GateFigure[] Figures);

/// <summary>Measures every gate that needs no person.</summary>
public static class GateMeasures
{
    /// <summary>Rows whose waterfalls are added up at most.</summary>
    public const int MostExplained = 400;

    // A waterfall is exact to 1e-9 relative; in points that is far below what a screen shows.
    private const double PointsTolerance = 1e-6;
    private static readonly string[] Languages = ["en", "id"];

    /// <summary>Train = serve.</summary>
    /// <param name="evidence">What serving said; null where the rows are not within reach.</param>
    public static GateFinding Parity(RowEvidence? evidence)
    {
        if (evidence is null)
            return new(EvidenceGate.Parity, GateState.Failed, "parity.noData", "The rows that the model was trained on are not within reach, so serving could not be compared with training.");
        GateFigure[] figures = [new("rows", evidence.Rows), new("differing", evidence.Differing), new("largest", evidence.Largest)];
        if (evidence.Differing > 0 || evidence.MatchesPackage == false)
            return new(EvidenceGate.Parity, GateState.Failed, "parity.differs", Text($"Serving differs from training on {evidence.Differing} of {evidence.Rows} rows."), figures);
        return new(EvidenceGate.Parity, GateState.Passed, evidence.MatchesPackage == true ? "parity.equal" : "parity.recomputed", Text($"Serving gives all {evidence.Rows} training rows the margin of training, bit for bit."), figures);
    }

    /// <summary>Waterfalls add up.</summary>
    /// <param name="release">The model.</param>
    /// <param name="rows">Vectors; the package's own backgrounds where no other rows are within reach.</param>
    public static GateFinding Additivity(Release release, FeatureMatrix? rows)
    {
        if (!release.Explainer.Explains(Explanation.AttributionMethod.Interventional))
            return new(EvidenceGate.Additivity, GateState.NotApplicable, "additivity.noBackground", "The package has no background, so it draws no waterfall that could be added up.");
        var sample = rows is { Rows: > 0 } ? rows : release.Package.ExplanationBackground;
        var step = Math.Max(1, sample.Rows / MostExplained);
        var gaps = new double[(sample.Rows + step - 1) / step];
        Parallel.For(0, gaps.Length, at => gaps[at] = GapOf(release, sample, at * step));
        var (wrong, largest) = (gaps.Count(gap => !(gap <= PointsTolerance)), gaps.Max());
        GateFigure[] figures = [new("rows", gaps.Length), new("wrong", wrong), new("largest", largest)];
        return wrong == 0
            ? new(EvidenceGate.Additivity, GateState.Passed, "additivity.exact", Text($"Base, points, rounding and clip make the issued score on all {gaps.Length} rows."), figures)
            : new(EvidenceGate.Additivity, GateState.Failed, "additivity.gap", Text($"The waterfall of {wrong} of {gaps.Length} rows does not make the issued score."), figures);
    }

    /// <summary>PDs beside outcomes on the rows that only tested, as the signed report has them.</summary>
    /// <param name="report">The training result.</param>
    public static GateFinding Calibration(JsonElement report) => CalibrationEvidence.Of(report) is { } evidence
        ? evidence.Judge()
        : new(EvidenceGate.Calibration, GateState.Failed, "calibration.notMeasured", "The package says nothing about PDs on rows that only tested.");

    /// <summary>No leak without somebody who takes responsibility.</summary>
    /// <param name="report">The training result.</param>
    public static GateFinding Leakage(JsonElement report)
    {
        if (!report.TryGetProperty("leakage", out var findings) || findings.ValueKind != JsonValueKind.Array)
            return new(EvidenceGate.Leakage, GateState.NotApplicable, "leakage.notTrainedHere", "The model was not trained here; its rows were not searched for leaks.");
        var errors = findings.EnumerateArray().Where(finding => TextOf(finding, "severity") == "error").ToList();
        var open = errors.Where(finding => !(finding.TryGetProperty("acknowledged", out var signed) && signed.ValueKind == JsonValueKind.True)).ToList();
        GateFigure[] figures = [new("findings", findings.GetArrayLength()), new("errors", errors.Count), new("open", open.Count)];
        if (open.Count > 0) return new(EvidenceGate.Leakage, GateState.Failed, "leakage.open", $"Nobody has taken responsibility for {string.Join(", ", open.Select(finding => $"{TextOf(finding, "column")} ({TextOf(finding, "kind")})"))}.", figures);
        return errors.Count > 0
            ? new(EvidenceGate.Leakage, GateState.Passed, "leakage.acknowledged", Text($"{errors.Count} findings, each acknowledged."), figures)
            : new(EvidenceGate.Leakage, GateState.Passed, "leakage.none", "No column knows what it could not have known.", figures);
    }

    /// <summary>Every feature can be named to an applicant.</summary>
    public static GateFinding ReasonTexts(ModelPackage package, IReadOnlyList<FeatureColumn> columns)
    {
        var reasons = package.Scorecard.Reasons.ToDictionary(reason => reason.Code);
        List<string> mute = [.. columns.Select(column => column.Name).Where(name =>
            package.Scorecard.Feature(name)?.Reason is not { } code || !reasons.TryGetValue(code, out var reason) || !Speaks(reason.Adverse) || reason.Favourable is { } good && !Speaks(good))];
        GateFigure[] figures = [new("features", columns.Count), new("without", mute.Count)];
        return mute.Count == 0
            ? new(EvidenceGate.ReasonTexts, GateState.Passed, "reasonTexts.complete", Text($"All {columns.Count} features have reasons in English and Indonesian."), figures)
            : new(EvidenceGate.ReasonTexts, GateState.Failed, "reasonTexts.missing", $"No reason in every language for {string.Join(", ", mute.Take(10))}.", figures);
    }

    /// <summary>Reasons are exact and have rows to compare with.</summary>
    public static GateFinding Reasons(ModelPackage package)
    {
        GateFigure[] figures = [new("background", package.ReasonBackground.Rows)];
        if (!package.Predictor.ReasonsAreExact) return new(EvidenceGate.Reasons, GateState.Failed, "reasons.sampled", $"The reasons of this family ({package.Lineage.Family}) can only be sampled; applicants are owed exact ones.", figures);
        return package.ReasonBackground.Rows == 0
            ? new(EvidenceGate.Reasons, GateState.Failed, "reasons.background", "There are no rows near the cut-off to compare applicants with, so a decline has no reasons.", figures)
            : new(EvidenceGate.Reasons, GateState.Passed, "reasons.exact", Text($"Reasons are exact, against {package.ReasonBackground.Rows} rows near the cut-off."), figures);
    }

    private static double GapOf(Release release, FeatureMatrix rows, int row)
    {
        var vector = new float[rows.Columns.Count];
        rows.CopyRow(row, vector);
        var score = release.Scoring.Score(vector);
        if (!release.Explainer.Bars(vector, score).TryGet(out var bars, out _)) return double.NaN;
        return Math.Abs(bars.BasePoints + bars.Points.Sum() + bars.Rounding + bars.Clip - score.Issued);
    }

    private static bool Speaks(Scorecards.LocalizedText text) => Languages.All(language => text.ByLanguage.TryGetValue(language, out var sentence) && !string.IsNullOrWhiteSpace(sentence));

    private static string TextOf(JsonElement element, string name) => element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
