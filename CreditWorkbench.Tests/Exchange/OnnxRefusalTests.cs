using CreditWorkbench.Core.Exchange;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>ONNX files that this program does not understand, or that lie.</summary>
public sealed class OnnxRefusalTests
{
    private static readonly OnnxTestTrees _trees = OnnxTestTrees.Random(1, 3, 2, 2, ["BRANCH_LEQ"]);

    public static TheoryData<string, string> Graphs => new()
    {
        { "raw sum", "onnx.objective" },
        { "normalizer", "onnx.node" },
        { "scaler", "onnx.node" },
        { "imputer", "onnx.node" },
        { "probit", "onnx.transform" },
        { "softmax of one", "onnx.transform" },
        { "softmax zero", "onnx.transform" },
        { "three labels", "onnx.outputs" },
        { "two targets", "onnx.outputs" },
        { "minimum", "onnx.aggregate" },
        { "two bases", "onnx.base" },
        { "base of two voices", "onnx.base" },
        { "no trees", "onnx.graph" },
        { "loop of values", "onnx.graph" },
        { "long chain", "onnx.graph" },
        { "text input", "onnx.graph" },
        { "cast to whole", "onnx.node" },
        { "calibrator of bins", "onnx.node" },
        { "newer trees", "onnx.node" },
        { "columns without end", "onnx.node" },
        { "columns again and again", "onnx.graph" },
        { "regressor that transforms", "onnx.transform" },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Read_GraphNotUnderstood_IsRefusedByItsCode(string graph, string code)
    {
        var problem = OnnxFile.Read(Graph(graph)).Problems.Single();

        Assert.Equal((graph, code), (graph, problem.Code));
        Assert.NotNull(problem.Remedy);
    }

    [Fact]
    public void Read_UnknownNode_IsNamedWithItsOperation() =>
        Assert.Contains("'Normalizer_Normalized' (Normalizer)", OnnxFile.Read(Graph("normalizer")).Problems.Single().Message, StringComparison.Ordinal);

    public static TheoryData<string, OnnxTreeLie> Lies => new()
    {
        { "stands twice", OnnxTreeLie.TwiceTheNode },
        { "lies below itself", OnnxTreeLie.Cycle },
        { "which is no leaf", OnnxTreeLie.WeightOfATest },
        { "does not exist", OnnxTreeLie.ChildOutside },
        { "unknown mode", OnnxTreeLie.Mode },
        { "tests feature 99", OnnxTreeLie.Feature },
        { "compares with no number", OnnxTreeLie.NaNCut },
        { "not a finite number", OnnxTreeLie.NaNWeight },
        { "nodes_values has", OnnxTreeLie.ShortList },
        { "has 2 roots", OnnxTreeLie.TwoRoots },
        { "does not have", OnnxTreeLie.Target },
        { "no leaf has a weight", OnnxTreeLie.NoWeights },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Read_BrokenTrees_AreRefused(string message, OnnxTreeLie lie)
    {
        var problem = OnnxFile.Read(Lying(lie)).Problems.Single();

        Assert.Equal("onnx.trees", problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Shared children multiply: 60 levels of one child for both ways are 2^60 leaves in a tree.</summary>
    [Fact]
    public void Read_SharedChildrenWithoutEnd_AreRefused()
    {
        var trees = new OnnxTestTrees();
        trees.Trees.Add([.. Enumerable.Range(0, 60).Select(i => new OnnxTestNode(i % 2, "BRANCH_LEQ", i, i + 1, i + 1, false, [])), new OnnxTestNode(0, "LEAF", 0, -1, -1, false, [0.5])]);

        var problem = OnnxFile.Read(OnnxFile.Classifier(trees, 2, "LOGISTIC", [0])).Problems.Single();

        Assert.Equal("onnx.trees", problem.Code);
        Assert.Contains("more than", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TreeDeeperThanWalksGo_IsRefused()
    {
        const int depth = 5_000;
        var trees = new OnnxTestTrees();
        trees.Trees.Add([.. Enumerable.Range(0, depth).Select(i => new OnnxTestNode(0, "BRANCH_LEQ", i, depth + i, i + 1 == depth ? 2 * depth : i + 1, false, [])), .. Enumerable.Range(0, depth + 1).Select(i => new OnnxTestNode(0, "LEAF", 0, -1, -1, false, [0.5]))]);

        Assert.Contains("lies deeper", OnnxFile.Read(OnnxFile.Classifier(trees, 2, "LOGISTIC", [0])).Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        var file = OnnxFile.Classifier(_trees, 2, "LOGISTIC", [0]);

        // The operator sets at the end are not asked for; everything before them is.
        for (var length = 0; length < file.Length - 40; length++) Assert.False(OnnxFile.Read(file[..length]).Succeeded);
    }

    /// <summary>A few bytes that claim a gigabyte.</summary>
    [Theory]
    [InlineData(new byte[] { 8, 8, 58, 255, 255, 255, 255, 3 })]
    [InlineData(new byte[] { 8, 8, 58, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 8, 8, 58, 8, 42, 6, 8, 128, 128, 128, 128, 4 })]
    [InlineData(new byte[] { 8, 8, 58, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 8, 8, 59, 60 })]
    [InlineData(new byte[] { 8, 8, 0, 1 })]
    public void Read_FalseLengths_AreRefusedAtOnce(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.StartsWith("onnx.", OnnxFile.Read(file).Problems.Single().Code, StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Graph(string name) => name switch
    {
        "raw sum" => OnnxFile.Regressor(_trees, 2, "SUM", "NONE"),
        "normalizer" => OnnxFile.MlNet(OnnxTestTrees.Random(1, 3, 2, 4), 4, 1, 0, withUnknown: true),
        "scaler" => Before("Scaler", OnnxAttributes.Singles("offset", [0f, 1f]), OnnxAttributes.Singles("scale", [1f, 1f])),
        "imputer" => Before("Imputer", OnnxAttributes.Singles("imputed_value_floats", [0f, 0f])),
        "cast to whole" => Before("Cast", OnnxAttributes.Integer("to", 7)),
        "probit" => OnnxFile.Classifier(_trees, 2, "PROBIT", [0]),
        "softmax of one" => OnnxFile.Classifier(_trees, 2, "SOFTMAX", [0]),
        "softmax zero" => OnnxFile.Classifier(OnnxTestTrees.Random(1, 3, 2, 2, voices: 2), 2, "SOFTMAX_ZERO", [0, 1]),
        "three labels" => OnnxFile.Classifier(_trees, 2, "LOGISTIC", [0], labels: ["a", "b", "c"]),
        "two targets" => Alone(graph => graph.AddNode("ai.onnx.ml", "TreeEnsembleRegressor", ["X"], ["Y"], [OnnxAttributes.Integer("n_targets", 2), .. _trees.Attributes("target", 0)])),
        "minimum" => OnnxFile.Regressor(_trees, 2, "MIN", "NONE"),
        "two bases" => OnnxFile.Classifier(_trees, 2, "LOGISTIC", [0], [0.1, 0.2]),
        "base of two voices" => OnnxFile.Classifier(OnnxTestTrees.Random(1, 3, 2, 2, voices: 2), 2, "SOFTMAX", [0, 1], [0.1, 0.2]),
        "no trees" => Alone(graph => graph.AddNode("", "Identity", ["X"], ["Y"], [])),
        "loop of values" => Alone(graph => graph.AddNode("", "Identity", ["Y"], ["Y"], [])),
        "long chain" => Alone(graph =>
        {
            for (var i = 0; i < 50_000; i++) graph.AddNode("", "Identity", [i == 0 ? "X" : $"v{i}"], [i == 49_999 ? "Y" : $"v{i + 1}"], []);
        }),
        "text input" => Alone(graph => graph.AddNode("", "Identity", ["X"], ["Y"], []), type: 8),
        "calibrator of bins" => OnnxFile.Regressor(_trees, 2, "SUM", "NONE", graph => graph.AddNode("", "GatherElements", ["Y", "Y"], ["P"], []), "P"),
        "regressor that transforms" => OnnxFile.Regressor(_trees, 2, "SUM", "LOGISTIC"),
        "columns again and again" => Alone(graph =>
        {
            for (var i = 0; i < 15; i++) graph.AddNode("", "Concat", i == 0 ? ["X", "X"] : [$"v{i}", $"v{i}"], [$"v{i + 1}"], []);
            for (var i = 15; i < 100; i++) graph.AddNode("", "Concat", [$"v{i}"], [i == 99 ? "Y" : $"v{i + 1}"], []);
        }),
        "newer trees" => Alone(graph => graph.AddNode("ai.onnx.ml", "TreeEnsemble", ["X"], ["Y"], [])),
        _ => Alone(graph =>
        {
            for (var i = 0; i < 30; i++) graph.AddNode("", "Concat", i == 0 ? ["X", "X"] : [$"v{i}", $"v{i}"], [i == 29 ? "Y" : $"v{i + 1}"], []);
        }),
    };

    // 30 doublings of two columns end at the limit of one matrix; a chain of matrices ends at the limit of all.
    private static byte[] Alone(Action<OnnxGraphWriter> nodes, int type = OnnxTensors.Float)
    {
        var graph = new OnnxGraphWriter("alone");
        graph.AddDoor(true, "X", type, 2);
        nodes(graph);
        graph.AddDoor(false, "Y", OnnxTensors.Float, 1);
        return graph.ToArray();
    }

    private static byte[] Before(string operation, params ProtoWriter[] attributes) => Alone(graph =>
    {
        graph.AddNode(operation == "Cast" ? "" : "ai.onnx.ml", operation, ["X"], ["Z"], attributes);
        graph.AddNode("ai.onnx.ml", "TreeEnsembleRegressor", ["Z"], ["Y"], [OnnxAttributes.Text("post_transform", "NONE"), .. _trees.Attributes("target", 0)]);
    });

    private static byte[] Lying(OnnxTreeLie lie)
    {
        List<OnnxTestNode> tree = [new(0, "BRANCH_LEQ", 1.5, 1, 2, false, []), new(0, "LEAF", 0, -1, -1, false, [0.25]), new(0, "LEAF", 0, -1, -1, false, [0.5])];
        var trees = new OnnxTestTrees();
        trees.Trees.Add(tree);
        var change = (string?)null;
        ProtoWriter? other = null;
        switch (lie)
        {
            case OnnxTreeLie.TwiceTheNode: (change, other) = ("nodes_nodeids", OnnxAttributes.Integers("nodes_nodeids", [0, 1, 1])); break;
            case OnnxTreeLie.Cycle:
                tree[0] = tree[0] with { False = 3 };
                tree.AddRange([new(0, "BRANCH_LEQ", 2, 1, 4, false, []), new(1, "BRANCH_LEQ", 2, 2, 3, false, [])]);
                break;
            case OnnxTreeLie.WeightOfATest: (change, other) = ("target_nodeids", OnnxAttributes.Integers("target_nodeids", [0, 2])); break;
            case OnnxTreeLie.ChildOutside: (change, other) = ("nodes_truenodeids", OnnxAttributes.Integers("nodes_truenodeids", [77, 0, 0])); break;
            case OnnxTreeLie.Mode: (change, other) = ("nodes_modes", OnnxAttributes.Texts("nodes_modes", ["BRANCH_MEMBER", "LEAF", "LEAF"])); break;
            case OnnxTreeLie.Feature: (change, other) = ("nodes_featureids", OnnxAttributes.Integers("nodes_featureids", [99, 0, 0])); break;
            case OnnxTreeLie.NaNCut: (change, other) = ("nodes_values", OnnxAttributes.Singles("nodes_values", [float.NaN, 0, 0])); break;
            case OnnxTreeLie.NaNWeight: (change, other) = ("target_weights", OnnxAttributes.Singles("target_weights", [float.NaN, 0])); break;
            case OnnxTreeLie.ShortList: (change, other) = ("nodes_values", OnnxAttributes.Singles("nodes_values", [1.5f])); break;
            case OnnxTreeLie.TwoRoots: tree.Add(new(0, "LEAF", 0, -1, -1, false, [0.1])); break;
            case OnnxTreeLie.Target: (change, other) = ("target_ids", OnnxAttributes.Integers("target_ids", [0, 1])); break;
            default:
                tree.RemoveRange(0, 3);
                break;
        }

        var attributes = lie == OnnxTreeLie.NoWeights ? _trees.Attributes("target", 0).Take(9).ToList() : trees.Attributes("target", 0);
        if (change is not null) attributes = [.. attributes.Where(attribute => OnnxAttribute.NameOf(attribute.ToArray()) != change), other!];
        return Alone(graph => graph.AddNode("ai.onnx.ml", "TreeEnsembleRegressor", ["X"], ["Y"], [.. attributes]));
    }
}

/// <summary>Ways in which the lists of a tree can lie.</summary>
public enum OnnxTreeLie
{
    TwiceTheNode,
    Cycle,
    WeightOfATest,
    ChildOutside,
    Mode,
    Feature,
    NaNCut,
    NaNWeight,
    ShortList,
    TwoRoots,
    Target,
    NoWeights,
}
