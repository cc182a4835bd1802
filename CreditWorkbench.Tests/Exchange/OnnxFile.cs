using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>ONNX files laid out as the converters of other programs lay them out.</summary>
internal static class OnnxFile
{
    /// <summary>Row-major cells of rows.</summary>
    public static float[] Cells(IReadOnlyList<float[]> rows) => [.. rows.SelectMany(row => row)];

    /// <summary>scikit-learn and XGBoost by their converters: one input, labels and probabilities.</summary>
    public static byte[] Classifier(OnnxTestTrees trees, int features, string transform, long[] ids, double[]? bases = null, bool withMap = false, IReadOnlyList<string>? labels = null, int? columns = -1)
    {
        var graph = new OnnxGraphWriter("sklearn") { Producer = "skl2onnx" };
        graph.AddDoor(true, "X", trees.IsDouble ? OnnxTensors.Double : OnnxTensors.Float, columns == -1 ? features : columns);
        var attributes = trees.Attributes("class", ids);
        attributes.Add(labels is null ? OnnxAttributes.Integers("classlabels_int64s", [0, 1]) : OnnxAttributes.Texts("classlabels_strings", labels));
        attributes.Add(OnnxAttributes.Text("post_transform", transform));
        if (bases is not null) attributes.Add(trees.IsDouble ? OnnxAttributes.Doubles("base_values_as_tensor", bases) : OnnxAttributes.Singles("base_values", bases.Select(number => (float)number)));
        graph.AddNode("ai.onnx.ml", "TreeEnsembleClassifier", ["X"], ["label", "probabilities"], attributes);
        graph.AddDoor(false, "label", labels is null ? OnnxTensors.Int64 : 8, null);
        if (withMap) graph.AddNode("ai.onnx.ml", "ZipMap", ["probabilities"], ["output_probability"], [OnnxAttributes.Integers("classlabels_int64s", [0, 1])]);
        graph.AddDoor(false, withMap ? "output_probability" : "probabilities", OnnxTensors.Float, 2);
        return graph.ToArray();
    }

    /// <summary>ML.NET: one input per column, one of them whole numbers, joined and cast; a regressor; Platt's sigmoid; a binarised label.</summary>
    public static byte[] MlNet(OnnxTestTrees trees, int features, double slope, double offset, bool withUnknown = false)
    {
        var graph = new OnnxGraphWriter("model") { Producer = "ML.NET" };
        for (var i = 0; i < features; i++) graph.AddDoor(true, $"c{i}", i == 0 ? OnnxTensors.Int64 : OnnxTensors.Float, 1);
        graph.AddNode("", "Cast", ["c0"], ["c0f"], [OnnxAttributes.Integer("to", OnnxTensors.Float)]);
        string[] joined = ["c0f", .. Enumerable.Range(1, features - 1).Select(i => $"c{i}")];
        graph.AddNode("ai.onnx.ml", "FeatureVectorizer", joined, ["VectorFeaturizerOutput"], [OnnxAttributes.Integers("inputdimensions", joined.Select(_ => 1L))]);
        graph.AddNode("", "Cast", ["VectorFeaturizerOutput"], ["Features"], [OnnxAttributes.Integer("to", OnnxTensors.Float)]);
        if (withUnknown) graph.AddNode("ai.onnx.ml", "Normalizer", ["Features"], ["Normalized"], [OnnxAttributes.Text("norm", "L2")]);
        List<ProtoWriter> attributes = [OnnxAttributes.Text("post_transform", "NONE"), OnnxAttributes.Integer("n_targets", 1), OnnxAttributes.Singles("base_values", [0f]), OnnxAttributes.Text("aggregate_function", "SUM"), .. trees.Attributes("target", 0)];
        graph.AddNode("ai.onnx.ml", "TreeEnsembleRegressor", [withUnknown ? "Normalized" : "Features"], ["Score"], attributes);
        graph.AddConstant(OnnxTensors.Singles("Slope", [(float)slope], []));
        graph.AddConstant(OnnxTensors.Singles("Offset", [(float)offset], []));
        graph.AddNode("", "Mul", ["Score", "Slope"], ["MulNodeOutput"], []);
        graph.AddNode("", "Add", ["MulNodeOutput", "Offset"], ["linearOutput"], []);
        graph.AddNode("", "Sigmoid", ["linearOutput"], ["Probability"], []);
        graph.AddNode("ai.onnx.ml", "Binarizer", ["Score"], ["BinarizerOutput"], [OnnxAttributes.Single("threshold", 0f)]);
        graph.AddNode("", "Cast", ["BinarizerOutput"], ["PredictedLabel"], [OnnxAttributes.Integer("to", 9)]);
        foreach (var (name, type) in new[] { ("c1", OnnxTensors.Float), ("PredictedLabel", 9), ("Score", OnnxTensors.Float), ("Probability", OnnxTensors.Float) })
        {
            graph.AddNode("", "Identity", [name], [$"{name}.output"], []);
            graph.AddDoor(false, $"{name}.output", type, 1);
        }

        return graph.ToArray();
    }

    /// <summary>A regressor with what stands behind it: nothing, or nodes that a test adds.</summary>
    public static byte[] Regressor(OnnxTestTrees trees, int features, string aggregate, string transform, Action<OnnxGraphWriter>? after = null, string output = "Y", double[]? bases = null)
    {
        var graph = new OnnxGraphWriter("regressor");
        graph.AddDoor(true, "X", OnnxTensors.Float, features);
        var source = "X";
        if (trees.IsDouble) source = graph.Add("Cast", ["X"], OnnxAttributes.Integer("to", OnnxTensors.Double));
        List<ProtoWriter> attributes = [OnnxAttributes.Text("post_transform", transform), OnnxAttributes.Integer("n_targets", 1), OnnxAttributes.Text("aggregate_function", aggregate), .. trees.Attributes("target", 0)];
        if (bases is not null) attributes.Add(OnnxAttributes.Singles("base_values", bases.Select(number => (float)number)));
        graph.AddNode("ai.onnx.ml", "TreeEnsembleRegressor", [source], ["Y"], attributes);
        after?.Invoke(graph);
        graph.AddDoor(false, output, OnnxTensors.Float, 1);
        return graph.ToArray();
    }

    public static Outcome<ImportedModel> Read(byte[] file) => ModelExchange.Read("onnx", file);
}
