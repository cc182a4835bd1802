using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class DeepInterventionalTests
{
    [Theory]
    [MemberData(nameof(QuadratureTests.Cases), MemberType = typeof(QuadratureTests))]
    public void Portfolio_AnyDepth_EqualsTheExactAttribution(int depth, LinkKind kind, int features)
    {
        var random = new Random(600 + depth + features);
        var ensemble = RandomForests.Of(random, depth, kind, features, trees: 3);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 77).Select(_ => Ensembles.RandomRow(random, features))]);
        var rows = Enumerable.Range(0, 150).Select(_ => Ensembles.RandomRow(random, features)).ToList();
        var exact = new InterventionalExplainer(ensemble, background);

        var actual = CubePortfolio.TryBuild(ensemble, background, null)!.Explain(Ensembles.Matrix(rows), 2, cancellation: TestContext.Current.CancellationToken).Value;

        for (var row = 0; row < rows.Count; row++) QuadratureTests.AssertClose(exact.Explain(rows[row]).Value, actual, row);
    }

    [Fact]
    public void Portfolio_FeatureWithAThousandCuts_EqualsTheExactAttribution()
    {
        var random = new Random(1_001);
        var ensemble = Ensembles.Of(3, Link.LogOdds, Aggregation.Sum, 0, [.. Enumerable.Range(0, 1_000).Select(i => Ensembles.Stump(0, i + 0.5f, -1, 1)), Ensembles.Random(random, 3, 6, -1, 1)]);
        var rows = Enumerable.Range(0, 120).Select(i => (float[])[i == 7 ? CodedNaN.Missing : (float)(random.NextDouble() * 1_002 - 1), i % 5, i % 7]).ToList();
        var background = Ensembles.Matrix(rows[..40]);
        var exact = new InterventionalExplainer(ensemble, background);

        var actual = CubePortfolio.TryBuild(ensemble, background, null)!.Explain(Ensembles.Matrix(rows), 1, cancellation: TestContext.Current.CancellationToken).Value;

        for (var row = 0; row < rows.Count; row++) QuadratureTests.AssertClose(exact.Explain(rows[row]).Value, actual, row);
    }

    [Fact]
    public void Portfolio_Threads_DoNotChangeABit()
    {
        var random = new Random(41);
        var ensemble = RandomForests.Of(random, 9, LinkKind.Logit, 12, trees: 3);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 50).Select(_ => Ensembles.RandomRow(random, 12))]);
        var rows = Ensembles.Matrix([.. Enumerable.Range(0, 500).Select(_ => Ensembles.RandomRow(random, 12))]);
        var explainer = CubePortfolio.TryBuild(ensemble, background, null)!;

        var (one, three) = (explainer.Explain(rows, 1, cancellation: TestContext.Current.CancellationToken).Value, explainer.Explain(rows, 3, cancellation: TestContext.Current.CancellationToken).Value);

        Assert.Equal(one.Contributions, three.Contributions);
    }

    [Fact]
    public void Dispatch_DeepTrees_TakesTheCubesWithinTheLimit()
    {
        var ensemble = Ensembles.Of(6, Link.LogOdds, Aggregation.Sum, 0, QuadratureTests.Chain(9, 6));
        var background = Ensembles.Matrix([[0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1]]);

        Assert.Equal("leaf-cubes", PortfolioExplainers.Interventional(ensemble, background).Engine);
        Assert.Null(CubePortfolio.TryBuild(ensemble, background, new ExplanationLimits { TableBytes = 8 }));
        Assert.Null(CubePortfolio.TryBuild(Ensembles.Of(17, Link.LogOdds, Aggregation.Sum, 0, QuadratureTests.Chain(17, 17)), Ensembles.Matrix([new float[17]]), null));
    }

    [Fact]
    public void Portfolio_BackgroundThatDoesNotFit_Throws()
    {
        var ensemble = Ensembles.Of(2, Link.LogOdds, Aggregation.Sum, 0, QuadratureTests.Chain(9, 2));

        Assert.Throws<ArgumentException>(() => CubePortfolio.TryBuild(ensemble, Ensembles.Matrix([[1, 2, 3]]), null));
        Assert.Throws<ArgumentException>(() => CubePortfolio.TryBuild(ensemble, new FeatureMatrix([FeatureColumn.Number("a"), FeatureColumn.Number("b")], 0, []), null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Extend_Vectors_EqualRowByRow(bool again)
    {
        var random = new Random(8);
        var before = Enumerable.Range(0, 208).Select(_ => (ushort)random.Next(1 << 16)).ToArray();
        if (!again) before = [.. before.Select(pattern => (ushort)(pattern & ~(1 << 15)))];
        var passed = Enumerable.Range(0, 4).Select(_ => (ulong)random.NextInt64()).ToArray();
        var (vectors, byRow) = (new ushort[208], new ushort[208]);

        foreach (var flip in (ulong[])[0, ulong.MaxValue])
        {
            PassPatterns.Extend(before, vectors, passed, flip, 15, again);
            PassPatterns.ExtendByRow(before, byRow, passed, flip, 15, again);
            Assert.Equal(byRow, vectors);
        }
    }
}
