using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Figures and curves of one model on one set of rows.</summary>
public sealed record ModelEvaluation(EvaluationReport Report, EvaluationCurves Curves)
{
    /// <summary>Share of the rows that can be referred in the zones of a report.</summary>
    public const double ReferralCapacity = 0.1;

    /// <summary>Rows that were judged.</summary>
    public int Rows { get; init; }

    /// <summary>Bad rows among them.</summary>
    public int Bads { get; init; }

    /// <summary>Every figure of the report with its interval; the AUC twice, by bootstrap and by DeLong.</summary>
    public IReadOnlyList<MetricInterval> Intervals { get; init; } = [];

    /// <summary>The figures inside each segment, one report per segment column.</summary>
    public IReadOnlyList<SegmentReport> Segments { get; init; } = [];

    /// <summary>PDs against outcomes by grade; null where rows have no grades.</summary>
    public PdBackTest? BackTest { get; init; }

    /// <summary>Cost curve, strategy curve, zones and business impact; null where they were not asked for.</summary>
    public CutOffReport? CutOffs { get; init; }

    /// <summary>Measures a model on rows that no part of it was fitted on.</summary>
    /// <remarks>Where rows have weights, the figures of the report, their intervals and the calibration curves are weighted; DeLong's interval,
    /// which knows no weights, is left out. Other curves, segments, back-tests and cut-offs speak of cases and count rows as they are.</remarks>
    /// <param name="rows">What the model says and what happened.</param>
    /// <param name="threshold">A PD above it is called bad.</param>
    /// <param name="seed">Seed of bootstrap and null band.</param>
    /// <param name="cancellation">Stops the bootstrap.</param>
    /// <exception cref="ArgumentException">Only one outcome is present, or lengths differ.</exception>
    public static ModelEvaluation Of(EvaluatedRows rows, double threshold, int seed, CancellationToken cancellation)
    {
        var ranked = RankedOutcomes.Of(rows.Risk, rows.Bad);
        var confusion = ConfusionMatrix.At(rows.Pd, rows.Bad, threshold);
        var before = rows.RawPd is { } raw ? CalibrationError.Of(raw, rows.Bad, seed, rows.Weights) : null;
        var after = CalibrationError.Of(rows.Pd, rows.Bad, seed, rows.Weights);
        var bootstrap = EvaluationBootstrap.Run(rows, threshold, seed, cancellation);
        var auc = bootstrap.Auc ?? StratifiedBootstrap.Auc(ranked, seed, cancellation: cancellation);
        var report = ReportOf(rows, threshold, ranked, auc, confusion, before, after);
        if (bootstrap.Weighted is { } weighted) report = weighted.Over(report);
        return new ModelEvaluation(report, CurvesOf(rows, ranked, before, after, confusion))
        {
            Rows = rows.Count,
            Bads = ranked.BadCount,
            Intervals = bootstrap.Intervals(report),
            Segments = [.. rows.Segments.Select(column => SegmentEvaluation.Of(rows, column, threshold))],
            BackTest = rows.Grades.Count == 0 ? null : BackTesting.Of(rows.Pd, rows.Bad, rows.Grade, rows.Grades),
            CutOffs = CutOffsOf(rows, threshold),
        };
    }

    private static EvaluationReport ReportOf(
        EvaluatedRows rows, double threshold, RankedOutcomes ranked, Interval auc, ConfusionMatrix confusion, CalibrationError? before, CalibrationError after)
    {
        return new EvaluationReport
        {
            Auc = auc.Value,
            AucLow = auc.Low,
            AucHigh = auc.High,
            Gini = Ranking.Gini(auc.Value),
            Ks = Ranking.KolmogorovSmirnov(ranked.Good, ranked.Bad),
            PrAuc = Ranking.AveragePrecision(ranked.Good, ranked.Bad),
            Accuracy = rows.ClassHits ?? confusion.Accuracy!.Value,
            Precision = confusion.Precision,
            Recall = confusion.Recall!.Value,
            F1 = confusion.F1!.Value,
            Specificity = confusion.Specificity!.Value,
            Brier = ProbabilityLoss.Brier(rows.Pd, rows.Bad),
            LogLoss = ProbabilityLoss.LogLoss(rows.Pd, rows.Bad),
            EceBefore = before?.Value,
            EceAfter = after.Value,
            Threshold = threshold,
            TopDecileLift = RankingCurves.TopDecileLift(ranked),
        };
    }

    private static EvaluationCurves CurvesOf(EvaluatedRows rows, RankedOutcomes ranked, CalibrationError? before, CalibrationError after, ConfusionMatrix confusion)
    {
        var shares = EvaluationCurves.Shares(ranked);
        return new EvaluationCurves(
            EvaluationCurves.Thin(RankingCurves.Roc(ranked)), EvaluationCurves.Thin(RankingCurves.PrecisionRecall(ranked)),
            RankingCurves.Gains(ranked, 20), before, after, EvaluationCurves.Distribution(rows.Score, rows.Bad), confusion)
        {
            KolmogorovSmirnov = EvaluationCurves.Thin(shares),
            KsAt = shares.MaxBy(point => Math.Abs(point.BadShare - point.GoodShare)),
        };
    }

    private static CutOffReport CutOffsOf(EvaluatedRows rows, double threshold)
    {
        var (table, costs) = (CutOffTable.Of(rows.Pd, rows.Bad, rows.Exposure, rows.Margin), rows.Costs);
        return new CutOffReport(costs, table.Curve(costs), table.Best(costs), table.At(threshold, costs), table.Zones(costs, ReferralCapacity), table.Impact(threshold, costs));
    }
}
