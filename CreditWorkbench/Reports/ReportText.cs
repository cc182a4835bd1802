using System.Text.Json;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Pages.Build.Lab;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Reports;

/// <summary>What a report says, section by section, in the current language.</summary>
public static class ReportText
{
    private const int ShownFeatures = 20;

    /// <summary>All sections.</summary>
    public static IReadOnlyList<ReportSection> Of(ReportSubject subject) =>
    [
        Summary(subject), Use(subject), Board(subject), Evaluation(subject, subject.Candidate.Test, "test", Texts.T("report.evaluation")),
        .. subject.Candidate.OutOfTime is { } late ? new[] { Evaluation(subject, late, "late", Texts.T("report.outOfTime")) } : [],
        CutOffs(subject), .. Segments(subject), Fairness(subject), Findings(subject), .. PointsText.Section(subject), Inside(subject), Lineage(subject),
    ];

    private static ReportSection Summary(ReportSubject subject)
    {
        var (record, report) = (subject.Candidate, subject.Candidate.Test.Report);
        return new ReportSection("summary", Texts.T("report.summary"))
        {
            Texts =
            [
                Texts.T("report.summaryAuc", LabWords.Interval(report.Auc, report.AucLow, report.AucHigh), Formats.Number(report.Gini, 3), Formats.Number(report.Ks, 3), Formats.Integer(record.Test.Rows)),
                Texts.T("lab.calibrationWords", Formats.Number(report.EceAfter, 3), LabWords.Number(report.EceBefore), Formats.Number(record.Test.Curves.CalibrationAfter.NullLimit, 3)),
                subject.Findings.Count(subject.IsOpen) is > 0 and var open ? Texts.Count("lab.notReady", open) : Texts.T("report.nothingOpen"),
            ],
        };
    }

    private static ReportSection Use(ReportSubject subject)
    {
        var (record, limits) = (subject.Candidate, new List<string>());
        if (!record.ReasonsAreExact) limits.Add(Texts.T("report.limit.sampled"));
        if (record.OutOfTime is null) limits.Add(Texts.T("report.limit.noLate"));
        if (subject.Candidate.Fairness.Count == 0) limits.Add(Texts.T("report.limit.noFairness"));
        if (record.Fairness.SelectMany(report => report.Groups).Any(group => group.Verdict == FairnessVerdict.InsufficientEvidence)) limits.Add(Texts.T("report.limit.power"));
        if (record.Test.Bads < 100) limits.Add(Texts.T("report.limit.few", Formats.Integer(record.Test.Bads)));
        limits.Add(Texts.T("report.limit.population", subject.Training.Lineage.Source));
        return new ReportSection("use", Texts.T("report.use")) { Texts = [Texts.T("report.useText", subject.Training.Title), .. limits] };
    }

    private static ReportSection Board(ReportSubject subject) => new("candidates", Texts.T("lab.boardTitle", Formats.Integer(subject.Candidate.Test.Rows)))
    {
        Tables =
        [
            new ReportTable(null,
                [Texts.T("lab.candidate"), Texts.T("lab.metric.auc"), Texts.T("lab.percent95"), Texts.T("lab.metric.gini"), Texts.T("lab.metric.ks"), Texts.T("lab.brier"), Texts.T("lab.metric.logLoss"), Texts.T("lab.metric.eceAfter"), Texts.T("lab.cvAuc")],
                [.. subject.Training.Candidates.Select(one => Row(
                    LabWords.Family(one.Family), Formats.Number(one.Test.Report.Auc, 3), Texts.T("lab.range", Formats.Number(one.Test.Report.AucLow, 3), Formats.Number(one.Test.Report.AucHigh, 3)),
                    Formats.Number(one.Test.Report.Gini, 3), Formats.Number(one.Test.Report.Ks, 3), Formats.Number(one.Test.Report.Brier, 4), Formats.Number(one.Test.Report.LogLoss, 4),
                    Formats.Number(one.Test.Report.EceAfter, 3), Formats.Number(one.Cv.Mean, 3)))]),
        ],
    };

