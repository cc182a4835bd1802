using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Turns margins into a score scale and PDs, on the calibration part alone.</summary>
internal static class CalibrationStep
{
    private const int Folds = 5;

    // Below these, steps of an isotonic fit are noise, and a bent sigmoid proves nothing: the PD then comes from the score scale's own.
    private const int FewestRows = 1_000;
    private const int FewestOfEachOutcome = 100;
    private static readonly string[] Bent = ["beta", "isotonic"];

    /// <summary>Fits the calibrators.</summary>
    /// <param name="program">Feature program of the model.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="quantities">Its quantity per calibration row.</param>
    /// <param name="classes">Class per row.</param>
    /// <param name="kind">auto, platt, isotonic, beta or none.</param>
    /// <param name="refusals">Receives why the model may not be registered: a margin that does not rank (slope not positive).</param>
    public static Outcome<FittedModel> Fit(FeatureProgram program, Predictor predictor, double[] quantities, byte[] classes, string kind, List<Problem> refusals)
    {
        if (kind is not ("auto" or "platt" or "isotonic" or "beta" or "none")) return TrainingProblems.Calibration(kind);
        var margins = Array.ConvertAll(quantities, predictor.Link.ToMargin);
        return predictor.Link.Kind == LinkKind.Ordinal ? Ordinal(program, predictor, margins, classes) : Binary(program, predictor, margins, classes, kind, refusals);
    }

    private static Outcome<FittedModel> Ordinal(FeatureProgram program, Predictor predictor, double[] z, byte[] classes)
    {
        var count = program.Definition.Target.Classes.Count;
        var pdClass = PdClass(program.Definition.Target);
        var pd = IsotonicFit.Fit(z, Array.ConvertAll(classes, outcome => outcome == pdClass), Trend.Falling);
        var cuts = RiskCategoryCuts.Fit(z, Array.ConvertAll(classes, outcome => (int)outcome), count);
        return pd.Then<FittedModel>(fitted => new FittedModel(new ScoringModel(program, predictor, PlattCalibrator.Identity, fitted, cuts), predictor));
    }

    private static Outcome<FittedModel> Binary(FeatureProgram program, Predictor predictor, double[] margins, byte[] classes, string kind, List<Problem> refusals)
    {
        var bad = Array.ConvertAll(classes, outcome => outcome == 1);
        var platt = PlattCalibrator.Identity;
        if (kind != "none")
        {
            var fit = PlattFit.Fit(margins, bad);
            if (fit.Succeeded) platt = fit.Value;
            else refusals.AddRange(fit.Problems);
        }

        var positions = Array.ConvertAll(margins, platt.LogOdds);
        var chosen = kind == "auto" ? Better(positions, bad) : kind is "isotonic" or "beta" ? kind : null;
        return chosen is null
            ? new FittedModel(new ScoringModel(program, predictor, platt, null, null), predictor)
            : FitPd(chosen, positions, bad).Then<FittedModel>(pd => new FittedModel(new ScoringModel(program, predictor, platt, pd, null), predictor));
    }

    private static Outcome<IPdCalibrator> FitPd(string kind, double[] positions, bool[] bad) => kind == "beta"
        ? BetaFit.Fit(positions, bad).Then(Outcome<IPdCalibrator>.Success)
        : IsotonicFit.Fit(positions, bad, Trend.Rising).Then(Outcome<IPdCalibrator>.Success);

    // Both fit noise as well as shape. One is kept where it lowers the log-loss of rows that it was not fitted on by more than two
    // standard errors; of two, the one that lowers it more.
    private static string? Better(double[] positions, bool[] bad)
    {
        var bads = bad.Count(outcome => outcome);
        if (bad.Length < FewestRows || Math.Min(bads, bad.Length - bads) < FewestOfEachOutcome) return null;
        var folds = SplitFolds(positions, bad);
        return Bent.Select(kind => (Kind: kind, Gain: SureGain(kind, positions, bad, folds)))
            .Where(one => one.Gain > 0.0).OrderByDescending(one => one.Gain).Select(one => one.Kind).FirstOrDefault();
    }

    // Mean gain in log-loss out of fold; 0 where it is not above two standard errors.
    private static double SureGain(string kind, double[] positions, bool[] bad, int[] folds)
    {
        var gain = new double[bad.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] fitted = [.. Enumerable.Range(0, bad.Length).Where(row => folds[row] != fold)];
            var pd = FitPd(kind, Array.ConvertAll(fitted, row => positions[row]), Array.ConvertAll(fitted, row => bad[row]));
            if (!pd.Succeeded) return 0.0;
            for (var row = 0; row < bad.Length; row++)
            {
                if (folds[row] == fold) gain[row] = Loss(ReproducibleMath.Logistic(positions[row]), bad[row]) - Loss(pd.Value.Probability(positions[row]), bad[row]);
            }
        }

        var mean = gain.Average();
        return mean > 2.0 * Math.Sqrt(gain.Sum(each => (each - mean) * (each - mean))) / gain.Length ? mean : 0.0;
    }

    private static double Loss(double pd, bool bad) => ProbabilityLoss.LogLoss([pd], [bad]);

    // Rows of each outcome are dealt out in turn along the positions, so that every fold covers the whole range.
    private static int[] SplitFolds(double[] positions, bool[] bad)
    {
        int[] order = [.. Enumerable.Range(0, bad.Length).OrderBy(row => positions[row])];
        var (folds, goods, bads) = (new int[bad.Length], 0, 0);
        foreach (var row in order) folds[row] = (bad[row] ? bads++ : goods++) % Folds;
        return folds;
    }

    /// <summary>Index of the class whose probability is the PD: the named one, else the last.</summary>
    public static int PdClass(Scorecards.TargetDefinition target)
    {
        for (var index = 0; index < target.Classes.Count; index++)
        {
            if (target.Classes[index].Name == target.PdClass) return index;
        }

        return Math.Max(1, target.Classes.Count - 1);
    }
}
