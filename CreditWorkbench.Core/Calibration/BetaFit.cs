using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Calibration;

/// <summary>Fits <see cref="BetaCalibrator"/> on held-out rows.</summary>
/// <remarks>Logistic regression on ln p and -ln(1 - p) with both weights at or above 0, by Newton's method; targets smoothed as in
/// <see cref="PlattFit"/>. A ridge of one row towards the identity decides what the rows leave open: with small probabilities only,
/// they say next to nothing of the high end.</remarks>
public static class BetaFit
{
    private const int MaxIterations = 100;
    private const int MaxHalvings = 60;
    private const double Tolerance = 1e-10;

    /// <summary>Fits the map.</summary>
    /// <param name="logOdds">Log-odds, shape [n], finite; held-out rows.</param>
    /// <param name="bad">Outcome per row, same order.</param>
    /// <param name="weights">Row weights above 0, shape [n], a row of weight 2 counting as two; empty for ones.</param>
    /// <returns>The calibrator, or <c>calibration.one_class</c>, <c>calibration.margin.not_finite</c> (with the row),
    /// <c>calibration.slope.not_positive</c>.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is not above 0.</exception>
    public static Outcome<BetaCalibrator> Fit(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> bad, ReadOnlySpan<double> weights = default)
    {
        if (logOdds.Length != bad.Length) throw new ArgumentException($"Expected {logOdds.Length} outcomes, got {bad.Length}.", nameof(bad));
        CalibrationRows.DemandWeights(weights, logOdds.Length);
        if (CalibrationRows.Fault(logOdds, bad) is { } fault) return fault;
        var rows = new BetaRows(logOdds, bad, weights);
        double[]? best = null;
        var least = double.PositiveInfinity;

        // The minimum under both bounds is the least of the minima with some of the weights held at 0, where the others turn out above.
        foreach (var (holdsA, holdsB) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var point = Minimise(rows, holdsA, holdsB);
            var isInside = point[0] >= 0.0 && point[1] >= 0.0;
            var loss = rows.Loss(point);
            if (isInside && loss < least) (best, least) = (point, loss);
        }

        return best is null || best[0] + best[1] <= 0.0
            ? new Problem("calibration.slope.not_positive", "On the held-out rows risk does not rise with the score.") { Remedy = "Check the outcome's coding, or train on more rows." }
            : new BetaCalibrator(best[0], best[1], best[2], logOdds.Length);
    }

    /// <summary>Newton's method with halving; the loss is strictly convex, so it ends at its one minimum.</summary>
    private static double[] Minimise(BetaRows rows, bool holdsA, bool holdsB)
    {
        double[] point = [holdsA ? 0.0 : 1.0, holdsB ? 0.0 : 1.0, 0.0];
        var (gradient, hessian) = (new double[3], new double[9]);
        var loss = rows.Loss(point);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            rows.Derive(point, gradient, hessian);
            if (holdsA) Hold(0, gradient, hessian);
            if (holdsB) Hold(1, gradient, hessian);
            if (gradient.Max(Math.Abs) < Tolerance * rows.Total) break;
            var step = Solve(hessian, gradient);
            var share = 1.0;
            for (var halving = 0; ; halving++, share /= 2.0)
            {
                if (halving == MaxHalvings) return point;
                double[] trial = [point[0] - share * step[0], point[1] - share * step[1], point[2] - share * step[2]];
                var trialLoss = rows.Loss(trial);
                if (!(trialLoss < loss)) continue;
                (point, loss) = (trial, trialLoss);
                break;
            }
        }

        return point;
    }

    private static void Hold(int index, double[] gradient, double[] hessian)
    {
        gradient[index] = 0.0;
        for (var i = 0; i < 3; i++) hessian[3 * index + i] = hessian[3 * i + index] = i == index ? 1.0 : 0.0;
    }

    /// <summary>Solves a positive definite system of three by elimination.</summary>
    private static double[] Solve(double[] hessian, double[] gradient)
    {
        var (m, x) = ((double[])hessian.Clone(), (double[])gradient.Clone());
        for (var pivot = 0; pivot < 3; pivot++)
        {
            for (var row = pivot + 1; row < 3; row++)
            {
                var factor = m[3 * row + pivot] / m[3 * pivot + pivot];
                for (var i = pivot; i < 3; i++) m[3 * row + i] -= factor * m[3 * pivot + i];
                x[row] -= factor * x[pivot];
            }
        }

        for (var row = 2; row >= 0; row--)
        {
            for (var i = row + 1; i < 3; i++) x[row] -= m[3 * row + i] * x[i];
            x[row] /= m[3 * row + row];
        }

        return x;
    }
}