    private static ReportSection Evaluation(ReportSubject subject, ModelEvaluation part, string id, string title)
    {
        IReadOnlyList<Shown> shown = [new Shown(LabWords.Family(subject.Candidate.Family), part, 0)];
        return new ReportSection(id, title)
        {
            Texts = [Texts.T("report.partRows", Formats.Integer(part.Rows), Formats.Integer(part.Bads))],
            Drawings =
            [
                new(id + "-roc", Texts.T("report.rocTitle", Formats.Number(part.Report.Auc, 3)), LabFigures.Roc(shown, "")),
                new(id + "-pr", Texts.T("report.prTitle", Formats.Number(part.Report.PrAuc, 3)), LabFigures.PrecisionRecall(shown, "")),
                new(id + "-ks", Texts.T("report.ksTitle", Formats.Number(part.Report.Ks, 3)), LabFigures.KolmogorovSmirnov(part, "")),
                new(id + "-calibration", Texts.T("report.calibrationTitle", Formats.Number(part.Report.EceAfter, 3)), LabFigures.Calibration(shown, "", before: true)),
                new(id + "-gains", Texts.T("lab.gains"), LabFigures.Gains(shown, "")),
                new(id + "-lift", Texts.T("report.liftTitle", Formats.Number(part.Report.TopDecileLift, 2)), LabFigures.Lift(shown, "")),
                new(id + "-scores", Texts.T("lab.scores"), LabFigures.Scores(part, "")),
            ],
            Tables = [Metrics(part), .. part.BackTest is { } test ? new[] { BackTest(test) } : []],
        };
    }

    private static ReportTable Metrics(ModelEvaluation part) => new(
        Texts.T("lab.metrics"), [Texts.T("lab.metricHead"), Texts.T("lab.value"), Texts.T("lab.low"), Texts.T("lab.high"), Texts.T("lab.method")],
        [.. part.Intervals.Select(one => Row(LabWords.Metric(one.Metric), LabWords.Number(one.Value, 4), LabWords.Number(one.Low, 4), LabWords.Number(one.High, 4), Texts.TOr("lab.method." + one.Method, one.Method)))]);

    private static ReportTable BackTest(PdBackTest test) => new(
        Texts.T("lab.backtest"),
        [Texts.T("lab.grade"), Texts.T("lab.count"), Texts.T("lab.meanPd"), Texts.T("lab.defaultRate"), Texts.T("lab.percent95"), Texts.T("lab.binomialP"), Texts.T("lab.jeffreysP"), Texts.T("lab.holmP"), Texts.T("lab.light")],
        [.. test.Grades.Select(one => Row(
            one.Grade, Formats.Integer(one.Count), Formats.Percent(one.MeanPd, 2), Formats.Percent(one.DefaultRate, 2), Texts.T("lab.range", Formats.Percent(one.Low, 2), Formats.Percent(one.High, 2)),
            LabWords.Chance(one.BinomialP), LabWords.Chance(one.JeffreysP), LabWords.Chance(one.HolmP), Texts.T("lab.light." + one.Light)))]);

