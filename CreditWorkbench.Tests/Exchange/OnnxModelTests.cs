using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Files in the converters' layouts against two oracles: the operator's definition walked by hand, and onnxruntime.</summary>
public sealed class OnnxModelTests
{
    private const int Features = 4;
    private static readonly string[] _numeric = ["BRANCH_LEQ"];
    private static readonly string[] _xgboost = ["BRANCH_LT"];

    public static TheoryData<string> Layouts => ["forest", "forest two voices", "boosting", "exponential", "xgboost", "softmax", "logistic two voices", "second voice", "mlnet", "all modes", "double", "mean", "sum of sums"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Margins_ConvertersLayouts_EqualBothOracles(string layout)
    {
        var (file, probability, output) = Layout(layout);

        var model = OnnxFile.Read(file).Value;

        var rows = Rows(model, layout == "mlnet");
        var feeds = layout == "mlnet"
            ? Enumerable.Range(0, Features).Select(i => new OnnxFeed($"c{i}", [.. rows.Select(row => row[i])], 1, i == 0 ? "int64" : "float32")).ToList()
            : [new OnnxFeed("X", OnnxFile.Cells(rows), Features)];
        var theirs = OnnxRuntimePeer.Run([new OnnxRun(file, feeds, [output])])[0][0];
        var width = theirs.Length / rows.Count;
        for (var row = 0; row < rows.Count; row++)
        {
            var ours = ReproducibleMath.Logistic(model.Ensemble.Margin(rows[row]));
            Assert.Equal(probability(rows[row]), ours, 1e-5);
            Assert.Equal(theirs[row * width + width - 1], ours, 1e-5);
        }
    }

    /// <summary>Without the runtime the definition alone has to do.</summary>
    [Theory]
    [MemberData(nameof(Layouts))]
    public void Margins_ConvertersLayouts_EqualTheDefinition(string layout)
    {
        var (file, probability, _) = Layout(layout);

        var model = OnnxFile.Read(file).Value;

        foreach (var row in Rows(model, layout == "mlnet")) Assert.Equal(probability(row), ReproducibleMath.Logistic(model.Ensemble.Margin(row)), 1e-5);
    }

    [Fact]
    public void Read_Forest_HasTheForestsLink()
    {
        var model = OnnxFile.Read(Layout("forest").File).Value;

        Assert.Equal((LinkKind.Logit, Aggregation.Mean, "mean of leaf probabilities"), (model.Ensemble.Link.Kind, model.Ensemble.Aggregation, model.Objective));
        Assert.All(model.Ensemble.Nodes.Value, value => Assert.InRange(value, 0, 1 + 1e-6));
        Assert.Equal(["f0", "f1", "f2", "f3"], model.Features.Select(feature => feature.Name));
        Assert.Equal((false, false, "ONNX, skl2onnx"), (model.IsNamed, model.HasCovers, model.Origin));
        Assert.Contains(model.Notes, note => note.Code == "onnx.covers");
    }

    [Fact]
    public void Read_InputPerColumn_NamesTheFeatures()
    {
        var model = OnnxFile.Read(Layout("mlnet").File).Value;

        Assert.Equal(["c0", "c1", "c2", "c3"], model.Features.Select(feature => feature.Name));
        Assert.Equal((true, LinkKind.LogOdds), (model.IsNamed, model.Ensemble.Link.Kind));
    }

    /// <summary>A row of tests on equality with one child is one test of categories, not a copy of the rest per category.</summary>
    [Fact]
    public void Read_SetOfCategories_IsOneTest()
    {
        var trees = new OnnxTestTrees();
        trees.Trees.Add(
        [
            new(1, "BRANCH_EQ", 3, 4, 1, false, []), new(1, "BRANCH_EQ", 5, 4, 2, false, []), new(1, "BRANCH_EQ", 64, 4, 3, false, []), new(0, "LEAF", 0, -1, -1, false, [0.75]), new(0, "LEAF", 0, -1, -1, false, [-0.5]),
        ]);
        var file = OnnxFile.Classifier(trees, 2, "LOGISTIC", [0]);

        var model = OnnxFile.Read(file).Value;

        Assert.Equal(3, model.Ensemble.Nodes.Count);
        Assert.Equal([0, 65], model.Features.Select(feature => feature.Categories));
        Assert.Contains(model.Notes, note => note.Code == "onnx.categories");
        float[] cells = [3f, 5f, 64f, 4f, 0f, 63f, 65f, float.NaN, 1e9f, -1f];
        var theirs = OnnxRuntimePeer.Run([new OnnxRun(file, [new OnnxFeed("X", [.. cells.SelectMany(cell => new[] { 0f, cell })], 2)], ["probabilities"])])[0][0];
        for (var row = 0; row < cells.Length; row++) Assert.Equal(theirs[2 * row + 1], ReproducibleMath.Logistic(model.Ensemble.Margin([0f, cells[row]])), 1e-6);
    }

    [Fact]
    public void Read_MapOfLabels_IsPassed() =>
        Assert.Equal(LinkKind.LogOdds, OnnxFile.Read(OnnxFile.Classifier(OnnxTestTrees.Random(1, 3, 2, Features), Features, "LOGISTIC", [0], withMap: true)).Value.Ensemble.Link.Kind);

    [Fact]
    public void Read_InputOfUnknownWidth_HasTheFeaturesThatTheTreesTest() =>
        Assert.Equal(3, OnnxFile.Read(OnnxFile.Classifier(OnnxTestTrees.Random(2, 30, 3, 3), 3, "LOGISTIC", [0], columns: 0)).Value.Features.Count);

    [Fact]
    public void Read_OtherLabels_SaysWhichIsBad() =>
        Assert.Contains("'good'", OnnxFile.Read(OnnxFile.Classifier(OnnxTestTrees.Random(1, 3, 2, Features), Features, "LOGISTIC", [0], labels: ["bad", "good"])).Value.Notes.Single(note => note.Code == "onnx.label").Message, StringComparison.Ordinal);

    private static (byte[] File, Func<float[], double> Probability, string Output) Layout(string layout)
    {
        static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
        var boosted = OnnxTestTrees.Random(3, 40, 4, Features, _numeric);
        var leaves = OnnxTestTrees.Random(4, 25, 6, Features, _numeric, weight: random => random.NextDouble() / 25);
        var two = OnnxTestTrees.Random(5, 20, 4, Features, _numeric, voices: 2);
        var modes = OnnxTestTrees.Random(6, 40, 5, Features);
        var wide = OnnxTestTrees.Random(7, 40, 5, Features, isDouble: true);
        var mean = OnnxTestTrees.Random(8, 25, 5, Features, weight: random => random.NextDouble());
        switch (layout)
        {
            case "forest": return (OnnxFile.Classifier(leaves, Features, "NONE", [0]), row => leaves.Sum(row), "probabilities");
            case "forest two voices":
                var both = OnnxTestTrees.Random(9, 25, 6, Features, _numeric, voices: 2, weight: random => random.NextDouble() / 25);
                return (OnnxFile.Classifier(both, Features, "NONE", [0, 1]), row => both.Sum(row, 1), "probabilities");
            case "boosting": return (OnnxFile.Classifier(boosted, Features, "LOGISTIC", [0], [0.3]), row => Logistic(boosted.Sum(row) + 0.3f), "probabilities");
            case "exponential":
                return (OnnxFile.Regressor(boosted, Features, "SUM", "NONE", graph =>
                {
                    graph.AddConstant(OnnxTensors.Singles("scale2", [2f], []));
                    graph.AddNode("", "Mul", ["Y", "scale2"], ["scaled"], []);
                    graph.AddNode("", "Sigmoid", ["scaled"], ["routput"], []);
                    graph.AddNode("", "Identity", ["routput"], ["final"], []);
                }, "final"), row => Logistic(2 * boosted.Sum(row)), "final");
            case "xgboost":
                var less = OnnxTestTrees.Random(10, 40, 4, Features, _xgboost);
                return (OnnxFile.Classifier(less, Features, "LOGISTIC", [0], [-0.7]), row => Logistic(less.Sum(row) - 0.7f), "probabilities");
            case "softmax": return (OnnxFile.Classifier(two, Features, "SOFTMAX", [0, 1]), row => Logistic(two.Sum(row, 1) - two.Sum(row, 0)), "probabilities");
            case "logistic two voices": return (OnnxFile.Classifier(two, Features, "LOGISTIC", [0, 1]), row => Logistic(two.Sum(row, 1)), "probabilities");
            case "second voice": return (OnnxFile.Classifier(boosted, Features, "LOGISTIC", [1]), row => Logistic(boosted.Sum(row)), "probabilities");
            case "mlnet": return (OnnxFile.MlNet(boosted, Features, 0.8, -0.25), row => Logistic(0.8f * boosted.Sum(row) - 0.25f), "Probability.output");
            case "all modes": return (OnnxFile.Classifier(modes, Features, "LOGISTIC", [0]), row => Logistic(modes.Sum(row)), "probabilities");
            case "double": return (OnnxFile.Regressor(wide, Features, "SUM", "NONE", graph => graph.AddNode("", "Sigmoid", ["Y"], ["P"], []), "P"), row => Logistic(wide.Sum(row)), "P");
            case "mean": return (OnnxFile.Regressor(mean, Features, "AVERAGE", "NONE"), row => mean.Sum(row) / 25, "Y");
            default:
                return (OnnxFile.Regressor(boosted, Features, "SUM", "NONE", graph =>
                {
                    graph.AddNode("ai.onnx.ml", "TreeEnsembleRegressor", ["X"], ["Y2"], [OnnxAttributes.Integer("n_targets", 1), .. leaves.Attributes("target", 0)]);
                    graph.AddNode("", "Add", ["Y", "Y2"], ["sum"], []);
                    graph.AddConstant(OnnxTensors.Singles("three", [3f], [1]));
                    graph.AddNode("", "Div", ["sum", "three"], ["third"], []);
                    graph.AddNode("", "Sub", ["three", "third"], ["rest"], []);
                    graph.AddNode("", "Sigmoid", ["rest"], ["final"], []);
                }, "final"), row => Logistic(3 - (boosted.Sum(row) + leaves.Sum(row)) / 3), "final");
        }
    }

    // ML.NET's first column holds whole numbers, which are never missing.
    private static List<float[]> Rows(ImportedModel model, bool isFirstWhole)
    {
        var rows = ExchangeRows.Around(model.Ensemble, 11, 300);
        foreach (var row in rows.Where(_ => isFirstWhole)) row[0] = float.IsFinite(row[0]) ? MathF.Round(Math.Clamp(row[0], -100, 100)) : 2f;
        return rows;
    }
}
