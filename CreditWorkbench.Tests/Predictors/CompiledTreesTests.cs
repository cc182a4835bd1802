using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

public sealed class CompiledTreesTests
{
    public static TheoryData<string, int> Paths()
    {
        var data = new TheoryData<string, int>();
        foreach (var path in Enum.GetNames<CompiledTrees.Path>())
        {
            foreach (var rows in new[] { 1, 31, 257, 1000 }) data.Add(path, rows);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Sum_RandomTreesSetsAndCodes_EqualsTheWalkBitForBit(string path, int rows)
    {
        var ensemble = RandomEnsembles.Of(7);

        AssertEqualsWalk(ensemble, [.. RandomEnsembles.Vectors(8, rows)], Enum.Parse<CompiledTrees.Path>(path));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Sum_ManyCutsAndDeepTrees_EqualsTheWalkBitForBit(string path, int rows)
    {
        // About 3,000 distinct cuts per feature, trees of over 256 leaves, paths of 1 to 14 tests, seven shallow trees between deep ones.
        var ensemble = GrownTrees.Of(seed: 3, [14, 14, 2, 6, 3, 9, 1, 0, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 13], specialCodes: 2);

        AssertEqualsWalk(ensemble, GrownTrees.Vectors(4, rows, ensemble), Enum.Parse<CompiledTrees.Path>(path));
    }

    [Fact]
    public void Sum_ValuesOnTheirCutsAndAtTheEnds_EqualsTheWalkBitForBit()
    {
        var ensemble = GrownTrees.Of(seed: 5, [6, 6, 6, 6, 6, 6, 6, 6], specialCodes: 0);
        float[] edges = [float.NegativeInfinity, float.MinValue, -0f, 0f, float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NaN];
        var cuts = ensemble.Nodes.Cut.Where((_, node) => ensemble.Nodes.Feature[node] >= 0).ToArray();
        float[] values = [.. edges, .. cuts, .. cuts.Select(MathF.BitIncrement), .. cuts.Select(MathF.BitDecrement)];

        AssertEqualsWalk(ensemble, Array.ConvertAll(values, value => new[] { value, value, value }), CompiledTrees.Path.Fastest);
    }

    [Fact]
    public void Sum_CutsAtTheEndsOfTheFloats_EqualsTheWalkBitForBit()
    {
        float[] ends = [float.NegativeInfinity, float.MinValue, -0f, 0f, float.MaxValue, float.PositiveInfinity];
        var ensemble = GrownTrees.Of(seed: 6, [5, 5, 5], specialCodes: 1, cuts: ends);

        AssertEqualsWalk(ensemble, Array.ConvertAll([.. ends, 1f, float.NaN], value => new[] { value, -value, value }), CompiledTrees.Path.Fastest);
    }

    [Fact]
    public void Margins_FirstAskedByManyThreadsAtOnce_AllGetTheSame()
    {
        var ensemble = GrownTrees.Of(seed: 9, [6, 6, 6, 6], specialCodes: 1);
        var vectors = GrownTrees.Vectors(10, 5000, ensemble);
        float[] rows = [.. vectors.SelectMany(vector => vector)];
        var results = new double[8][];

        Parallel.For(0, results.Length, i => ensemble.MarginsOfRows(rows, results[i] = new double[vectors.Length], threads: 2, TestContext.Current.CancellationToken));

        var expected = vectors.Select(vector => ensemble.Margin(vector)).ToArray();
        Assert.All(results, margins => Assert.Equal(expected, margins));
    }

    [Fact]
    public void MarginsOfRows_WrongLength_IsRefused()
    {
        var ensemble = GrownTrees.Of(seed: 9, [2], specialCodes: 0);

        Assert.Throws<ArgumentException>(() => ensemble.MarginsOfRows(new float[7], new double[2], cancellation: TestContext.Current.CancellationToken));
    }

    private static void AssertEqualsWalk(TreeEnsemble ensemble, float[][] vectors, CompiledTrees.Path path)
    {
        var expected = vectors.Select(vector => Enumerable.Range(0, ensemble.TreeCount).Aggregate(0.0, (sum, tree) => sum + ensemble.Nodes.Value[ensemble.LeafOf(tree, vector)])).ToArray();
        var compiled = new CompiledTrees(ensemble.Nodes, ensemble.FeatureCount);
        var (byColumn, byRow) = (new double[vectors.Length], new double[vectors.Length]);
        var columns = new float[ensemble.FeatureCount * vectors.Length];
        for (var i = 0; i < columns.Length; i++) columns[i] = vectors[i % vectors.Length][i / vectors.Length];

        compiled.Sum(columns, vectors.Length, byColumn, path);
        compiled.SumRows(vectors.SelectMany(vector => vector).ToArray(), byRow, path);

        Assert.Equal(expected, byColumn);
        Assert.Equal(expected, byRow);
    }
}
