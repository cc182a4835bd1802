using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Packs a training result for the registry.</summary>
public static class ModelPackager
{
    /// <summary>Rows of the explanation background at most.</summary>
    internal const int ExplanationRows = 100;

    /// <summary>Chooses backgrounds, measures model uncertainty and puts the package together.</summary>
    /// <param name="result">The result.</param>
    /// <param name="codeVersion">Version of the program.</param>
    /// <param name="progress">Told of every refit; null for nobody.</param>
    /// <param name="cancellation">Stops between trees.</param>
    /// <returns>The package; refused for the reasons that the result names, or when too few rows score just above the cut-off.</returns>
    public static Outcome<ModelPackage> Pack(TrainingResult result, string codeVersion, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (result.Refusals.Count > 0) return Outcome<ModelPackage>.Refused(result.Refusals);
        return ReasonRows(result).Then<ModelPackage>(reasonRows =>
        {
            var confidence = ConfidenceStep.Measure(result, progress, cancellation);
            return new ModelPackage
            {
                Scorecard = result.Definition,
                Transforms = result.Model.Scoring.Program.Fitted,
                Predictor = result.Model.Predictor,
                Platt = result.Model.Scoring.Calibrator,
                PdCalibrator = result.Model.Scoring.PdCalibrator,
                CategoryCuts = result.Model.Scoring.CategoryCuts?.Lowest ?? [],
                ExplanationBackground = result.HeldOut.Take(Draw(result.HeldOut.Rows, ExplanationRows, result.Request.Settings.Seed)),
                ReasonBackground = reasonRows,
                ReferenceScores = [.. result.HeldOutScores.Select(score => score.Issued).Concat(OutOfFoldScores(result)).Order()],
                FeatureBins = BinningStep.Of(result.TrainingRows.Features),
                Confidence = confidence?.Table,
                Refits = PackedRefits.Of(confidence?.Refits ?? []),
                Trained = ParityRun.TrainedOf(result, cancellation),
                Lineage = Lineage(result, codeVersion),
                ReportJson = TrainingResultJson.Write(result),
            };
        });
    }

    // Held-out rows first; where they are too few, training rows by their out-of-fold score as well.
    private static Outcome<FeatureMatrix> ReasonRows(TrainingResult result)
    {
        var (approveFrom, scale) = (result.Definition.Policy.ApproveFrom, result.Model.Scoring.Scale);
        int[] issued = [.. result.HeldOutScores.Select(score => score.Issued)];
        var held = ReasonBackground.Select(issued, approveFrom, scale);
        if (held.Succeeded) return result.HeldOut.Take(held.Value);
        return ReasonBackground.Select([.. issued, .. OutOfFoldScores(result)], approveFrom, scale)
            .Then<FeatureMatrix>(rows => Stacked.Of(result.HeldOut, result.TrainingRows.Features).Take(rows));
    }

    private static int[] OutOfFoldScores(TrainingResult result) => Array.ConvertAll(result.Winner.OutOfFold, quantity => result.Model.Scoring.OfQuantity(quantity).Issued);

    /// <summary>So many rows by lot, rising; all where there are no more.</summary>
    internal static int[] Draw(int rows, int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        var draws = new SeededDraws(seed, 0);
        for (var i = 0; i < Math.Min(count, rows); i++)
        {
            var j = i + draws.NextBelow(rows - i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return [.. order.Take(count).Order()];
    }

    private static PackageLineage Lineage(TrainingResult result, string codeVersion)
    {
        var request = result.Request;
        return new PackageLineage(
            request.Manifest.Content.Hex, request.Dataset.Rows, request.Dataset.ClassCounts[request.PdClass], request.Settings.Seed,
            codeVersion, result.Winner.Family, result.Winner.ParametersJson);
    }
}
