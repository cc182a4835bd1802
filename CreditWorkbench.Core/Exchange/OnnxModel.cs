using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Reads tree ensembles from ONNX files, as the converters of ML.NET, scikit-learn, XGBoost and LightGBM write them.</summary>
/// <remarks>
/// A sum of trees under a sigmoid, a logistic or a softmax of two classes gives log-odds. A sum that lies between 0 and 1 whatever the row
/// is the mean of leaf probabilities, as of a random forest: its margin is the logit. File format: onnx/onnx-ml.proto.
/// </remarks>
public static class OnnxModel
{
    /// <summary>Family of imported ensembles.</summary>
    public const string Family = "onnx";

    // A forest's file does not say on how many rows it was trained: probabilities are kept this far from 0 and 1.
    private const double LeastProbability = 1e-6;
    private const double Rounding = 1e-4;
    private const long LeastRoom = 1 << 20;

    /// <summary>Reads a model.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>The model, or one of <c>onnx.malformed</c> (with the place), <c>.graph</c>, <c>.node</c> (with its name), <c>.objective</c>,
    /// <c>.outputs</c>, <c>.transform</c>, <c>.aggregate</c>, <c>.base</c>, <c>.trees</c>, <c>.features</c>.</returns>
    public static Outcome<ImportedModel> Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            var graph = OnnxGraph.Read(file);
            if (!graph.HasGraph || graph.FormatVersion < 1) return OnnxRefusals.Of("malformed", "The file is no ONNX model: it has no graph or no version.");
            return Chosen(graph).Then(score => Assemble(graph, score));
        }
        catch (InvalidDataException malformed)
        {
            return OnnxRefusals.Of("malformed", $"The file cannot be read as a model: {malformed.Message}");
        }
    }

    // A probability is what a score is made of. A raw sum counts where nothing of the graph stayed unknown and no sum can leave [0, 1].
    private static Outcome<OnnxValue> Chosen(OnnxGraph graph)
    {
        var flow = new OnnxFlow(graph);
        var meanings = graph.Outputs.Select(flow.Of).ToList();
        var values = meanings.Where(meaning => meaning.Succeeded).Select(meaning => meaning.Value).ToList();
        if (values.OfType<OnnxChance>().FirstOrDefault() is { } chance) return chance;
        if (meanings.Find(meaning => !meaning.Succeeded) is { } refused) return refused;
        if (values.OfType<OnnxSum>().FirstOrDefault() is not { } sum) return OnnxRefusals.Of("graph", "No output of the graph comes from trees.");
        return IsProbability(sum)
            ? sum
            : OnnxRefusals.Of("objective", "The trees' sum is given out as it is, and it is no probability: nothing says that it is the log-odds of an outcome.");
    }

    private static bool IsProbability(OnnxSum sum)
    {
        var (least, greatest) = (sum.Offset, sum.Offset);
        foreach (var part in sum.Parts)
        {
            var (low, high) = part.Trees.Range;
            least += Math.Min(low * part.Scale, high * part.Scale);
            greatest += Math.Max(low * part.Scale, high * part.Scale);
        }

        return least >= -Rounding && greatest <= 1 + Rounding;
    }

    private static Outcome<ImportedModel> Assemble(OnnxGraph graph, OnnxValue score)
    {
        var (sum, isForest) = score is OnnxChance chance ? (chance.LogOdds, false) : ((OnnxSum)score, true);
        var columns = ColumnsOf(sum);
        var gathered = new GatheredNodes(columns.Count);
        var trees = sum.Parts.Sum(part => (long)part.Trees.Trees.Count);
        var writer = new SourceTrees(gathered, Math.Max(LeastRoom, 4 * sum.Parts.Sum(part => part.Trees.Nodes)));
        foreach (var part in sum.Parts)
        {
            var position = part.Features.Columns!.Select(column => columns[column]).ToArray();
            for (var tree = 0; tree < part.Trees.Trees.Count; tree++)
            {
                // The mean of a forest's leaves takes n leaves of n times the weight.
                var (factor, plus) = isForest ? (part.Scale * trees, sum.Offset) : (part.Scale, 0.0);
                if (writer.Add([.. part.Trees.Trees[tree].Select(node => Moved(node, position, factor, plus))], part.Trees.HasHits) is { } wrong) return OnnxRefusals.Of("trees", $"Tree {tree}: {wrong}.");
            }
        }

        var nodes = gathered.Nodes();
        if (nodes.Fault(columns.Count) is { } broken) return OnnxRefusals.Of("trees", broken);
        var ensemble = isForest
            ? new TreeEnsemble(Family, columns.Count, new Link(LinkKind.Logit, (long)(0.5 / LeastProbability)), Aggregation.Mean, 0.0, nodes)
            : new TreeEnsemble(Family, columns.Count, Link.LogOdds, Aggregation.Sum, sum.Offset, nodes);
        var features = Named(columns, gathered);
        if (features.GroupBy(feature => feature.Name).FirstOrDefault(group => group.Count() > 1 || group.Key.Length == 0) is { } twice) return OnnxRefusals.Of("features", $"The feature name '{twice.Key}' is empty or stands twice.");
        var origin = graph.Producer.Length > 0 ? $"ONNX, {graph.Producer}" : "ONNX";
        return new ImportedModel(ensemble, features, columns.Keys.Any(column => column.Width == 1), isForest ? "mean of leaf probabilities" : "log-odds", origin, NotesOf(sum, features))
        {
            HasCovers = sum.Parts.All(part => part.Trees.HasHits),
        };
    }

    // Columns in the order in which the graph joins them; one that is joined twice is one feature.
    private static Dictionary<OnnxColumn, int> ColumnsOf(OnnxSum sum)
    {
        var columns = new Dictionary<OnnxColumn, int>();
        foreach (var column in sum.Parts.SelectMany(part => part.Features.Columns!)) columns.TryAdd(column, columns.Count);
        return columns;
    }

    private static SourceNode Moved(SourceNode node, int[] position, double factor, double plus) => node.Test is { } test
        ? node with { Test = test with { Feature = position[test.Feature] } }
        : node with { Value = node.Value * factor + plus };

    private static List<ImportedFeature> Named(Dictionary<OnnxColumn, int> columns, GatheredNodes gathered)
    {
        var isOneInput = columns.Keys.Select(column => column.Input).Distinct().Count() == 1;
        return [.. columns.Select(column => new ImportedFeature(NameOf(column.Key, isOneInput), null, gathered.Categories[column.Value]))];
    }

    private static string NameOf(OnnxColumn column, bool isOneInput)
    {
        if (column.Width == 1) return column.Input;
        return isOneInput ? string.Create(CultureInfo.InvariantCulture, $"f{column.Index}") : string.Create(CultureInfo.InvariantCulture, $"{column.Input}_{column.Index}");
    }

    private static List<Problem> NotesOf(OnnxSum sum, List<ImportedFeature> features)
    {
        var notes = new List<Problem>();
        if (sum.Label is { } label && label != "1") notes.Add(new Problem("onnx.label", $"The model gives the odds of its second label, '{label}'; that counts as bad here.") { Remedy = "Calibrate on a labelled file to see whether it does." });
        if (features.FindAll(feature => feature.Categories > 0) is { Count: > 0 } whole) notes.Add(new Problem("onnx.categories", $"{string.Join(", ", whole.Take(5).Select(feature => feature.Name))}: compared with whole numbers only, and so read as category indices; of a fraction the whole part counts."));
        if (!sum.Parts.All(part => part.Trees.HasHits)) notes.Add(new Problem("onnx.covers", "The file does not say how many rows passed each test.") { Remedy = "Import it with --background FILE, whose rows then stand for them." });
        return notes;
    }
}
