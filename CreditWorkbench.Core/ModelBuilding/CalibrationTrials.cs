using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Tries the ways to turn margins into PDs on rows that they were not fitted on.</summary>
internal static class CalibrationTrials
{
    private const int Folds = 5;

    // Below these, steps of an isotonic fit are noise, and a bent sigmoid proves nothing: the PD then comes from the score scale's own.
    private const int FewestRows = 1_000;
    private const int FewestOfEachOutcome = 100;
    private static readonly string[] Kinds = ["none", "platt", "beta", "isotonic"];

    /// <summary>Out-of-fold log-loss of none, Platt, beta and isotonic, with the gain over Platt.</summary>
    /// <param name="margins">Margins of the calibration rows, in log-odds.</param>
    /// <param name="bad">Outcomes.</param>
    /// <param name="weights">Row weights of mean 1, or null: means are weighted, and the calibrators fitted, by them.</param>
    public static IReadOnlyList<CalibrationTrial> Of(double[] margins, bool[] bad, double[]? weights = null)
    {
        var folds = SplitFolds(margins, bad);
        var losses = Kinds.ToDictionary(kind => kind, kind => Losses(kind, margins, bad, weights, folds));
        return [.. Kinds.Select(kind => Trial(kind, losses[kind], losses["platt"]))];
    }

    /// <summary>The way that is taken when nobody asks for one: Platt, unless a bent one lowers the log-loss by more than two standard errors
    /// of the gain; of two, the one that lowers it more.</summary>
    /// <remarks>Both bent ones fit noise as well as shape. Without a calibration scores would have no scale, so none is never taken.</remarks>
    public static string Better(IReadOnlyList<CalibrationTrial> trials, bool[] bad)
    {
        var bads = bad.Count(outcome => outcome);
        if (bad.Length < FewestRows || Math.Min(bads, bad.Length - bads) < FewestOfEachOutcome) return "platt";
        return trials.Where(trial => trial.Kind is "beta" or "isotonic" && trial.Gain > 2.0 * trial.GainError)
            .OrderByDescending(trial => trial.Gain).Select(trial => trial.Kind).FirstOrDefault("platt");
    }

    /// <summary>Fits a bent calibrator on log-odds that Platt has set right.</summary>
    public static Outcome<IPdCalibrator> FitPd(string kind, double[] positions, bool[] bad, double[]? weights = null) => kind == "beta"
        ? BetaFit.Fit(positions, bad, weights).Then(Outcome<IPdCalibrator>.Success)
        : IsotonicFit.Fit(positions, bad, Trend.Rising, weights).Then(Outcome<IPdCalibrator>.Success);

    private static CalibrationTrial Trial(string kind, double[]? losses, double[]? platt)
    {
        if (losses is null) return new CalibrationTrial(kind, null, null, null);
        if (platt is null) return new CalibrationTrial(kind, losses.Average(), null, null);
        double[] gains = [.. platt.Zip(losses, (before, after) => before - after)];
        var mean = gains.Average();
        return new CalibrationTrial(kind, losses.Average(), mean, Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean))) / gains.Length);
    }

    // Weighted log-loss per row, each by the fit on the other folds; null where a fold's fit is refused.
    private static double[]? Losses(string kind, double[] margins, bool[] bad, double[]? weights, int[] folds)
    {
        var losses = new double[bad.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] fitted = [.. Enumerable.Range(0, bad.Length).Where(row => folds[row] != fold)];
            if (Fit(kind, Array.ConvertAll(fitted, row => margins[row]), Array.ConvertAll(fitted, row => bad[row]), weights is null ? null : Array.ConvertAll(fitted, row => weights[row])) is not { } pd) return null;
            for (var row = 0; row < bad.Length; row++)
            {
                if (folds[row] == fold) losses[row] = (weights?[row] ?? 1.0) * ProbabilityLoss.LogLoss([pd(margins[row])], [bad[row]]);
            }
        }

        return losses;
    }

    private static Func<double, double>? Fit(string kind, double[] margins, bool[] bad, double[]? weights)
    {
        if (kind == "none") return ReproducibleMath.Logistic;
        if (!PlattFit.Fit(margins, bad, weights).TryGet(out var platt, out _)) return null;
        if (kind == "platt") return margin => ReproducibleMath.Logistic(platt.LogOdds(margin));
        return FitPd(kind, Array.ConvertAll(margins, platt.LogOdds), bad, weights).TryGet(out var pd, out _) ? margin => pd.Probability(platt.LogOdds(margin)) : null;
    }

    // Rows of each outcome are dealt out in turn along the margins, so that every fold covers the whole range.
    private static int[] SplitFolds(double[] margins, bool[] bad)
    {
        int[] order = [.. Enumerable.Range(0, bad.Length).OrderBy(row => margins[row])];
        var (folds, goods, bads) = (new int[bad.Length], 0, 0);
        foreach (var row in order) folds[row] = (bad[row] ? bads++ : goods++) % Folds;
        return folds;
    }
}
