using System.Text.Json.Nodes;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

public sealed class XgboostModelTests
{
    private const float Left = -0.25f;
    private const float Right = 0.5f;

    [Fact]
    public void Read_Stump_HasNamesTypesCoversAndBase()
    {
        var file = XgboostFile.Stump();
        file["learner"]!["learner_model_param"]!["base_score"] = "2.5E-1";

        var model = XgboostFile.Read(file).Value;

        Assert.Equal([new ImportedFeature("income", "float", 0), new ImportedFeature("age", "int", 0)], model.Features);
        Assert.Equal(("binary:logistic", "XGBoost 1.7.4", true), (model.Objective, model.Origin, model.IsNamed));
        Assert.Equal(Math.Log(0.25 / 0.75), model.Ensemble.BaseValue, 1e-12);
        Assert.Equal([10.0, 6.0, 4.0], model.Ensemble.Nodes.Cover);
        Assert.Equal(0.6 * Left + 0.4 * Right, model.Ensemble.Nodes.Value[0], 1e-12);
        Assert.Empty(model.Notes);
    }

    /// <summary>XGBoost: x &lt; cut goes left, compared in float32.</summary>
    [Theory]
    [InlineData(1.5f, 1.4999999f, Left)]
    [InlineData(1.5f, 1.5f, Right)]
    [InlineData(1.5f, float.NegativeInfinity, Left)]
    [InlineData(1.5f, float.PositiveInfinity, Right)]
    [InlineData(0f, 0f, Right)]
    [InlineData(0f, -float.Epsilon, Left)]
    [InlineData(0f, float.Epsilon, Right)]
    [InlineData(float.Epsilon, 0f, Left)]
    [InlineData(float.MaxValue, 1e38f, Left)]
    [InlineData(float.MaxValue, float.MaxValue, Right)]
    [InlineData(-float.MaxValue, float.NegativeInfinity, Left)]
    [InlineData(-float.MaxValue, -float.MaxValue, Right)]
    [InlineData(float.PositiveInfinity, float.MaxValue, Left)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, Right)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity, Right)]
    [InlineData(float.NegativeInfinity, -1f, Right)]
    [InlineData(float.NegativeInfinity, float.NaN, Left)]
    [InlineData(1.5f, float.NaN, Left)]
    public void Margin_AtTheCut_GoesAsInTheOrigin(float cut, float income, float expected)
    {
        var text = XgboostFile.Stump(cut: 123.0).ToJsonString().Replace("123", Spelled(cut), StringComparison.Ordinal);

        var model = XgboostFile.Read(text).Value;

        Assert.Equal((double)expected, model.Ensemble.Margin([income, 0f]));
    }

    /// <summary>Both zeros are the same number, as a cut and as a value.</summary>
    [Theory]
    [InlineData("0E0", Right)]
    [InlineData("-0E0", Right)]
    [InlineData("1E-45", Left)]
    public void Margin_NegativeZero_IsZero(string cut, float expected)
    {
        var ensemble = XgboostFile.Read(XgboostFile.Stump(cut: 123.0).ToJsonString().Replace("123", cut, StringComparison.Ordinal)).Value.Ensemble;

        Assert.Equal(((double)expected, (double)expected), (ensemble.Margin([0f, 0f]), ensemble.Margin([-0f, 0f])));
    }

    /// <summary>The same statement for floats of every size: exactly those below the cut go left.</summary>
    [Fact]
    public void Margin_RandomFloats_GoesAsInTheOrigin()
    {
        var random = new Core.Synthetic.RandomStream(5, 0);
        float Draw() => BitConverter.UInt32BitsToSingle((uint)(random.Uniform() * uint.MaxValue));
        for (var i = 0; i < 300; i++)
        {
            var cut = Draw();
            if (!float.IsFinite(cut)) continue;
            var ensemble = XgboostFile.Read(XgboostFile.Stump(cut: 123.0).ToJsonString().Replace("123", Spelled(cut), StringComparison.Ordinal)).Value.Ensemble;
            foreach (var value in new[] { Draw(), cut, MathF.BitDecrement(cut), MathF.BitIncrement(cut), -cut })
            {
                if (!float.IsNaN(value)) Assert.Equal(value < cut ? Left : Right, ensemble.Margin([value, 0f]));
            }
        }
    }

    [Theory]
    [InlineData(1, Left)]
    [InlineData(0, Right)]
    public void Margin_Missing_TakesTheDefaultDirection(int defaultLeft, float expected)
    {
        var file = XgboostFile.Stump();
        XgboostFile.OnlyTree(file)["default_left"] = new JsonArray(defaultLeft, 0, 0);

        Assert.Equal((double)expected, XgboostFile.Read(file).Value.Ensemble.Margin([CodedNaN.Missing, 0f]));
    }

    [Fact]
    public void Read_DefaultLeftAsTruthValues_IsRead()
    {
        var file = XgboostFile.Stump();
        XgboostFile.OnlyTree(file)["default_left"] = new JsonArray(false, false, false);

        Assert.Equal((double)Right, XgboostFile.Read(file).Value.Ensemble.Margin([CodedNaN.Missing, 0f]));
    }

    /// <summary>The listed categories go right; every other one, an unknown one too, goes left.</summary>
    [Theory]
    [InlineData(1f, Right)]
    [InlineData(70f, Right)]
    [InlineData(0f, Left)]
    [InlineData(69f, Left)]
    [InlineData(71f, Left)]
    [InlineData(500f, Left)]
    [InlineData(-1f, Left)]
    [InlineData(float.NaN, Right)]
    public void Margin_CategorySet_GoesAsInTheOrigin(float category, float expected)
    {
        var file = XgboostFile.Stump(cut: 123.0);
        var tree = XgboostFile.OnlyTree(file);
        tree["split_type"] = new JsonArray(1, 0, 0);
        tree["default_left"] = new JsonArray(0, 0, 0);
        tree["categories"] = new JsonArray(1, 70);
        tree["categories_nodes"] = new JsonArray(0);
        tree["categories_segments"] = new JsonArray(0);
        tree["categories_sizes"] = new JsonArray(2);

        var model = XgboostFile.Read(file.ToJsonString().Replace("123", "NaN", StringComparison.Ordinal)).Value;

        Assert.Equal((double)expected, model.Ensemble.Margin([category, 0f]));
        Assert.Equal(71, model.Features[0].Categories);
    }

    [Fact]
    public void Margin_SeveralTrees_IsTheirSum()
    {
        var file = XgboostFile.Stump();
        var trees = XgboostFile.Model(file)["trees"]!.AsArray();
        trees.Add(JsonNode.Parse(XgboostFile.Tree(3.0, 0.125, 1.0)));
        XgboostFile.Model(file)["tree_info"] = new JsonArray(0, 0);
        XgboostFile.Model(file)["gbtree_model_param"]!["num_trees"] = "2";
        XgboostFile.Model(file)["gbtree_model_param"]!["num_parallel_tree"] = "2";

        Assert.Equal(0.5 + 0.125, XgboostFile.Read(file).Value.Ensemble.Margin([2f, 0f]));
    }

    [Fact]
    public void Margin_Dart_WeighsTheTrees()
    {
        var file = XgboostFile.Stump();
        var booster = file["learner"]!["gradient_booster"]!.DeepClone();
        file["learner"]!["gradient_booster"] = new JsonObject { ["gbtree"] = booster, ["name"] = "dart", ["weight_drop"] = new JsonArray(0.5) };

        Assert.Equal(0.25, XgboostFile.Read(file).Value.Ensemble.Margin([2f, 0f]));
    }

    [Fact]
    public void Read_DeletedNodes_AreLeftOut()
    {
        var file = XgboostFile.Stump();
        var tree = XgboostFile.OnlyTree(file);
        foreach (var (name, value) in new (string, JsonNode)[] { ("left_children", -1), ("right_children", -1), ("split_indices", int.MaxValue), ("split_conditions", 0.0), ("default_left", 0), ("split_type", 0), ("sum_hessian", 3.0) })
            tree[name]!.AsArray().Add(value);
        tree["tree_param"]!["num_nodes"] = "4";
        tree["tree_param"]!["num_deleted"] = "1";

        Assert.Equal(3, XgboostFile.Read(file).Value.Ensemble.Nodes.Count);
    }

    [Fact]
    public void Read_BaseScoreAsArray_IsRead()
    {
        var file = XgboostFile.Stump();
        file["version"] = new JsonArray(3, 1, 0);
        file["learner"]!["learner_model_param"]!["base_score"] = "[2.5E-1]";

        Assert.Equal(Math.Log(0.25 / 0.75), XgboostFile.Read(file).Value.Ensemble.BaseValue, 1e-12);
    }

    /// <summary>Measured: XGBoost 1.7.4 takes the base score of binary:logitraw for a margin.</summary>
    [Fact]
    public void Read_RawObjective_TakesTheBaseScoreAsAMargin()
    {
        var file = XgboostFile.Stump();
        file["learner"]!["objective"]!["name"] = "binary:logitraw";
        file["learner"]!["learner_model_param"]!["base_score"] = "-2.5E-1";

        Assert.Equal(-0.25, XgboostFile.Read(file).Value.Ensemble.BaseValue);
    }

    [Fact]
    public void Read_BestRoundBeforeTheLast_IsNoted()
    {
        var file = XgboostFile.Stump();
        XgboostFile.Model(file)["trees"]!.AsArray().Add(JsonNode.Parse(XgboostFile.Tree(3.0, 0.125, 1.0)));
        XgboostFile.Model(file)["tree_info"] = new JsonArray(0, 0);
        XgboostFile.Model(file)["gbtree_model_param"]!["num_trees"] = "2";
        file["learner"]!["attributes"]!["best_iteration"] = "0";
        file["learner"]!["objective"]!["reg_loss_param"]!["scale_pos_weight"] = "3";

        Assert.Equal(["xgboost.bestRound", "xgboost.weight"], XgboostFile.Read(file).Value.Notes.Select(note => note.Code));
    }

    /// <summary>A code of a dictionary goes where the number goes that the model was trained on.</summary>
    [Fact]
    public void Over_ColumnWithCodes_SendsThemAsPlainNumbers()
    {
        var file = XgboostFile.Stump();
        XgboostFile.OnlyTree(file)["default_left"] = new JsonArray(0, 0, 0);
        FeatureColumn[] columns = [FeatureColumn.Number("age"), new FeatureColumn("income", 0, [], ["-9", "99"])];

        var ensemble = XgboostFile.Read(file).Value.Over(columns).Value;

        Assert.Equal(Right, ensemble.Margin([0f, CodedNaN.Missing]));
        Assert.Equal(Left, ensemble.Margin([0f, CodedNaN.Of(1)]));
        Assert.Equal(Right, ensemble.Margin([0f, CodedNaN.Of(2)]));
        Assert.Equal(Left, ensemble.Margin([9f, 1f]));
    }

    [Fact]
    public void Over_AbsentFeatures_NamesEachOfThem()
    {
        var outcome = XgboostFile.Read(XgboostFile.Stump()).Value.Over([FeatureColumn.Number("salary")]);

        Assert.Equal([("import.feature.absent", "income"), ("import.feature.absent", "age")], outcome.Problems.Select(problem => (problem.Code, problem.Field!)));
    }

    [Fact]
    public void Over_UnnamedFeatures_GoByPosition()
    {
        var file = XgboostFile.Stump();
        file["learner"]!["feature_names"] = new JsonArray();
        file["learner"]!["feature_types"] = new JsonArray();
        var model = XgboostFile.Read(file).Value;

        Assert.Equal(["f0", "f1"], model.Features.Select(feature => feature.Name));
        Assert.Equal(Left, model.Over([FeatureColumn.Number("a"), FeatureColumn.Number("b")]).Value.Margin([1f, 9f]));
        Assert.Equal("import.feature.count", model.Over([FeatureColumn.Number("a")]).Problems.Single().Code);
    }

    private static string Spelled(float value) => float.IsPositiveInfinity(value) ? "Infinity" : float.IsNegativeInfinity(value) ? "-Infinity" : value.ToString("E9", System.Globalization.CultureInfo.InvariantCulture);
}
