using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Lets a registered model learn on from new rows, each family by what it keeps of the old ones: a boosted ensemble gets further trees on its
/// own margins, a forest further trees that vote with the old ones; a logistic regression and a points scorecard are fitted anew under a ridge
/// around their coefficients that stands for so many old rows; a network goes on from its weights; a blend does so member by member and weighs
/// them by what they say to new rows out of fold.</summary>
internal static class RefitStep
{
    /// <summary>Trees that are added where no number is given.</summary>
    public const int AddedTrees = 100;

    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Passes of a network over new rows, and their step, where nothing is said: it knows most already.</summary>
    private static readonly Dictionary<string, string> NetworkDefaults = new() { ["epochs"] = "20", ["learningRate"] = "0.0005" };

    private const string AnchorParameter = "anchorRows";
    private const double MostAnchorRows = 1e9;

    /// <summary>The only candidate of a refit.</summary>
    /// <param name="parent">The model.</param>
    /// <param name="settings">Parameters of the parent's family: how it learns on.</param>
    public static Outcome<IReadOnlyList<Candidate>> Candidates(RefitParent parent, TrainingSettings settings) =>
        Of(parent, parent.Package.Predictor, settings).Then(candidate => Outcome<IReadOnlyList<Candidate>>.Success([candidate]));

    private static Outcome<Candidate> Of(RefitParent parent, Predictor known, TrainingSettings settings)
    {
        var parameters = new Dictionary<string, string>(settings.Parameters.GetValueOrDefault(known.Family) ?? new Dictionary<string, string>());
        if (parameters.ContainsKey(ClassWeighting.Parameter)) return TrainingProblems.NotOfRefit(known.Family, ClassWeighting.Parameter);
        switch (known)
        {
            case TreeEnsemble trees:
                parameters.TryAdd("trees", AddedTrees.ToString(CultureInfo.InvariantCulture));
                return trees.Aggregation == Aggregation.Mean ? CandidateParameters.OfForest(parameters).Then<Candidate>(of => Forest(parent, trees, of))
                    : (known.Family == "boosting" ? CandidateParameters.OfBoosting(parameters) : CandidateParameters.OfLeafwise(parameters)).Then<Candidate>(of => Boosting(parent, trees, of));
            case LinearPredictor linear:
                return Anchor(known.Family, parameters).Then(anchor => CandidateParameters.OfLogistic(parameters).Then<Candidate>(of => Logistic(parent, linear, of, anchor)));
            case PointsScorecard card:
                if (parameters.Keys.FirstOrDefault(name => name is "edges" or "groups") is { } bins) return TrainingProblems.NotOfRefit(known.Family, bins);
                return Anchor(known.Family, parameters).Then(anchor => CandidateParameters.OfScorecard(parameters).Then<Candidate>(of => Scorecard(parent, card, of, anchor)));
            case NeuralNetwork network:
                if (parameters.ContainsKey("hidden")) return TrainingProblems.NotOfRefit(known.Family, "hidden");
                foreach (var (name, value) in NetworkDefaults) parameters.TryAdd(name, value);
                return CandidateParameters.OfNetwork(parameters).Then<Candidate>(of => Network(parent, network, of));
            case BlendPredictor blend:
                if (parameters.ContainsKey("members")) return TrainingProblems.NotOfRefit(known.Family, "members");
                return CandidateParameters.OfBlend(parameters).Then(of => Blend(parent, blend, of, settings));
            default:
                return TrainingProblems.NotRefitted(parent.Reference, known.Family);
        }
    }

    // Takes the strength of the anchor out of the parameters.
    private static Outcome<double> Anchor(string family, Dictionary<string, string> parameters)
    {
        if (!parameters.Remove(AnchorParameter, out var text)) return RefitAnchor.Rows;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rows) && rows is >= 0 and <= MostAnchorRows ? rows : TrainingProblems.BadParameter(family, AnchorParameter, text);
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
            ensemble, rows.Features, rows.Classes, rows.Weights, CandidateCatalogue.Scaled(settings, rows.Classes, rows.Weights) with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation));

    private static Candidate Forest(RefitParent parent, TreeEnsemble ensemble, ForestSettings settings) =>
        new(ensemble.Family, Json(parent, settings), (rows, seed, threads, cancellation) =>
        {
            var definition = parent.Package.Scorecard;
            var target = CandidateCatalogue.TargetOf(definition);
            var added = ForestTrainer.Train(rows.Features, rows.Classes, rows.Weights, target, settings with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation);
            return JoinedForest.Of(ensemble, added);
        });

    private static Candidate Logistic(RefitParent parent, LinearPredictor known, LogisticSettings settings, double anchorRows) =>
        new(known.Family, Json(parent, settings, anchorRows), (rows, _, threads, cancellation) => LogisticTrainer.Continue(
            known, rows.Features, rows.Classes, rows.Weights, settings with { BlankNeverHelps = rows.BlankNeverHelps }, anchorRows, threads, null, cancellation));

    private static Candidate Scorecard(RefitParent parent, PointsScorecard known, ScorecardSettings settings, double anchorRows) =>
        new(known.Family, Json(parent, settings with { Scale = known.Scale }, anchorRows), (rows, _, threads, cancellation) => ScorecardTrainer.Continue(
            known, rows.Features, rows.Classes, rows.Weights, settings, anchorRows, threads, cancellation));

    private static Candidate Network(RefitParent parent, NeuralNetwork known, NetworkSettings settings) =>
        new(known.Family, Json(parent, settings), (rows, seed, threads, cancellation) => NetworkTrainer.Continue(
            known, rows.Features, rows.Classes, rows.Weights, settings, seed, threads, cancellation))
        { ReasonsAreExact = false };

    // Members go on by themselves; how they are calibrated and weighed comes from new rows alone, out of fold.
    private static Outcome<Candidate> Blend(RefitParent parent, BlendPredictor known, BlendSettings settings, TrainingSettings training)
    {
        var (members, problems) = (new List<Candidate>(), new List<Problem>());
        foreach (var member in known.Members)
        {
            if (Of(parent, member.Predictor, training).TryGet(out var candidate, out var refused)) members.Add(candidate);
            else problems.AddRange(refused);
        }

        var named = settings with { Members = [.. members.Select(member => member.Family)] };
        return problems.Count > 0 ? problems
            : new Candidate(known.Family, Json(parent, named), (rows, seed, threads, cancellation) => BlendStep.Fit(members, settings.Folds, rows, seed, threads, cancellation))
            { ReasonsAreExact = members.TrueForAll(member => member.ReasonsAreExact) };
    }

    private static string Json<T>(RefitParent parent, T settings, double anchorRows) => JsonSerializer.Serialize(
        new { parent = new { model = parent.Reference, package = parent.PackageHash }, anchorRows, added = settings }, TrainingResultJson.Options);

    private static string Json<T>(RefitParent parent, T settings) => JsonSerializer.Serialize(
        new { parent = new { model = parent.Reference, package = parent.PackageHash }, added = settings }, TrainingResultJson.Options);
}
