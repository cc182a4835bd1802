using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Trains a voting blend: members' calibrations and weights come from out-of-fold margins of the training rows alone.</summary>
/// <remarks>Stacking with a simplex constraint: Wolpert (1992), Breiman (1996). Because the folds are dealt inside the rows that the
/// blend is given, its own cross-validation is nested.</remarks>
internal static class BlendStep
{
    // A member below this share of the vote is not worth its time at every score.
    private const double LeastWeight = 0.01;

    /// <summary>Trains a blend.</summary>
    /// <param name="members">Families that vote.</param>
    /// <param name="folds">Inner folds, at least 2.</param>
    /// <param name="rows">Training rows, binary classes.</param>
    /// <param name="seed">Seed of the inner folds and of the members.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellation">Stops training.</param>
    /// <remarks>Rarer classes take fewer folds. Where no member ranks its own training rows out of fold, all vote alike as they are, and
    /// the calibration of the blend says that it does not rank.</remarks>
    public static BlendPredictor Fit(IReadOnlyList<Candidate> members, int folds, TrainingRows rows, ulong seed, int threads, CancellationToken cancellation)
    {
        var bads = rows.Classes.Count(outcome => outcome == 1);
        var inner = StratifiedFolds.Of(new LabelledDataset(rows.Features, rows.Classes, 2), Math.Min(folds, Math.Min(bads, rows.Classes.Length - bads)), (int)seed).Value;
        var bad = Array.ConvertAll(rows.Classes, outcome => outcome == 1);
        var voices = new List<(Candidate Member, PlattCalibrator Calibrator, double[] LogOdds)>();
        foreach (var member in members)
        {
            var margins = OutOfFold(member, rows, inner, seed, threads, cancellation);
            // A member whose margin does not rank has no vote.
            if (PlattFit.Fit(margins, bad, rows.Weights) is { Succeeded: true, Value: var calibrator }) voices.Add((member, calibrator, Array.ConvertAll(margins, calibrator.LogOdds)));
        }

        if (voices.Count == 0)
            return new BlendPredictor([.. members.Select(member => new BlendMember(member.Fit(rows, seed, threads, cancellation), 1.0 / members.Count, 1.0, 0.0))]);
        var weights = Kept(SimplexWeights.Fit([.. voices.Select(voice => voice.LogOdds)], bad, rows.Weights));
        return new BlendPredictor([.. voices.Zip(weights).Where(voice => voice.Second > 0.0)
            .Select(voice => new BlendMember(voice.First.Member.Fit(rows, seed, threads, cancellation), voice.Second, voice.First.Calibrator.Slope, voice.First.Calibrator.Intercept))]);
    }

    private static double[] OutOfFold(Candidate member, TrainingRows rows, IReadOnlyList<DataFold> folds, ulong seed, int threads, CancellationToken cancellation)
    {
        var margins = new double[rows.Classes.Length];
        foreach (var fold in folds)
        {
            var predictor = member.Fit(rows.Take(fold.Train), seed, threads, cancellation);
            var quantities = Quantities.Of(predictor, rows.Features.Take(fold.Held), threads, cancellation);
            for (var i = 0; i < quantities.Length; i++) margins[fold.Held[i]] = predictor.Link.ToMargin(quantities[i]);
        }

        return margins;
    }

    private static double[] Kept(double[] weights)
    {
        double[] kept = Array.ConvertAll(weights, weight => weight < LeastWeight ? 0.0 : weight);
        var sum = kept.Sum();
        return Array.ConvertAll(kept, weight => weight / sum);
    }
}
