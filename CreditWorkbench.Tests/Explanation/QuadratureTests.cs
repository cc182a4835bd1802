using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class QuadratureTests
{
    public static TheoryData<int, LinkKind, int> Cases()
    {
        var data = new TheoryData<int, LinkKind, int>();
        foreach (var kind in Enum.GetValues<LinkKind>())
        {
            foreach (var depth in (int[])[1, 2, 3, 5, 7, 8, 10, 12])
            {
                foreach (var features in (int[])[3, 9, 24]) data.Add(depth, kind, features);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Portfolio_EveryWidth_EqualsTheExactAttribution(int depth, LinkKind kind, int features)
    {
        var random = new Random(500 + depth + features);
        var ensemble = RandomForests.Of(random, depth, kind, features, trees: 3);
        var rows = Enumerable.Range(0, 150).Select(_ => Ensembles.RandomRow(random, features)).ToList();
        var exact = new PathDependentExplainer(ensemble);

        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            var actual = new QuadraturePortfolio(QuadratureForest.TryBuild(ensemble)!, width).Explain(Ensembles.Matrix(rows), 1, cancellation: TestContext.Current.CancellationToken).Value;
            for (var row = 0; row < rows.Count; row++) AssertClose(exact.Explain(rows[row]).Value, actual, row);
        }
    }

    [Fact]
    public void Portfolio_Widths_HaveTheSameBits()
    {
        var random = new Random(31);
        var ensemble = RandomForests.Of(random, 10, LinkKind.LogOdds, 12, trees: 5);
        var rows = Ensembles.Matrix([.. Enumerable.Range(0, 700).Select(_ => Ensembles.RandomRow(random, 12))]);
        var forest = QuadratureForest.TryBuild(ensemble)!;

        var expected = new QuadraturePortfolio(forest, LaneWidth.Scalar).Explain(rows, 1, cancellation: TestContext.Current.CancellationToken).Value.Contributions;

        foreach (var width in Enum.GetValues<LaneWidth>())
            Assert.Equal(expected, new QuadraturePortfolio(forest, width).Explain(rows, 2, cancellation: TestContext.Current.CancellationToken).Value.Contributions);
    }

    [Fact]
    public void Portfolio_CoversOfZero_EqualsTheExactAttribution()
    {
        var random = new Random(77);
        var ensemble = Ensembles.Of(4, Link.LogOdds, Aggregation.Sum, 0, [.. Enumerable.Range(0, 6).Select(_ => WithZeroCovers(random, Ensembles.Random(random, 4, 9, -1, 1)))]);
        var rows = Enumerable.Range(0, 200).Select(_ => Ensembles.RandomRow(random, 4)).ToList();
        var exact = new PathDependentExplainer(ensemble);

        var actual = new QuadraturePortfolio(QuadratureForest.TryBuild(ensemble)!, LaneWidths.Widest).Explain(Ensembles.Matrix(rows), 2, cancellation: TestContext.Current.CancellationToken).Value;

        Assert.Contains(ensemble.Nodes.Cover, cover => cover == 0);
        for (var row = 0; row < rows.Count; row++) AssertClose(exact.Explain(rows[row]).Value, actual, row);
    }

    [Fact]
    public void Portfolio_FeatureWithAThousandCuts_EqualsTheExactAttribution()
    {
        var random = new Random(1_000);
        var ensemble = Ensembles.Of(3, Link.LogOdds, Aggregation.Sum, 0, [.. Enumerable.Range(0, 1_000).Select(i => Ensembles.Stump(0, i + 0.5f, -1, 1)), Ensembles.Random(random, 3, 6, -1, 1)]);
        var rows = Enumerable.Range(0, 300).Select(i => (float[])[i == 7 ? CodedNaN.Missing : (float)(random.NextDouble() * 1_002 - 1), i % 5, i % 7]).ToList();
        var exact = new PathDependentExplainer(ensemble);
        var forest = QuadratureForest.TryBuild(ensemble)!;

        Assert.True(forest.Coder.IsWide[0]);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            var actual = new QuadraturePortfolio(forest, width).Explain(Ensembles.Matrix(rows), 1, cancellation: TestContext.Current.CancellationToken).Value;
            for (var row = 0; row < rows.Count; row++) AssertClose(exact.Explain(rows[row]).Value, actual, row);
        }
    }

    [Fact]
    public void Dispatch_DeepTrees_TakesTheQuadrature()
    {
        var random = new Random(12);
        var ensemble = Ensembles.Of(6, Link.LogOdds, Aggregation.Sum, 0, Chain(9, 6), Ensembles.Random(random, 6, 9, -1, 1));

        Assert.StartsWith("quadrature/", PortfolioExplainers.PathDependent(ensemble).Engine, StringComparison.Ordinal);
    }

    [Fact]
    public void TryBuild_PathWithSeventeenFeatures_IsLeftToTheExactPath()
    {
        Assert.NotNull(QuadratureForest.TryBuild(Ensembles.Of(17, Link.LogOdds, Aggregation.Sum, 0, Chain(16, 16))));
        Assert.Null(QuadratureForest.TryBuild(Ensembles.Of(17, Link.LogOdds, Aggregation.Sum, 0, Chain(17, 17))));
    }

    [Fact]
    public void Portfolio_RowsOfAnotherCase_AreToldApart()
    {
        var random = new Random(3);
        var ensemble = RandomForests.Of(random, 8, LinkKind.LogOdds, 6);
        var (row, other) = (Ensembles.RandomRow(random, 6), Ensembles.RandomRow(random, 6));
        var actual = new QuadraturePortfolio(QuadratureForest.TryBuild(ensemble)!, LaneWidths.Widest).Explain(Ensembles.Matrix([other]), 1, cancellation: TestContext.Current.CancellationToken).Value;

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertClose(new PathDependentExplainer(ensemble).Explain(row).Value, actual, 0));
    }

    internal static Sketch Chain(int depth, int features)
    {
        Sketch tree = new Sketch.Leaf(1, 1);
        for (var test = 0; test < depth; test++) tree = new Sketch.Split(test % features, 0.5f, null, 0, new Sketch.Leaf(test, 1), tree);
        return tree;
    }

    private static Sketch WithZeroCovers(Random random, Sketch sketch) => sketch switch
    {
        Sketch.Leaf leaf => leaf with { Cover = random.Next(3) == 0 ? 0 : leaf.Cover },
        Sketch.Split split => split with { Left = WithZeroCovers(random, split.Left), Right = WithZeroCovers(random, split.Right) },
        _ => sketch,
    };

    internal static void AssertClose(Attribution expected, PortfolioShap actual, int row)
    {
        var unit = Math.Max(1, Math.Abs(expected.Margin));
        Assert.InRange(Math.Abs(expected.Base - actual.Base), 0, 1e-9 * unit);
        Assert.Equal(expected.Margin, actual.Margins[row]);
        for (var i = 0; i < actual.Features; i++) Assert.InRange(Math.Abs(expected.Contributions[i] - actual.Row(row)[i]), 0, 1e-5 * unit);
    }
}
