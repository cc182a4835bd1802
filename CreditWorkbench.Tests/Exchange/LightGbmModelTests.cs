using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

public sealed class LightGbmModelTests
{
    private const double Left = -0.25;
    private const double Right = 0.5;

    [Fact]
    public void Read_Stump_HasNamesCountsAndOrigin()
    {
        var model = LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.Stump("1.5", LightGbmFile.NaNMissing)])).Value;

        Assert.Equal([new ImportedFeature("income", null, 0), new ImportedFeature("age", null, 0)], model.Features);
        Assert.Equal(("binary sigmoid:1", "LightGBM v4", true), (model.Objective, model.Origin, model.IsNamed));
        Assert.Equal(("lightgbm", LinkKind.LogOdds, Aggregation.Sum), (model.Ensemble.Family, model.Ensemble.Link.Kind, model.Ensemble.Aggregation));
        Assert.Equal([100.0, 60.0, 40.0], model.Ensemble.Nodes.Cover);
        Assert.Equal(0.6 * Left + 0.4 * Right, model.Ensemble.Nodes.Value[0], 1e-12);
        Assert.Empty(model.Notes);
    }

    /// <summary>LightGBM compares in float64: at the float below, at and above a threshold that no float hits, ours goes the same way.</summary>
    [Theory]
    [InlineData("1.5", 1.5f, Left)]
    [InlineData("1.5", 1.5000001f, Right)]
    [InlineData("0.1", 0.1f, Right)] // 0.1f is 0.10000000149, above 0.1
    [InlineData("0.1", 0.099999994f, Left)]
    [InlineData("0.10000000149011612", 0.1f, Left)]
    [InlineData("0.10000000149011611", 0.1f, Right)]
    [InlineData("16777217", 16777216f, Left)]
    [InlineData("16777217", 16777218f, Right)]
    [InlineData("-16777217", -16777216f, Right)]
    [InlineData("-16777217", -16777218f, Left)]
    [InlineData("1e300", float.MaxValue, Left)]
    [InlineData("1e300", float.PositiveInfinity, Right)]
    [InlineData("inf", float.PositiveInfinity, Left)]
    [InlineData("-1e300", -float.MaxValue, Right)]
    [InlineData("-1e300", float.NegativeInfinity, Left)]
    [InlineData("1e-320", 0f, Left)]
    [InlineData("1e-320", float.Epsilon, Right)]
    [InlineData("-1e-320", 0f, Right)]
    [InlineData("-1e-320", -float.Epsilon, Left)]
    public void Margin_AtTheThreshold_GoesAsInTheOrigin(string threshold, float income, double expected)
    {
        var model = LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.Stump(threshold, LightGbmFile.NaNMissing)])).Value;

        Assert.Equal(expected, model.Ensemble.Margin([income, 0f]));
    }

    /// <summary>What is missing depends on the node: nothing (NaN counts as 0), zero, or NaN.</summary>
    [Theory]
    [InlineData("1.5", 0, float.NaN, Left)]
    [InlineData("-1.5", 0, float.NaN, Right)]
    [InlineData("-1.5", LightGbmFile.DefaultLeft, float.NaN, Right)]
    [InlineData("-1.5", LightGbmFile.NaNMissing | LightGbmFile.DefaultLeft, float.NaN, Left)]
    [InlineData("1.5", LightGbmFile.NaNMissing, float.NaN, Right)]
    [InlineData("1.5", LightGbmFile.NaNMissing, 0f, Left)]
    [InlineData("1.5", LightGbmFile.ZeroMissing, float.NaN, Right)]
    [InlineData("1.5", LightGbmFile.ZeroMissing, 0f, Right)]
    [InlineData("1.5", LightGbmFile.ZeroMissing, 1e-35f, Right)]
    [InlineData("1.5", LightGbmFile.ZeroMissing, 1.0000001e-35f, Left)]
    [InlineData("1.5", LightGbmFile.ZeroMissing, -1e-35f, Right)]
    [InlineData("1.5", LightGbmFile.ZeroMissing, -1.0000001e-35f, Left)]
    [InlineData("1.5", LightGbmFile.ZeroMissing, 1.5000001f, Right)]
    [InlineData("-1.5", LightGbmFile.ZeroMissing | LightGbmFile.DefaultLeft, 0f, Left)]
    [InlineData("-1.5", LightGbmFile.ZeroMissing | LightGbmFile.DefaultLeft, float.NaN, Left)]
    [InlineData("-1.5", LightGbmFile.ZeroMissing | LightGbmFile.DefaultLeft, -1f, Right)]
    [InlineData("-1.5", LightGbmFile.ZeroMissing | LightGbmFile.DefaultLeft, -1.5f, Left)]
    [InlineData("-1.5", LightGbmFile.ZeroMissing | LightGbmFile.DefaultLeft, 1f, Right)]
    [InlineData("1.0000000180025095e-35", LightGbmFile.ZeroMissing, 0f, Right)]
    [InlineData("1.0000000180025095e-35", LightGbmFile.ZeroMissing, -1f, Left)]
    [InlineData("1.0000000180025095e-35", LightGbmFile.ZeroMissing | LightGbmFile.DefaultLeft, 0f, Left)]
    public void Margin_MissingTypes_TakeTheirWay(string threshold, int decision, float income, double expected)
    {
        var model = LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.Stump(threshold, decision)])).Value;

        Assert.Equal(expected, model.Ensemble.Margin([income, 0f]));
    }

    [Fact]
    public void Margin_MinusZeroWhereZeroIsMissing_IsMissing()
    {
        var model = LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.Stump("1.5", LightGbmFile.ZeroMissing)])).Value;

        Assert.Equal(Right, model.Ensemble.Margin([-0f, 0f]));
    }

    [Theory]
    [InlineData("5", 0f, Left)]
    [InlineData("5", 1f, Right)]
    [InlineData("5", 2.9f, Left)]
    [InlineData("5", -0.5f, Left)]
    [InlineData("5", -1f, Right)]
    [InlineData("5", 32f, Right)]
    [InlineData("5", float.NaN, Right)]
    [InlineData("5", float.PositiveInfinity, Right)]
    [InlineData("5", 3e9f, Right)]
    [InlineData("0 2147483648", 63f, Left)]
    [InlineData("0 2147483648", 31f, Right)]
    [InlineData("0", 0f, Right)]
    public void Margin_Categories_FollowTheBits(string words, float category, double expected)
    {
        var model = LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.CategoryStump(words)])).Value;

        Assert.Equal(expected, model.Ensemble.Margin([0f, category]));
    }

    [Theory]
    [InlineData("binary sigmoid:2", "", 2 * Left)]
    [InlineData("binary sigmoid:0.5", "", 0.5 * Left)]
    [InlineData("binary", "", Left)]
    [InlineData("cross_entropy", "", Left)]
    [InlineData("xentropy", "", Left)]
    [InlineData("binary sigmoid:1", "average_output\n", Left / 2 + 0.125)]
    public void Margin_ObjectiveAndAverage_AreLogOdds(string objective, string extra, double expected)
    {
        var trees = extra.Length == 0 ? new[] { LightGbmFile.Stump("1.5", LightGbmFile.NaNMissing) } : [LightGbmFile.Stump("1.5", LightGbmFile.NaNMissing), "num_leaves=1\nnum_cat=0\nleaf_value=0.25\nshrinkage=1\n"];

        var model = LightGbmFile.Read(LightGbmFile.Of(trees, objective, extra)).Value;

        Assert.Equal(expected, model.Ensemble.Margin([1f, 0f]), 1e-15);
    }

    [Theory]
    [InlineData("num_leaves=1\nnum_cat=0\nleaf_value=0.75\nshrinkage=1\n")]
    [InlineData("num_leaves=1\nnum_cat=0\nsplit_feature=\nsplit_gain=\nthreshold=\ndecision_type=\nleft_child=\nright_child=\nleaf_value=0.75\nleaf_weight=\nleaf_count=7\ninternal_value=\nis_linear=0\nshrinkage=1\n")]
    public void Read_TreeOfOneLeaf_IsAConstant(string tree) =>
        Assert.Equal(0.75, LightGbmFile.Read(LightGbmFile.Of([tree])).Value.Ensemble.Margin([5f, float.NaN]));

    [Fact]
    public void Read_DefaultNames_GoByPosition() =>
        Assert.False(LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.Stump("1", 0)], names: "Column_0 Column_1")).Value.IsNamed);

    [Fact]
    public void Read_WeightsAndTextCategories_AreSaidAloud()
    {
        var file = LightGbmFile.Of([LightGbmFile.Stump("1", 0)], after: "[scale_pos_weight: 3]\n").Replace("pandas_categorical:null", "pandas_categorical:[[\"a\", \"b\"]]", StringComparison.Ordinal);

        Assert.Equal(["lightgbm.weight", "lightgbm.categories"], LightGbmFile.Read(file).Value.Notes.Select(note => note.Code));
    }

    /// <summary>Every kind of test at random, values on, beside and far from the thresholds: one by one, and many at a time.</summary>
    [Theory]
    [InlineData(1, "binary sigmoid:1", "")]
    [InlineData(2, "binary sigmoid:1.7", "")]
    [InlineData(3, "cross_entropy", "")]
    [InlineData(4, "binary sigmoid:1", "average_output\n")]
    public void Margins_RandomModels_EqualTheOracles(int seed, string objective, string extra)
    {
        var text = LightGbmFile.Random(seed, trees: 30, leaves: 12, features: 5, objective, extra);
        var (oracle, ensemble) = (new LightGbmOracle(text), LightGbmFile.Read(text).Value.Ensemble);
        var rows = ExchangeRows.Around(ensemble, seed, 400);
        var margins = new double[rows.Count];

        ensemble.MarginsOfRows([.. rows.SelectMany(row => row)], margins, cancellation: TestContext.Current.CancellationToken);

        for (var row = 0; row < rows.Count; row++)
        {
            Assert.Equal(oracle.LogOdds(rows[row]), ensemble.Margin(rows[row]), 1e-12);
            Assert.Equal(ensemble.Margin(rows[row]), margins[row]);
        }
    }

    /// <summary>A test that became a chain keeps the expectations of the test that it was: its weight stays with its two ways.</summary>
    [Fact]
    public void PathDependent_ZeroAsMissing_EqualsTheGameOfTheOrigin()
    {
        var zero = LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.Stump("1.5", LightGbmFile.ZeroMissing), LightGbmFile.Stump("-1.5", LightGbmFile.ZeroMissing | LightGbmFile.DefaultLeft, feature: 1)])).Value.Ensemble;
        var plain = LightGbmFile.Read(LightGbmFile.Of([LightGbmFile.Stump("1.5", LightGbmFile.NaNMissing), LightGbmFile.Stump("-1.5", LightGbmFile.NaNMissing | LightGbmFile.DefaultLeft, feature: 1)])).Value.Ensemble;

        foreach (var (row, same) in new (float[] Row, float[] Same)[] { ([0f, 0f], [9f, -9f]), ([1f, -1f], [1f, 9f]), ([float.NaN, float.NaN], [9f, -9f]) })
        {
            var (theirs, ours) = (Attributors.PathDependent(plain).Explain(same).Value, Attributors.PathDependent(zero).Explain(row).Value);

            Assert.Equal(theirs.Base, ours.Base, 1e-12);
            Assert.Equal(theirs.Contributions[0], ours.Contributions[0], 1e-12);
            Assert.Equal(theirs.Contributions[1], ours.Contributions[1], 1e-12);
        }
    }
}
