using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Calibration;

/// <summary>Fits <see cref="PlattCalibrator"/>: a sigmoid from raw margin to probability of bad.</summary>
/// <remarks>Platt (1999), smoothed targets; Newton's method with backtracking of Lin, Lin and Weng (2007), in their numerically
/// safe form. Sums run in row order.</remarks>
public static class PlattFit
{
    private const int MaxIterations = 100;
    private const double MinStep = 1e-10;
    private const double Ridge = 1e-12;
    private const double GradientTolerance = 1e-10;

    /// <summary>Fits slope and intercept.</summary>
    /// <param name="margins">Raw margins, shape [n], n &gt;= 2, finite; held-out rows.</param>
    /// <param name="bad">Outcome per row, same order.</param>
    /// <returns>The calibrator, or <c>calibration.one_class</c>, <c>calibration.margin.not_finite</c> (with the row),
    /// <c>calibration.slope.not_positive</c>, <c>calibration.not_converged</c>.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Outcome<PlattCalibrator> Fit(ReadOnlySpan<double> margins, ReadOnlySpan<bool> bad)
    {
        if (margins.Length != bad.Length) throw new ArgumentException($"Expected {margins.Length} outcomes, got {bad.Length}.", nameof(bad));
        if (CalibrationRows.Fault(margins, bad) is { } fault) return fault;

        // Fitted on standardised margins, where Newton's steps are well scaled whatever the margin's unit.
        var (mean, spread) = MeanAndSpread(margins);
        if (spread == 0.0) return SlopeNotPositive(0.0);
        var standard = new double[margins.Length];
        for (var i = 0; i < standard.Length; i++) standard[i] = (margins[i] - mean) / spread;
        var targets = SmoothedTargets(bad);
        if (Minimise(standard, targets.Good, targets.Bad, bad) is not { } solution)
            return new Problem("calibration.not_converged", "The sigmoid's slope and intercept were not found.") { Remedy = "Calibrate on more rows." };
        var slope = solution.Slope / spread;
        return slope > 0.0 && double.IsFinite(slope) ? new PlattCalibrator(slope, solution.Intercept - slope * mean) : SlopeNotPositive(slope);
    }

    private static Problem SlopeNotPositive(double slope) => new(
        "calibration.slope.not_positive", FormattableString.Invariant($"On the held-out rows risk does not rise with the margin (slope {slope:G4})."))
    {
        Remedy = "Check the outcome's coding, or train on more rows.",
    };

    private static (double Mean, double Spread) MeanAndSpread(ReadOnlySpan<double> margins)
    {
        var mean = 0.0;
        foreach (var margin in margins) mean += margin;
        mean /= margins.Length;
        var squares = 0.0;
        foreach (var margin in margins) squares += (margin - mean) * (margin - mean);
        return (mean, Math.Sqrt(squares / margins.Length));
    }

    private static (double Good, double Bad) SmoothedTargets(ReadOnlySpan<bool> bad)
    {
        var bads = bad.Count(true);
        return (1.0 / (bad.Length - bads + 2.0), (bads + 1.0) / (bads + 2.0));
    }

    private static (double Slope, double Intercept)? Minimise(double[] margins, double goodTarget, double badTarget, ReadOnlySpan<bool> bad)
    {
        var bads = bad.Count(true);
        var (slope, intercept) = (0.0, ReproducibleMath.Log((bads + 1.0) / (bad.Length - bads + 1.0)));
        var loss = Loss(margins, goodTarget, badTarget, bad, slope, intercept);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var d = Derivatives(margins, goodTarget, badTarget, bad, slope, intercept);
            if (Math.Abs(d.Slope) < GradientTolerance * margins.Length && Math.Abs(d.Intercept) < GradientTolerance * margins.Length) return (slope, intercept);
            var determinant = d.SlopeSlope * d.InterceptIntercept - d.SlopeIntercept * d.SlopeIntercept;
            var slopeStep = -(d.InterceptIntercept * d.Slope - d.SlopeIntercept * d.Intercept) / determinant;
            var interceptStep = -(d.SlopeSlope * d.Intercept - d.SlopeIntercept * d.Slope) / determinant;
            var descent = d.Slope * slopeStep + d.Intercept * interceptStep;
            var step = 1.0;
            for (; step >= MinStep; step /= 2.0)
            {
                var trial = Loss(margins, goodTarget, badTarget, bad, slope + step * slopeStep, intercept + step * interceptStep);
                if (!(trial < loss + 1e-4 * step * descent)) continue;
                (slope, intercept, loss) = (slope + step * slopeStep, intercept + step * interceptStep, trial);
                break;
            }

            // No step lowers the loss any more: the minimum, to the precision of the loss.
            if (step < MinStep) return double.IsFinite(determinant) ? (slope, intercept) : null;
        }

        return null;
    }

    private static double Loss(double[] margins, double goodTarget, double badTarget, ReadOnlySpan<bool> bad, double slope, double intercept)
    {
        var loss = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            var logOdds = slope * margins[i] + intercept;
            var target = bad[i] ? badTarget : goodTarget;
            var tail = ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(logOdds)));
            loss += tail + (logOdds >= 0.0 ? (1.0 - target) * logOdds : -target * logOdds);
        }

        return loss;
    }

    private static (double Slope, double Intercept, double SlopeSlope, double SlopeIntercept, double InterceptIntercept) Derivatives(
        double[] margins, double goodTarget, double badTarget, ReadOnlySpan<bool> bad, double slope, double intercept)
    {
        var (g1, g2, h11, h12, h22) = (0.0, 0.0, Ridge, 0.0, Ridge);
        for (var i = 0; i < margins.Length; i++)
        {
            var p = ReproducibleMath.Logistic(slope * margins[i] + intercept);
            var residual = p - (bad[i] ? badTarget : goodTarget);
            var curvature = p * (1.0 - p);
            g1 += margins[i] * residual;
            g2 += residual;
            h11 += margins[i] * margins[i] * curvature;
            h12 += margins[i] * curvature;
            h22 += curvature;
        }

        return (g1, g2, h11, h12, h22);
    }
}