    private static ReportSection CutOffs(ReportSubject subject)
    {
        if (subject.Candidate.Test.CutOffs is not { } cuts) return new ReportSection("cutoffs", Texts.T("lab.cost"));
        var (unit, impact, zones) = (cuts.Costs.Currency ?? Texts.T("lab.units"), cuts.Impact, cuts.Zones);
        return new ReportSection("cutoffs", Texts.T("lab.cost"))
        {
            Texts =
            [
                Texts.T("report.cutOffs", Formats.Percent(cuts.Chosen.Threshold, 2), Formats.Percent(cuts.Chosen.ApprovalRate), LabWords.Share(cuts.Chosen.ApprovedBadRate, 2), Formats.Percent(Math.Max(0, cuts.Best.Threshold), 2)),
                Texts.T("report.impact", Formats.Integer(impact.DefaultsCaught), Formats.Integer(impact.Defaults), Formats.Integer(impact.FalseAlarms), Formats.Number(impact.Savings, 0), unit, LabWords.Share(impact.Roi, 0)),
                Texts.T("report.zones", Formats.Percent(Math.Max(0, zones.ApproveUpTo), 2), Formats.Percent(Math.Max(0, zones.DeclineAbove), 2), Formats.Integer(zones.Referred)),
            ],
            Drawings =
            [
                new("cost", Texts.T("lab.cost"), CutOffDrawings.Cost(cuts.Curve, cuts.Chosen, cuts.Best, unit, "")),
                new("strategy", Texts.T("lab.strategy"), CutOffDrawings.Strategy(cuts.Curve, cuts.Chosen, unit, "")),
            ],
        };
    }

    private static IEnumerable<ReportSection> Segments(ReportSubject subject) => subject.Candidate.Test.Segments.Select(report => new ReportSection("segments", Texts.T("lab.segments", report.Column))
    {
        Tables =
        [
            new ReportTable(null,
                [Texts.T("lab.segment"), Texts.T("lab.count"), Texts.T("lab.badRate"), Texts.T("lab.meanPd"), Texts.T("lab.metric.auc"), Texts.T("lab.percent95"), Texts.T("lab.axis.approved")],
                [.. report.Segments.Select(one => Row(
                    one.Segment, Formats.Integer(one.Count), Formats.Percent(one.BadRate, 2), Formats.Percent(one.MeanPd, 2), LabWords.Number(one.Auc),
                    one is { AucLow: { } low, AucHigh: { } high } ? Texts.T("lab.range", Formats.Number(low, 3), Formats.Number(high, 3)) : Formats.Unknown, Formats.Percent(one.ApprovalRate)))]),
        ],
    });

    private static ReportSection Fairness(ReportSubject subject) => new("fairness", Texts.T("report.fairness"))
    {
        Texts = [Texts.T(subject.Candidate.Fairness.Count == 0 ? "lab.fair.noneText" : "lab.fair.help")],
        Tables =
        [
            .. subject.Candidate.Fairness.Select(report => new ReportTable(Texts.T("lab.fair.noteTitle", report.Column, report.Reference),
                [Texts.T("lab.fair.group"), Texts.T("lab.count"), Texts.T("lab.axis.approved"), Texts.T("lab.fair.ratio"), Texts.T("lab.percent95"), Texts.T("lab.fair.p"), Texts.T("lab.fair.power"), Texts.T("lab.smd"), Texts.T("lab.fair.opportunity"), Texts.T("lab.fair.odds"), Texts.T("lab.fair.verdict")],
                [.. report.Groups.Select(one => Row(
                    one.Group, Formats.Integer(one.Count), Formats.Percent(one.Approval.Rate), LabWords.Number(one.Approval.Ratio, 2),
                    one.Approval is { RatioLow: { } low, RatioHigh: { } high } ? Texts.T("lab.range", Formats.Number(low, 2), Formats.Number(high, 2)) : Formats.Unknown,
                    one.Group == report.Reference ? Formats.Unknown : LabWords.Chance(one.Approval.PValue), LabWords.Share(one.Power, 0), LabWords.Number(one.StandardisedMeanDifference, 2),
                    LabWords.Number(one.EqualOpportunityDifference), LabWords.Number(one.EqualisedOddsDifference), LabWords.Verdict(one, one.Group == report.Reference).Text))])),
        ],
    };

