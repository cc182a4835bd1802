using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>One bar pair of the score distribution.</summary>
/// <param name="From">Lower border in points, inclusive.</param>
/// <param name="To">Upper border, exclusive.</param>
/// <param name="Good">Good rows.</param>
/// <param name="Bad">Bad rows.</param>
public readonly record struct ScoreBin(int From, int To, int Good, int Bad);

/// <summary>A point of the Kolmogorov-Smirnov diagram.</summary>
/// <param name="Share">Share of all rows declined, riskiest first.</param>
/// <param name="GoodShare">Share of the good rows among them.</param>
/// <param name="BadShare">Share of the bad rows among them.</param>
public sealed record KsPoint(double Share, double GoodShare, double BadShare);

/// <summary>What the report page draws.</summary>
/// <param name="Roc">ROC curve, at most <see cref="MostPoints"/> points.</param>
/// <param name="PrecisionRecall">Precision-recall curve, at most as many points.</param>
/// <param name="Gains">Gains and lift at twenty equal steps.</param>
/// <param name="CalibrationBefore">Calibration before; null for ordinal models.</param>
/// <param name="CalibrationAfter">Calibration of the issued PD, with the null limit of its error.</param>
/// <param name="Scores">Distribution of the score in bins of 20 points; empty without scores.</param>
/// <param name="Confusion">Counts at the threshold.</param>
public sealed record EvaluationCurves(
    IReadOnlyList<RocPoint> Roc, IReadOnlyList<PrecisionRecallPoint> PrecisionRecall, IReadOnlyList<GainsPoint> Gains,
    CalibrationError? CalibrationBefore, CalibrationError CalibrationAfter, IReadOnlyList<ScoreBin> Scores, ConfusionMatrix Confusion)
{
    /// <summary>Shares of good and bad rows declined over the share of all rows declined, riskiest first, at most <see cref="MostPoints"/> points.</summary>
    public IReadOnlyList<KsPoint> KolmogorovSmirnov { get; init; } = [];

    /// <summary>Where the two shares lie furthest apart; null in records of before it was kept.</summary>
    public KsPoint? KsAt { get; init; }

    /// <summary>More points than a screen shows are dropped at equal steps; both ends stay.</summary>
    public const int MostPoints = 201;

    private const int PointsPerBin = 20;

    /// <summary>At most <see cref="MostPoints"/> of the points, first and last among them.</summary>
    internal static IReadOnlyList<T> Thin<T>(T[] points)
    {
        if (points.Length <= MostPoints) return points;
        var kept = new T[MostPoints];
        for (var i = 0; i < MostPoints; i++) kept[i] = points[(int)((long)i * (points.Length - 1) / (MostPoints - 1))];
        return kept;
    }

    /// <summary>Shares of good and bad rows declined, from nobody to everybody, one point per distinct risk.</summary>
    internal static KsPoint[] Shares(RankedOutcomes ranked)
    {
        var points = new KsPoint[ranked.Groups + 1];
        points[0] = new KsPoint(0, 0, 0);
        var (good, bad) = (0, 0);
        for (var g = 0; g < ranked.Groups; g++)
        {
            (good, bad) = (good + ranked.Good[g], bad + ranked.Bad[g]);
            points[g + 1] = new KsPoint((double)(good + bad) / ranked.Count, (double)good / ranked.GoodCount, (double)bad / ranked.BadCount);
        }

        return points;
    }

    /// <summary>Counts scores in bins of 20 points, aligned to multiples of 20, from the lowest to the highest score.</summary>
    internal static IReadOnlyList<ScoreBin> Distribution(double[] scores, bool[] bad)
    {
        if (scores.Length == 0) return [];
        var first = (int)Math.Floor(scores.Min() / PointsPerBin);
        var last = (int)Math.Floor(scores.Max() / PointsPerBin);
        var (good, bads) = (new int[last - first + 1], new int[last - first + 1]);
        for (var i = 0; i < scores.Length; i++) (bad[i] ? bads : good)[(int)Math.Floor(scores[i] / PointsPerBin) - first]++;
        return [.. good.Select((count, i) => new ScoreBin((first + i) * PointsPerBin, (first + i + 1) * PointsPerBin, count, bads[i]))];
    }
}
