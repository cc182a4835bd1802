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
    /// <param name="weights">Row weights above 0, shape [n], a row of weight 2 counting as two; empty for ones.</param>
    /// <returns>The calibrator, or <c>calibration.one_class</c>, <c>calibration.margin.not_finite</c> (with the row),
    /// <c>calibration.slope.not_positive</c>, <c>calibration.not_converged</c>.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is not above 0.</exception>
    public static Outcome<PlattCalibrator> Fit(ReadOnlySpan<double> margins, ReadOnlySpan<bool> bad, ReadOnlySpan<double> weights = default)
    {
        if (margins.Length != bad.Length) throw new ArgumentException($"Expected {margins.Length} outcomes, got {bad.Length}.", nameof(bad));
        CalibrationRows.DemandWeights(weights, margins.Length);
        if (CalibrationRows.Fault(margins, bad) is { } fault) return fault;

        // Fitted on standardised margins, where Newton's steps are well scaled whatever the margin's unit.
        var (mean, spread) = MeanAndSpread(margins, weights);
        if (spread == 0.0) return SlopeNotPositive(0.0);
        var standard = new double[margins.Length];
        for (var i = 0; i < standard.Length; i++) standard[i] = (margins[i] - mean) / spread;
        var rows = new Rows(standard, bad, weights);
        if (Minimise(rows) is not { } solution)
            return new Problem("calibration.not_converged", "The sigmoid's slope and intercept were not found.") { Remedy = "Calibrate on more rows." };
        var slope = solution.Slope / spread;
        return slope > 0.0 && double.IsFinite(slope) ? new PlattCalibrator(slope, solution.Intercept - slope * mean) : SlopeNotPositive(slope);
    }

    private static Problem SlopeNotPositive(double slope) => new(
        "calibration.slope.not_positive", FormattableString.Invariant($"On the held-out rows risk does not rise with the margin (slope {slope:G4})."))
    {
        Remedy = "Check the outcome's coding, or train on more rows.",
    };

    private static (double Mean, double Spread) MeanAndSpread(ReadOnlySpan<double> margins, ReadOnlySpan<double> weights)
    {
        var (mean, total) = (0.0, 0.0);
        for (var i = 0; i < margins.Length; i++)
        {
            var weight = weights.IsEmpty ? 1.0 : weights[i];
            mean += weight * margins[i];
            total += weight;
        }

        mean /= total;
        var squares = 0.0;
        for (var i = 0; i < margins.Length; i++) squares += (weights.IsEmpty ? 1.0 : weights[i]) * ((margins[i] - mean) * (margins[i] - mean));
        return (mean, Math.Sqrt(squares / total));
    }

    private static (double Slope, double Intercept)? Minimise(in Rows rows)
    {
        var (slope, intercept) = (0.0, ReproducibleMath.Log((rows.Bads + 1.0) / (rows.Total - rows.Bads + 1.0)));
        var loss = rows.Loss(slope, intercept);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var d = rows.Derivatives(slope, intercept);
            if (Math.Abs(d.Slope) < GradientTolerance * rows.Total && Math.Abs(d.Intercept) < GradientTolerance * rows.Total) return (slope, intercept);
            var determinant = d.InterceptIntercept * d.SlopeSlope - d.SlopeIntercept * d.SlopeIntercept;
            var slopeStep = -(d.InterceptIntercept * d.Slope - d.SlopeIntercept * d.Intercept) / determinant;
            var interceptStep = -(d.SlopeSlope * d.Intercept - d.SlopeIntercept * d.Slope) / determinant;
            var descent = d.Slope * slopeStep + d.Intercept * interceptStep;
            var step = 1.0;
            for (; step >= MinStep; step /= 2.0)
            {
                var trial = rows.Loss(slope + step * slopeStep, intercept + step * interceptStep);
                if (!(trial < loss + 1e-4 * step * descent)) continue;
                (slope, intercept, loss) = (slope + step * slopeStep, intercept + step * interceptStep, trial);
                break;
            }

            // No step lowers the loss any more: the minimum, to the precision of the loss.
            if (step < MinStep) return double.IsFinite(determinant) ? (slope, intercept) : null;
        }

        return null;
    }

    /// <summary>Standardised rows with their smoothed targets.</summary>
    private readonly ref struct Rows
    {
        private readonly double[] _margins;
        private readonly ReadOnlySpan<bool> _bad;
        private readonly ReadOnlySpan<double> _weights;
        private readonly double _goodTarget;
        private readonly double _badTarget;

        public Rows(double[] margins, ReadOnlySpan<bool> bad, ReadOnlySpan<double> weights)
        {
            _margins = margins;
            _bad = bad;
            _weights = weights;
            for (var i = 0; i < margins.Length; i++)
            {
                Total += WeightOf(i);
                if (bad[i]) Bads += WeightOf(i);
            }

            (_goodTarget, _badTarget) = (1.0 / (Total - Bads + 2.0), (Bads + 1.0) / (Bads + 2.0));
        }

        /// <summary>Weight of bad rows.</summary>
        public double Bads { get; }

        /// <summary>Weight of all rows.</summary>
        public double Total { get; }

        public double Loss(double slope, double intercept)
        {
            var loss = 0.0;
            for (var i = 0; i < _margins.Length; i++)
            {
                var logOdds = slope * _margins[i] + intercept;
                var target = _bad[i] ? _badTarget : _goodTarget;
                var tail = ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(logOdds)));
                loss += WeightOf(i) * (tail + (logOdds >= 0.0 ? (1.0 - target) * logOdds : -target * logOdds));
            }

            return loss;
        }

        public (double Slope, double Intercept, double SlopeSlope, double SlopeIntercept, double InterceptIntercept) Derivatives(double slope, double intercept)
        {
            var (g1, g2, h11, h12, h22) = (0.0, 0.0, Ridge, 0.0, Ridge);
            for (var i = 0; i < _margins.Length; i++)
            {
                var p = ReproducibleMath.Logistic(slope * _margins[i] + intercept);
                var residual = WeightOf(i) * (p - (_bad[i] ? _badTarget : _goodTarget));
                var curvature = WeightOf(i) * (p * (1.0 - p));
                g1 += _margins[i] * residual;
                g2 += residual;
                h11 += _margins[i] * _margins[i] * curvature;
                h12 += _margins[i] * curvature;
                h22 += curvature;
            }

            return (g1, g2, h11, h12, h22);
        }

        private double WeightOf(int row) => _weights.IsEmpty ? 1.0 : _weights[row];
    }
}
