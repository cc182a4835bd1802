using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Reads models that XGBoost saved as JSON or as Universal Binary JSON (<c>save_model("model.json")</c>, <c>"model.ubj"</c>;
/// XGBoost 1.0 to 3.x).</summary>
/// <remarks>
/// Read are the boosters gbtree (forests by <c>num_parallel_tree</c> included) and dart, for the objectives binary:logistic,
/// binary:logitraw and reg:logistic: those whose margin is the log-odds of label 1. All trees of the file count. The margin is
/// base + sum of the leaves (times dropout weight for dart), base = logit(base_score), or base_score itself for binary:logitraw, as <c>predict(output_margin=True)</c> gives it; ours is summed
/// in double, XGBoost's in float32. Format: doc/model.schema of XGBoost; categories: src/common/categorical.h.
/// </remarks>
public static class XgboostModel
{
    /// <summary>Family of imported ensembles.</summary>
    public const string Family = "xgboost";

    private const int NewestMajor = 3;
    private const string RawObjective = "binary:logitraw";
    private static readonly string[] _logistic = ["binary:logistic", RawObjective, "reg:logistic"];
    private static readonly string[] _types = ["float", "int", "i", "q", "c"];

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file, from its beginning; read once, in memory bounded by the model's own size.</param>
    /// <returns>The model, or one of <c>xgboost.malformed</c> (with the place), <c>.version</c>, <c>.booster</c>, <c>.objective</c>,
    /// <c>.outputs</c>, <c>.baseScore</c>, <c>.features</c>, <c>.trees</c>.</returns>
    public static Outcome<ImportedModel> Read(Stream stream)
    {
        try
        {
            var feed = new ByteFeed(stream);
            ModelTokens tokens = UbjsonTokens.Begins(feed) ? new UbjsonTokens(feed) : new JsonTokens(feed);
            return tokens.IsNextArray
                ? Refusal("malformed", "The file is a list: a dump of trees, which lacks what a model needs.")
                : Assemble(XgboostDocument.Read(tokens));
        }
        catch (InvalidDataException malformed)
        {
            return Refusal("malformed", $"The file cannot be read as a model: {malformed.Message}");
        }
    }

    private static Outcome<ImportedModel> Assemble(XgboostDocument document)
    {
        if (HeadFault(document) is { } fault) return fault;
        var trees = new GatheredNodes(document.FeatureCount);
        for (var tree = 0; tree < document.Trees.Count; tree++)
        {
            var weight = document.Weights.Count == 0 ? 1.0 : document.Weights[tree];
            if (XgboostTrees.Add(trees, document.Trees[tree], weight) is { } wrong) return Refusal("trees", $"Tree {tree}: {wrong}.");
        }

        var nodes = trees.Nodes();
        if (nodes.Fault(document.FeatureCount) is { } broken) return Refusal("trees", broken);
        var ensemble = new TreeEnsemble(Family, document.FeatureCount, Link.LogOdds, Aggregation.Sum, BaseOf(document), nodes);
        var features = Enumerable.Range(0, document.FeatureCount).Select(i => new ImportedFeature(
            document.Names.Count > 0 ? document.Names[i] : string.Create(CultureInfo.InvariantCulture, $"f{i}"),
            document.Types.Count > 0 ? document.Types[i] : null,
            trees.Categories[i])).ToList();
        return new ImportedModel(ensemble, features, document.Names.Count > 0, document.Objective, $"XGBoost {string.Join('.', document.Version)}", NotesOf(document));
    }

    private static Problem? HeadFault(XgboostDocument document)
    {
        if (!document.HasLearner) return Refusal("malformed", "The file has no part named learner.");
        if (document.Version.Count != 3 || document.Version[0] is < 1 or > NewestMajor)
            return Refusal("version", document.Version.Count == 0 ? "The file does not say which version wrote it." : $"Version {string.Join('.', document.Version)} is unknown; this program reads 1 to {NewestMajor}.");
        if (document.Booster is not ("gbtree" or "dart")) return Refusal("booster", $"The booster is '{document.Booster}'; gbtree and dart are read.");
        if (document.ClassCount > 1 || document.TargetCount > 1 || document.TreeOutputs.Exists(output => output != 0) || document.Trees.Exists(tree => tree.LeafVector > 1))
            return Refusal("outputs", $"The model has {Math.Max(document.ClassCount, document.TargetCount)} outputs; a score needs one.");
        if (!_logistic.Contains(document.Objective))
            return Refusal("objective", $"The objective is '{document.Objective}'; its margin is not the log-odds of an outcome. Read are {string.Join(", ", _logistic)}.");
        if (!float.IsFinite(document.BaseScore) || (document.Objective != RawObjective && document.BaseScore is not (> 0f and < 1f))) return Refusal("baseScore", $"base_score is {document.BaseScore.ToString(CultureInfo.InvariantCulture)}; a probability between 0 and 1 is expected.");
        return FeatureFault(document) ?? CountFault(document);
    }

    private static double BaseOf(XgboostDocument document) => document.Objective == RawObjective ? document.BaseScore : ReproducibleMath.Logit(document.BaseScore);

    private static Problem? FeatureFault(XgboostDocument document)
    {
        var count = document.FeatureCount;
        if (count == 0) return Refusal("features", "The file does not say how many features the model has.");
        if (document.Names.Count > 0 && document.Names.Count != count) return Refusal("features", $"The file names {document.Names.Count} features, the model has {count}.");
        if (document.Types.Count > 0 && document.Types.Count != count) return Refusal("features", $"The file has {document.Types.Count} feature types, the model {count} features.");
        if (document.Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1 || group.Key.Length == 0) is { } twice) return Refusal("features", $"The feature name '{twice.Key}' is empty or stands twice.");
        return document.Types.Find(type => !_types.Contains(type)) is { } odd ? Refusal("features", $"The feature type '{odd}' is unknown.") : null;
    }

    private static Problem? CountFault(XgboostDocument document)
    {
        var count = document.Trees.Count;
        if (count == 0) return Refusal("trees", "The model has no tree.");
        if (document.TreeCount is { } stated && stated != count) return Refusal("trees", $"The file states {stated} trees and holds {count}.");
        if (document.TreeOutputs.Count > 0 && document.TreeOutputs.Count != count) return Refusal("trees", $"tree_info has {document.TreeOutputs.Count} elements for {count} trees.");
        if (document.Booster != "dart") return null;
        if (document.Weights.Count != count) return Refusal("trees", $"weight_drop has {document.Weights.Count} elements for {count} trees.");
        return document.Weights.Exists(weight => !float.IsFinite(weight)) ? Refusal("trees", "A dropout weight is not a finite number.") : null;
    }

    private static List<Problem> NotesOf(XgboostDocument document)
    {
        var notes = new List<Problem>();
        var rounds = document.Trees.Count / Math.Max(1, document.ParallelTrees);
        if (document.BestRound is { } best && best + 1 < rounds)
            notes.Add(new Problem("xgboost.bestRound", $"Early stopping found round {best + 1} best; all {rounds} rounds of the file count, as in Booster.predict.") { Remedy = $"Save model[:{best + 1}] to have those alone." });
        if (document.PositiveWeight != 1f)
            notes.Add(new Problem("xgboost.weight", string.Create(CultureInfo.InvariantCulture, $"Rows of label 1 were weighted {document.PositiveWeight} times in training, so the margins lie too high.")) { Remedy = "Calibrate on a labelled file." });
        return notes;
    }

    private static Problem Refusal(string reason, string message) =>
        new($"xgboost.{reason}", message) { Remedy = "Save a binary model with save_model(\"model.json\")." };
}
