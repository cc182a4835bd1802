using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

/// <summary>One row through trees side by side: the leaves of the plain walk, added in the same order.</summary>
public sealed class RowTreesTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(7UL)]
    [InlineData(8UL)]
    [InlineData(29UL)]
    public void Sum_RandomTreesSetsAndCodes_EqualsTheWalkBitForBit(ulong seed)
    {
        var ensemble = RandomEnsembles.Of(seed);

        AssertEqualsWalk(ensemble, [.. RandomEnsembles.Vectors(seed + 1, 500)]);
    }

    [Fact]
    public void Sum_DeepTreesBesideSingleLeaves_EqualsTheWalkBitForBit()
    {
        var ensemble = GrownTrees.Of(seed: 3, [0, 14, 2, 6, 3, 0, 1, 9, 13, 5, 0], specialCodes: 2);

        AssertEqualsWalk(ensemble, GrownTrees.Vectors(4, 500, ensemble));
    }

    [Fact]
    public void Sum_ValuesOnTheirCutsAndAtTheEnds_EqualsTheWalkBitForBit()
    {
        float[] ends = [float.NegativeInfinity, float.MinValue, -0f, 0f, float.Epsilon, float.MaxValue, float.PositiveInfinity];
        var ensemble = GrownTrees.Of(seed: 6, [5, 5, 5], specialCodes: 1, cuts: ends);

        AssertEqualsWalk(ensemble, Array.ConvertAll([.. ends, 1f, CodedNaN.Of(0), CodedNaN.Of(1)], value => new[] { value, -value, value }));
    }

    [Fact]
    public void TryBuild_NoTree_AddsNothing()
    {
        var ensemble = GrownTrees.Of(seed: 1, [], specialCodes: 0);

        Assert.Equal(0.0, RowTrees.TryBuild(ensemble.Nodes)!.Sum([1f, 2f, 3f]));
    }

    [Fact]
    public void TryBuild_MoreWaysToSendNaNsThanKeys_IsLeftToTheWalk()
    {
        var ensemble = GrownTrees.Of(seed: 2, [13], specialCodes: 11);

        Assert.Null(RowTrees.TryBuild(ensemble.Nodes));
        AssertStaysTheSame(ensemble, GrownTrees.Vectors(3, 1, ensemble)[0]);
    }

    [Fact]
    public void Quantity_AskedAgainAndAgain_KeepsItsBits()
    {
        var ensemble = GrownTrees.Of(seed: 11, [6, 6, 6, 6, 6, 6, 6, 6, 6, 3], specialCodes: 1);

        foreach (var vector in GrownTrees.Vectors(12, 5, ensemble)) AssertStaysTheSame(ensemble, vector);
    }

    private static void AssertStaysTheSame(TreeEnsemble ensemble, float[] vector)
    {
        var expected = ensemble.BaseValue + Walk(ensemble, vector);

        for (var call = 0; call < 200; call++) Assert.Equal(expected, ensemble.Quantity(vector));
    }

    private static void AssertEqualsWalk(TreeEnsemble ensemble, float[][] vectors)
    {
        var trees = RowTrees.TryBuild(ensemble.Nodes)!;

        Assert.Equal(vectors.Select(vector => Walk(ensemble, vector)), vectors.Select(vector => trees.Sum(vector)));
    }

    private static double Walk(TreeEnsemble ensemble, float[] vector) =>
        Enumerable.Range(0, ensemble.TreeCount).Aggregate(0.0, (sum, tree) => sum + ensemble.Nodes.Value[ensemble.LeafOf(tree, vector)]);
}
