using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Reads models that LightGBM saved as text (<c>save_model("model.txt")</c>, format versions 2 to 4).</summary>
/// <remarks>
/// Read are the boosters gbdt, dart, goss and rf with the objectives binary and cross_entropy, whose margin is the log-odds of label 1:
/// sigmoid x raw output, the raw output being the sum of the leaves, or their mean for rf. Leaves hold shrinkage already. Comparisons
/// run in float64 there and in float32 here: with the highest float at or below the threshold as the cut both say the same of every
/// float. Format and rules of missing values: src/io/tree.cpp and include/LightGBM/tree.h of LightGBM.
/// </remarks>
public static class LightGbmModel
{
    /// <summary>Family of imported ensembles.</summary>
    public const string Family = "lightgbm";

    private const string DefaultName = "Column_";
    private const long LeastRoom = 1 << 20;
    private static readonly string[] _versions = ["v2", "v3", "v4"];

    /// <summary>Reads a model.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>The model, or one of <c>lightgbm.malformed</c> (with the line), <c>.version</c>, <c>.objective</c>, <c>.outputs</c>,
    /// <c>.linear</c>, <c>.features</c>, <c>.trees</c>.</returns>
    public static Outcome<ImportedModel> Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return Assemble(LightGbmDocument.Read(file));
        }
        catch (InvalidDataException malformed)
        {
            return Refusal("malformed", $"The file cannot be read as a model: {malformed.Message}");
        }
    }

    private static Outcome<ImportedModel> Assemble(LightGbmDocument document)
    {
        if (HeadFault(document) is { } fault) return fault;
        if (!SigmoidOf(document.Objective).TryGet(out var sigmoid, out var problems)) return Outcome<ImportedModel>.Refused(problems);
        var gathered = new GatheredNodes(document.MaxFeature + 1);
        var most = Math.Max(LeastRoom, 4 * document.Trees.Sum(tree => 2L * tree.Leaves));
        var writer = new SourceTrees(gathered, most);
        for (var tree = 0; tree < document.Trees.Count; tree++)
        {
            if (LightGbmNodes.Of(document.Trees[tree], gathered.FeatureCount, sigmoid, out var nodes) is { } wrong) return Refusal("trees", $"Tree {tree}: {wrong}.");
            if (writer.Add(nodes, hasCovers: true) is { } deep) return Refusal("trees", $"Tree {tree}: {deep}.");
        }

        var trees = gathered.Nodes();
        if (trees.Fault(gathered.FeatureCount) is { } broken) return Refusal("trees", broken);
        var ensemble = new TreeEnsemble(Family, gathered.FeatureCount, Link.LogOdds, document.IsMean ? Aggregation.Mean : Aggregation.Sum, 0.0, trees);
        var features = document.Names.Select((name, index) => new ImportedFeature(name, null, gathered.Categories[index])).ToList();
        return new ImportedModel(ensemble, features, !HasDefaultNames(document), document.Objective, $"LightGBM {document.Version}", NotesOf(document));
    }

    private static Problem? HeadFault(LightGbmDocument document)
    {
        if (!_versions.Contains(document.Version)) return Refusal("version", document.Version.Length == 0 ? "The file does not say which version wrote it." : $"Version {document.Version} is unknown; this program reads {string.Join(", ", _versions)}.");
        if (document.Classes != 1 || document.TreesPerRound != 1) return Refusal("outputs", $"The model has {Math.Max(document.Classes, document.TreesPerRound)} outputs; a score needs one.");
        if (document.MaxFeature < 0) return Refusal("features", "The file does not say how many features the model has.");
        if (document.Names.Count != document.MaxFeature + 1L) return Refusal("features", $"The file names {document.Names.Count} features, the model has {document.MaxFeature + 1L}.");
        if (document.Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice) return Refusal("features", $"The feature name '{twice.Key}' stands twice.");
        if (document.Trees.Count == 0) return Refusal("trees", "The model has no tree.");
        if (document.StatedTrees is { } stated && stated != document.Trees.Count) return Refusal("trees", $"The file states {stated} trees and holds {document.Trees.Count}.");
        if (!document.HasEnd) return Refusal("malformed", "The file breaks off: the line 'end of trees' is absent.");
        return document.Trees.FindIndex(tree => tree.IsLinear) is >= 0 and var linear
            ? Refusal("linear", $"Tree {linear} has linear models for leaves; a reason needs leaves that are numbers.") with { Remedy = "Train with linear_tree=false." }
            : null;
    }

    // "binary sigmoid:1", "cross_entropy"; earlier versions write xentropy.
    private static Outcome<double> SigmoidOf(string objective)
    {
        var words = objective.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["cross_entropy" or "xentropy"]) return 1.0;
        if (words is not ["binary", ..]) return Refusal("objective", $"The objective is '{objective}'; its output is not the log-odds of an outcome. Read are binary and cross_entropy.");
        foreach (var word in words[1..])
        {
            if (!word.StartsWith("sigmoid:", StringComparison.Ordinal)) continue;
            return double.TryParse(word["sigmoid:".Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var sigmoid) && sigmoid is > 0 and < 1e6
                ? sigmoid
                : Refusal("objective", $"The sigmoid parameter of '{objective}' is not a number above 0.");
        }

        return 1.0;
    }

    private static bool HasDefaultNames(LightGbmDocument document)
    {
        for (var feature = 0; feature < document.Names.Count; feature++)
        {
            if (document.Names[feature] != string.Create(CultureInfo.InvariantCulture, $"{DefaultName}{feature}")) return false;
        }

        return true;
    }

    private static List<Problem> NotesOf(LightGbmDocument document)
    {
        var notes = new List<Problem>();
        if (document.PositiveWeight != 1.0 || document.IsBalanced)
            notes.Add(new Problem("lightgbm.weight", "Rows of label 1 were weighted in training, so the margins do not lie where the outcomes do.") { Remedy = "Calibrate on a labelled file." });
        if (document.HasTextCategories)
            notes.Add(new Problem("lightgbm.categories", "Columns of texts were turned into category indices before training (pandas_categorical).") { Remedy = "Bring files with those indices, from 0 in the order of the model file." });
        return notes;
    }

    private static Problem Refusal(string reason, string message) =>
        new($"lightgbm.{reason}", message) { Remedy = "Save a binary model with save_model(\"model.txt\")." };
}
