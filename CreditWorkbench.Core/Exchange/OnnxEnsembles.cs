using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Exchange;

/// <summary>What a TreeEnsembleClassifier or TreeEnsembleRegressor makes of the inputs' columns.</summary>
/// <remarks>Operators of set ai.onnx.ml, versions 1 and 3. Where the definition leaves the binary classifier open, it is read as onnxruntime
/// computes it: weights of one class alone speak for the second label; what the two differ about is refused.</remarks>
internal static class OnnxEnsembles
{
    /// <summary>A regressor of one target.</summary>
    public static Outcome<OnnxValue> Regressor(OnnxNode node, OnnxFeatures features)
    {
        if (node.Integer("n_targets", 1) != 1) return OnnxRefusals.Of("outputs", $"Node {node.Label} has {node.Integer("n_targets", 1)} targets; a score needs one.");
        var isMean = node.Text("aggregate_function", "SUM") is var aggregate && aggregate == "AVERAGE";
        if (!isMean && aggregate != "SUM") return OnnxRefusals.Of("aggregate", $"Node {node.Label} joins its trees by {aggregate}; SUM and AVERAGE are read.");
        if (node.Numbers("base_values") is not ([] or [_]) and var many) return OnnxRefusals.Of("base", $"Node {node.Label} has {many.Count} base values for one target.");
        if (!Trees(node, "target", features, id => id == 0 ? 1.0 : null).TryGet(out var trees, out var problems)) return Outcome<OnnxValue>.Refused(problems);
        var sum = new OnnxSum([new OnnxPart(trees.Trees, trees.Features, isMean ? 1.0 / trees.Trees.Trees.Count : 1.0)], node.Numbers("base_values") is [var only] ? only : 0.0, null);
        if (!double.IsFinite(sum.Offset)) return OnnxRefusals.Of("base", $"Node {node.Label} has a base value that is not a finite number.");
        // Runtimes leave a regressor's transform out, whatever the definition says, so only a regressor without one means one thing.
        return node.Text("post_transform", "NONE") is var transform && transform == "NONE" ? sum : Unknown(node, transform);
    }

    /// <summary>A classifier of two labels.</summary>
    public static Outcome<OnnxValue> Classifier(OnnxNode node, OnnxFeatures features)
    {
        List<string> labels = node.Texts("classlabels_strings") is { Count: > 0 } texts ? texts : [.. node.Integers("classlabels_int64s").Select(label => label.ToString(CultureInfo.InvariantCulture))];
        if (labels.Count != 2) return OnnxRefusals.Of("outputs", $"Node {node.Label} has {labels.Count} labels; a score needs two.");
        var (ids, bases, transform) = (node.Integers("class_ids").Distinct().Order().ToList(), node.Numbers("base_values"), node.Text("post_transform", "NONE"));
        if (!bases.TrueForAll(double.IsFinite)) return OnnxRefusals.Of("base", $"Node {node.Label} has a base value that is not a finite number.");
        return (ids, transform) switch
        {
            ([0] or [1], "NONE" or "LOGISTIC") => OneVoice(node, features, ids[0], bases, transform, labels[1]),
            ([0, 1], "NONE" or "LOGISTIC") when bases.Count == 0 => Voices(node, features, id => id == 1 ? 1.0 : id == 0 ? 0.0 : null, transform, 0.0, labels[1]),
            ([0, 1], "SOFTMAX") when bases.Count == 0 => Voices(node, features, id => id == 1 ? 1.0 : id == 0 ? -1.0 : null, "LOGISTIC", 0.0, labels[1]),
            ([0, 1], "NONE" or "LOGISTIC" or "SOFTMAX") => OnnxRefusals.Of("base", $"Node {node.Label} has weights of two classes and base values, which programs read in different ways."),
            ([0] or [1] or [0, 1], _) => Unknown(node, transform),
            _ => OnnxRefusals.Of("trees", $"Node {node.Label} has weights of classes that it does not have."),
        };
    }

    private static Outcome<OnnxValue> OneVoice(OnnxNode node, OnnxFeatures features, long id, List<double> bases, string transform, string label)
    {
        var offset = (id, bases) switch
        {
            (_, []) => 0.0,
            (0, [var only]) => only,
            (1, [_, var second]) => second,
            _ => double.NaN,
        };
        return double.IsNaN(offset)
            ? OnnxRefusals.Of("base", $"Node {node.Label} has {bases.Count} base values for the weights of one class, which programs read in different ways.")
            : Voices(node, features, other => other == id ? 1.0 : null, transform, offset, label);
    }

    private static Outcome<OnnxValue> Voices(OnnxNode node, OnnxFeatures features, Func<long, double?> weightOf, string transform, double offset, string label) =>
        Trees(node, "class", features, weightOf).Then<OnnxValue>(trees =>
        {
            var sum = new OnnxSum([new OnnxPart(trees.Trees, trees.Features, 1.0)], offset, label);
            return transform == "LOGISTIC" ? new OnnxChance(sum) : sum;
        });

    private static Outcome<(OnnxTrees Trees, OnnxFeatures Features)> Trees(OnnxNode node, string weights, OnnxFeatures features, Func<long, double?> weightOf)
    {
        var lists = OnnxNodeLists.Of(node, weights);
        if (lists.Fault() is { } fault) return OnnxRefusals.Of("trees", $"Node {node.Label}: {fault}.");
        var known = features;
        if (features.Columns is null)
        {
            // The graph does not say how many columns its one input has: as many as the trees ask for.
            var width = (int)Math.Clamp(lists.Features.Max() + 1, 1, OnnxInput.MostColumns);
            known = features with { Columns = [.. Enumerable.Range(0, width).Select(index => new OnnxColumn(features.Input!, index, width))] };
        }

        return OnnxTreeReader.Read(lists, known.Columns!.Count, weightOf, out var trees) is { } wrong
            ? OnnxRefusals.Of("trees", $"Node {node.Label}: {wrong}.")
            : (trees!, known);
    }

    private static Problem Unknown(OnnxNode node, string transform) => OnnxRefusals.Of("transform", $"Node {node.Label} applies {transform} to its sums; read are NONE, and of classifiers LOGISTIC and, for weights of two classes, SOFTMAX.");
}
