using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A model with its calibrators.</summary>
/// <param name="Model">The model.</param>
/// <param name="Choice">How its PDs come about.</param>
/// <param name="Refusals">Why it may not be registered: a margin that does not rank (slope not positive).</param>
internal sealed record CalibratedModel(FittedModel Model, CalibrationChoice Choice, IReadOnlyList<Problem> Refusals);

/// <summary>Turns margins into a score scale and PDs, on the calibration part alone.</summary>
internal static class CalibrationStep
{
    /// <summary>Fits the calibrators.</summary>
    /// <param name="program">Feature program of the model.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="quantities">Its quantity per calibration row.</param>
    /// <param name="classes">Class per row.</param>
    /// <param name="kind">auto, platt, isotonic, beta or none.</param>
    /// <param name="isOutOfFold">Whether the rows are training rows with their out-of-fold quantities.</param>
    /// <param name="weights">Row weights of mean 1; null for ones.</param>
    public static Outcome<CalibratedModel> Fit(FeatureProgram program, Predictor predictor, double[] quantities, byte[] classes, string kind, bool isOutOfFold, double[]? weights)
    {
        if (kind is not ("auto" or "platt" or "isotonic" or "beta" or "none")) return TrainingProblems.Calibration(kind);
        var margins = Array.ConvertAll(quantities, predictor.Link.ToMargin);
        return predictor.Link.Kind == LinkKind.Ordinal ? Ordinal(program, predictor, margins, classes, kind, isOutOfFold, weights) : Binary(program, predictor, margins, classes, kind, isOutOfFold, weights);
    }

    private static Outcome<CalibratedModel> Ordinal(FeatureProgram program, Predictor predictor, double[] z, byte[] classes, string kind, bool isOutOfFold, double[]? weights)
    {
        var count = program.Definition.Target.Classes.Count;
        var pdClass = PdClass(program.Definition.Target);
        var pd = IsotonicFit.Fit(z, Array.ConvertAll(classes, outcome => outcome == pdClass), Trend.Falling, weights);
        var cuts = RiskCategoryCuts.Fit(z, Array.ConvertAll(classes, outcome => (int)outcome), count);
        return pd.Then<CalibratedModel>(fitted => new CalibratedModel(
            new FittedModel(new ScoringModel(program, predictor, PlattCalibrator.Identity, fitted, cuts), predictor),
            new CalibrationChoice(kind, "isotonic", z.Length, isOutOfFold, []), []));
    }

    private static Outcome<CalibratedModel> Binary(FeatureProgram program, Predictor predictor, double[] margins, byte[] classes, string kind, bool isOutOfFold, double[]? weights)
    {
        var bad = Array.ConvertAll(classes, outcome => outcome == 1);
        var (platt, refusals) = (PlattCalibrator.Identity, (IReadOnlyList<Problem>)[]);
        if (kind != "none")
        {
            var fit = PlattFit.Fit(margins, bad, weights);
            if (fit.Succeeded) platt = fit.Value;
            else refusals = fit.Problems;
        }

        var positions = Array.ConvertAll(margins, platt.LogOdds);
        var trials = CalibrationTrials.Of(margins, bad, weights);
        var chosen = kind == "auto" ? CalibrationTrials.Better(trials, bad) : kind;
        var choice = new CalibrationChoice(kind, chosen, bad.Length, isOutOfFold, trials);
        return chosen is not ("isotonic" or "beta")
            ? new CalibratedModel(new FittedModel(new ScoringModel(program, predictor, platt, null, null), predictor), choice, refusals)
            : CalibrationTrials.FitPd(chosen, positions, bad, weights).Then<CalibratedModel>(pd =>
                new CalibratedModel(new FittedModel(new ScoringModel(program, predictor, platt, pd, null), predictor), choice, refusals));
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