    private static ReportSection Findings(ReportSubject subject) => new("findings", Texts.T("lab.findings"))
    {
        Texts = [Texts.T(subject.Findings.Count == 0 ? "lab.noFindingsText" : "lab.findingsNote")],
        Tables = subject.Findings.Count == 0 ? [] :
        [
            new ReportTable(null,
                [Texts.T("report.column"), Texts.T("report.kind"), Texts.T("report.severity"), Texts.T("report.evidence"), Texts.T("report.word")],
                [.. subject.Findings.OrderByDescending(one => one.Severity).Select(one => Row(
                    one.Column, LabWords.Kind(one.Kind), Texts.T(one.Severity == LeakageSeverity.Error ? "report.error" : "lab.warning"), EvidenceWords.Of(one.Evidence),
                    subject.SignedFor(one) is { } signed ? Texts.T("report.signed", Formats.Utc(signed.At), signed.Reason) : Texts.T(subject.IsOpen(one) ? "lab.openWord" : one.Acknowledged ? "lab.acknowledged" : "lab.fair.noProxy")))]),
        ],
    };

    private static ReportSection Inside(ReportSubject subject)
    {
        using var parameters = JsonDocument.Parse(subject.Candidate.ParametersJson);
        return new ReportSection("inside", Texts.T("report.inside"))
        {
            Tables =
            [
                new ReportTable(Texts.T("lab.importance"), [Texts.T("explanation.factor"), Texts.T("lab.gainShare")],
                    [.. subject.Candidate.Importance.Take(ShownFeatures).Select(one => Row(one.Feature, Formats.Percent(one.GainShare)))]),
                new ReportTable(Texts.T("lab.parameters"), [Texts.T("lab.parameters"), Texts.T("lab.value")],
                    [.. parameters.RootElement.EnumerateObject().Where(one => one.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String).Select(one => Row(one.Name, one.Value.ToString()))]),
                new ReportTable(Texts.T("lab.calibrationBy"), [Texts.T("lab.calibrationBy"), Texts.T("lab.metric.logLoss"), Texts.T("lab.gainOverPlatt")],
                    [.. subject.Candidate.Calibration.Trials.Select(one => Row(
                        Texts.T("lab.calibration." + one.Kind) + (one.Kind == subject.Candidate.Calibration.Chosen ? " *" : ""), LabWords.Number(one.LogLoss, 5), LabWords.Number(one.Gain, 5)))]),
            ],
        };
    }

    private static ReportSection Lineage(ReportSubject subject)
    {
        var (lineage, parts) = (subject.Training.Lineage, subject.Training.Parts);
        return new ReportSection("lineage", Texts.T("lab.lineage"))
        {
            Tables =
            [
                new ReportTable(null, [Texts.T("report.fact"), Texts.T("lab.value")],
                [
                    Row(Texts.T("lab.data"), lineage.Source), Row(Texts.T("lab.dataHash"), lineage.DataHash), Row(Texts.T("lab.scoringHash"), lineage.ScoringHash), Row(Texts.T("lab.recordHash"), subject.Hash ?? Formats.Unknown),
                    Row(Texts.T("lab.seed"), Formats.Integer(lineage.Seed)), Row(Texts.T("lab.codeVersion"), lineage.CodeVersion ?? Formats.Unknown), Row(Texts.T("lab.begun"), Formats.Utc(lineage.At)),
                    Row(Texts.T("lab.part.Train"), Formats.Integer(parts.Train)), Row(Texts.T("lab.part.Calibration"), Formats.Integer(parts.Calibration)), Row(Texts.T("lab.part.Test"), Formats.Integer(parts.Test)),
                    Row(Texts.T("lab.part.OutOfTime"), Formats.Integer(parts.OutOfTime)), Row(Texts.T("lab.rejected"), Formats.Integer(subject.Training.RejectedRows)), Row(Texts.T("lab.balance"), Texts.TOr("lab.balance." + lineage.Balance, lineage.Balance)),
                    .. subject.Training.Weights is { } weights ? new[] { Row(Texts.T("weights.rows"), LabWords.Weights(weights)), Row(Texts.T("weights.figures"), Texts.T("weights.figuresText")) } : [],
                    .. lineage.Parent is { } parent ? new[] { Row(Texts.T("report.parent"), parent) } : [],
                ]),
            ],
        };
    }

    private static string[] Row(params string[] cells) => cells;
}
