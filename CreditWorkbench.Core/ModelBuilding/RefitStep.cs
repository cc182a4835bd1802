using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Lets a registered model learn on from new rows: a boosted ensemble gets further trees on its own margins, a forest gets
/// further trees that vote with the old ones.</summary>
/// <remarks>Logistic regressions and scorecards have one best answer for a set of rows and keep no trace of the old rows, so a warm start
/// would forget them; a blend and a network neither. These are refused: train on old and new rows together.</remarks>
internal static class RefitStep
{
    /// <summary>Trees that are added where no number is given.</summary>
    public const int AddedTrees = 100;

    private const double NormalQuantile = 1.959963984540054;

    /// <summary>The only candidate of a refit.</summary>
    /// <param name="parent">The model.</param>
    /// <param name="settings">Parameters of the parent's family: how the added trees grow.</param>
    public static Outcome<IReadOnlyList<Candidate>> Candidates(RefitParent parent, TrainingSettings settings)
    {
        var family = parent.Package.Predictor.Family;
        var parameters = new Dictionary<string, string>(settings.Parameters.GetValueOrDefault(family) ?? new Dictionary<string, string>());
        parameters.TryAdd("trees", AddedTrees.ToString(CultureInfo.InvariantCulture));
        if (parent.Package.Predictor is not TreeEnsemble ensemble) return TrainingProblems.NotRefitted(parent.Reference, family);
        return (ensemble.Aggregation == Aggregation.Mean ? CandidateParameters.OfForest(parameters).Then<Candidate>(of => Forest(parent, ensemble, of))
                : (family == "boosting" ? CandidateParameters.OfBoosting(parameters) : CandidateParameters.OfLeafwise(parameters)).Then<Candidate>(of => Boosting(parent, ensemble, of)))
            .Then(candidate => Outcome<IReadOnlyList<Candidate>>.Success([candidate]));
    }

    /// <summary>Sets challenger and parent side by side.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="challenger">The refitted model.</param>
    /// <param name="test">Test rows under the parent's transforms.</param>
    /// <param name="bad">Their outcomes.</param>
    /// <param name="sameData">Whether the parent was built on the same data.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static RefitComparison Compare(RefitParent parent, Predictor challenger, FeatureMatrix test, bool[] bad, bool sameData, int threads, CancellationToken cancellation)
    {
        var (before, after) = (Risk(parent.Package.Predictor), Risk(challenger));
        var difference = DeLong.Compare(after, before, bad);
        var half = NormalQuantile * difference.StandardError;
        return new RefitComparison(
            parent.Reference, parent.PackageHash, bad.Length, Ranking.Auc(before, bad), Ranking.Auc(after, bad),
            difference.Difference, difference.Difference - half, difference.Difference + half, difference.PValue, sameData);

        double[] Risk(Predictor of) => Quantities.Risk(of, Quantities.Of(of, test, threads, cancellation));
    }

    /// <summary>Profile of the data that the parent was built on; null where its report has none that can be read today.</summary>
    public static QualityReport? QualityOf(RefitParent parent)
    {
        try
        {
            using var report = JsonDocument.Parse(parent.Package.ReportJson);
            return report.RootElement.ValueKind == JsonValueKind.Object && report.RootElement.TryGetProperty("quality", out var quality) && quality.ValueKind == JsonValueKind.Object
                ? quality.Deserialize<QualityReport>(TrainingResultJson.Options)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Candidate Boosting(RefitParent parent, TreeEnsemble ensemble, BoostingSettings settings) =>
        new(ensemble.Family, Json(parent, settings), (rows, seed, threads, cancellation) => BoostingTrainer.Continue(
            ensemble, rows.Features, rows.Classes, null, CandidateCatalogue.Scaled(settings, rows.Classes, null) with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation));

    private static Candidate Forest(RefitParent parent, TreeEnsemble ensemble, ForestSettings settings) =>
        new(ensemble.Family, Json(parent, settings), (rows, seed, threads, cancellation) =>
        {
            var definition = parent.Package.Scorecard;
            var target = CandidateCatalogue.TargetOf(definition);
            var added = ForestTrainer.Train(rows.Features, rows.Classes, target, settings with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation);
            return JoinedForest.Of(ensemble, added);
        });

    private static string Json<T>(RefitParent parent, T settings) => JsonSerializer.Serialize(
        new { parent = new { model = parent.Reference, package = parent.PackageHash }, added = settings }, TrainingResultJson.Options);
}
