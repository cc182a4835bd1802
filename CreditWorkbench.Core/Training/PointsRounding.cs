using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Turns exact terms into printed points, and tells what that changed.</summary>
public static class PointsRounding
{
    /// <summary>Rounds each bin's points half away from zero; the base points take up what rounding moved the mean score by, so that
    /// the scorecard is neither kinder nor harder than its exact terms.</summary>
    /// <param name="scale">Scale of the points.</param>
    /// <param name="exactIntercept">Log-odds before any characteristic.</param>
    /// <param name="characteristics">With exact terms; points are replaced.</param>
    /// <remarks>Rounding keeps the order of bins, so a direction that held before holds after.</remarks>
    public static PointsScorecard Round(PointsScale scale, double exactIntercept, IReadOnlyList<ScorecardCharacteristic> characteristics)
    {
        var moved = 0.0;
        var means = new double[characteristics.Count];
        var rounded = new ScorecardCharacteristic[characteristics.Count];
        for (var i = 0; i < rounded.Length; i++)
        {
            rounded[i] = characteristics[i] with { Bins = [.. characteristics[i].Bins.Select(bin => bin with { Points = Points(scale, bin.ExactTerm) })] };
            var rows = rounded[i].Bins.Sum(bin => bin.Goods + bin.Bads);
            foreach (var bin in rounded[i].Bins)
            {
                var share = (bin.Goods + bin.Bads) / rows;
                means[i] += share * scale.TermOf(bin.Points);
                moved += share * (bin.Points - scale.PointsOf(bin.ExactTerm));
            }
        }

        var basePoints = (int)Math.Round(scale.ScoreOf(exactIntercept) - moved, MidpointRounding.AwayFromZero);
        return new PointsScorecard(scale, basePoints, exactIntercept, [.. rounded], [.. means]);
    }

    /// <summary>The same scorecard after a calibration: exact terms times the slope, rounded anew, so that the printed points are
    /// those of calibrated log-odds and the calibrator of the result is the identity but for rounding.</summary>
    /// <param name="scorecard">The scorecard.</param>
    /// <param name="slope">Slope of calibrated on raw log-odds, above 0.</param>
    /// <param name="intercept">Intercept.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not above 0, or a number is not finite.</exception>
    public static PointsScorecard Calibrated(PointsScorecard scorecard, double slope, double intercept)
    {
        if (!(slope > 0.0 && double.IsFinite(slope))) throw new ArgumentOutOfRangeException(nameof(slope), slope, "A slope lies above 0.");
        if (!double.IsFinite(intercept)) throw new ArgumentOutOfRangeException(nameof(intercept), intercept, "An intercept is finite.");
        var scaled = scorecard.Characteristics.Select(characteristic => characteristic with
        {
            Coefficient = slope * characteristic.Coefficient,
            Bins = [.. characteristic.Bins.Select(bin => bin with { ExactTerm = slope * bin.ExactTerm })],
        });
        return Round(scorecard.Scale, slope * scorecard.ExactIntercept + intercept, [.. scaled]);
    }

    /// <summary>Compares printed and exact scores of rows.</summary>
    /// <param name="scorecard">The scorecard.</param>
    /// <param name="features">Rows to compare on.</param>
    /// <param name="cutOffs">Scores on the scorecard's scale from which a row is on the better side.</param>
    /// <remarks>All pairs of rows are counted, none sampled; O(rows log rows).</remarks>
    public static PointsRoundingReport Report(PointsScorecard scorecard, FeatureMatrix features, IReadOnlyList<double> cutOffs)
    {
        var (exact, printed) = (new double[features.Rows], new int[features.Rows]);
        var vector = new float[scorecard.FeatureCount];
        var (largest, crossings) = (0.0, new int[cutOffs.Count]);
        for (var row = 0; row < exact.Length; row++)
        {
            features.CopyRow(row, vector);
            (exact[row], printed[row]) = (scorecard.ExactScore(vector), scorecard.Score(vector));
            largest = Math.Max(largest, Math.Abs(exact[row] - printed[row]));
            for (var i = 0; i < crossings.Length; i++)
            {
                if (exact[row] >= cutOffs[i] != printed[row] >= cutOffs[i]) crossings[i]++;
            }
        }

        var (pairs, flipped, tied) = RankChanges.Count(exact, printed);
        return new PointsRoundingReport(exact.Length, largest, pairs, flipped, tied, [.. cutOffs.Select((cutOff, i) => new CutOffCrossing(cutOff, crossings[i]))]);
    }

    private static int Points(PointsScale scale, double term) =>
        (int)Math.Clamp(Math.Round(scale.PointsOf(term), MidpointRounding.AwayFromZero), -ScorecardBin.MaxPoints, ScorecardBin.MaxPoints);
}
