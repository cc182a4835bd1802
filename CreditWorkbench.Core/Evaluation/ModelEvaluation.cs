using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Figures and curves of one model on one set of rows.</summary>
public sealed record ModelEvaluation(EvaluationReport Report, EvaluationCurves Curves)
{
    /// <summary>Measures a model on rows that no part of it was fitted on.</summary>
    /// <param name="rows">What the model says and what happened.</param>
    /// <param name="threshold">A PD above it is called bad.</param>
    /// <param name="seed">Seed of bootstrap and null band.</param>
    /// <param name="classAccuracy">Ordinal models: share of rows whose class is hit; null for binary ones.</param>
    /// <param name="cancellation">Stops the bootstrap.</param>
    /// <exception cref="ArgumentException">Only one outcome is present, or lengths differ.</exception>
    public static ModelEvaluation Of(EvaluatedRows rows, double threshold, int seed, double? classAccuracy, CancellationToken cancellation)
    {
        var ranked = RankedOutcomes.Of(rows.Risk, rows.Bad);
        var auc = StratifiedBootstrap.Auc(ranked, seed, cancellation: cancellation);
        var confusion = ConfusionMatrix.At(rows.Pd, rows.Bad, threshold);
        var before = rows.RawPd is { } raw ? CalibrationError.Of(raw, rows.Bad, seed) : null;
        var after = CalibrationError.Of(rows.Pd, rows.Bad, seed);
        return new ModelEvaluation(
            new EvaluationReport
            {
                Auc = auc.Value,
                AucLow = auc.Low,
                AucHigh = auc.High,
                Gini = Ranking.Gini(auc.Value),
                Ks = Ranking.KolmogorovSmirnov(ranked.Good, ranked.Bad),
                PrAuc = Ranking.AveragePrecision(ranked.Good, ranked.Bad),
                Accuracy = classAccuracy ?? confusion.Accuracy!.Value,
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
            },
            new EvaluationCurves(
                EvaluationCurves.Thin(RankingCurves.Roc(ranked)), EvaluationCurves.Thin(RankingCurves.PrecisionRecall(ranked)),
                RankingCurves.Gains(ranked, 20), before, after, EvaluationCurves.Distribution(rows.Score, rows.Bad), confusion));
    }
}
