namespace CreditWorkbench.Core.Metrics;

/// <summary>A point of the ROC curve: declining every risk at or above <paramref name="Risk"/>.</summary>
/// <param name="Risk">The cut; positive infinity for the origin.</param>
/// <param name="FalsePositiveRate">Share of good rows declined.</param>
/// <param name="TruePositiveRate">Share of bad rows declined.</param>
public readonly record struct RocPoint(double Risk, double FalsePositiveRate, double TruePositiveRate);

/// <summary>A point of the precision-recall curve: declining every risk at or above <paramref name="Risk"/>.</summary>
public readonly record struct PrecisionRecallPoint(double Risk, double Recall, double Precision);

/// <summary>A point of the gains curve.</summary>
/// <param name="Share">Share of all rows, riskiest first, in [0, 1].</param>
/// <param name="Captured">Share of the bad rows among them.</param>
/// <param name="Lift">Captured / Share: bad rate there over bad rate of all.</param>
public readonly record struct GainsPoint(double Share, double Captured, double Lift);

/// <summary>Curves over the cut, in the order of falling risk.</summary>
public static class RankingCurves
{
    /// <summary>ROC curve from (0, 0) to (1, 1), one point per distinct risk.</summary>
    public static RocPoint[] Roc(RankedOutcomes ranked)
    {
        var points = new RocPoint[ranked.Groups + 1];
        points[0] = new RocPoint(double.PositiveInfinity, 0, 0);
        var (good, bad) = (0, 0);
        for (var g = 0; g < ranked.Groups; g++)
        {
            good += ranked.Good[g];
            bad += ranked.Bad[g];
            points[g + 1] = new RocPoint(ranked.Risk[g], (double)good / ranked.GoodCount, (double)bad / ranked.BadCount);
        }

        return points;
    }

    /// <summary>Precision-recall curve, one point per distinct risk.</summary>
    public static PrecisionRecallPoint[] PrecisionRecall(RankedOutcomes ranked)
    {
        var points = new PrecisionRecallPoint[ranked.Groups];
        var (good, bad) = (0, 0);
        for (var g = 0; g < ranked.Groups; g++)
        {
            good += ranked.Good[g];
            bad += ranked.Bad[g];
            points[g] = new PrecisionRecallPoint(ranked.Risk[g], (double)bad / ranked.BadCount, (double)bad / (good + bad));
        }

        return points;
    }

    /// <summary>Gains at equal steps of the row share.</summary>
    /// <param name="ranked">Outcomes.</param>
    /// <param name="steps">Number of points, at least 1; 10 gives deciles.</param>
    public static GainsPoint[] Gains(RankedOutcomes ranked, int steps)
    {
        var points = new GainsPoint[steps];
        for (var step = 1; step <= steps; step++)
        {
            var share = (double)step / steps;
            var captured = Captured(ranked, share);
            points[step - 1] = new GainsPoint(share, captured, captured / share);
        }

        return points;
    }

    /// <summary>Bad rate among the riskiest tenth over the bad rate of all rows; rows tied at the border count by their mean.</summary>
    public static double TopDecileLift(RankedOutcomes ranked) => Captured(ranked, 0.1) / 0.1;

    /// <summary>Share of bad rows among the riskiest share of rows; rows of one risk are taken evenly.</summary>
    public static double Captured(RankedOutcomes ranked, double share)
    {
        var (left, captured) = (share * ranked.Count, 0.0);
        for (var g = 0; g < ranked.Groups && left > 0; g++)
        {
            var size = ranked.Good[g] + ranked.Bad[g];
            captured += ranked.Bad[g] * Math.Min(1.0, left / size);
            left -= size;
        }

        return captured / ranked.BadCount;
    }
}
