using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class InteractionPortfolioTests
{
    [Theory]
    [MemberData(nameof(QuadratureTests.Cases), MemberType = typeof(QuadratureTests))]
    public void PathDependent_EveryWidth_EqualsTheExactValues(int depth, LinkKind kind, int features)
    {
        var random = new Random(700 + depth + features);
        var ensemble = RandomForests.Of(random, depth, kind, features, trees: 3);
        var rows = Enumerable.Range(0, 70).Select(_ => Ensembles.RandomRow(random, features)).ToList();
        var exact = InteractionExplainers.PathDependent(ensemble);
        var forest = QuadratureForest.TryBuild(ensemble, withPairs: true)!;

        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            var actual = new QuadratureInteractions(forest, width).Explain(Ensembles.Matrix(rows), 2, cancellation: TestContext.Current.CancellationToken).Value;
            for (var row = 0; row < rows.Count; row++) AssertClose(exact.Explain(rows[row]).Value, actual, row);
        }
    }

    [Fact]
    public void PathDependent_Widths_HaveTheSameBits()
    {
        var random = new Random(32);
        var ensemble = RandomForests.Of(random, 9, LinkKind.LogOdds, 11, trees: 4);
        var rows = Ensembles.Matrix([.. Enumerable.Range(0, 600).Select(_ => Ensembles.RandomRow(random, 11))]);
        var forest = QuadratureForest.TryBuild(ensemble, withPairs: true)!;

        var expected = new QuadratureInteractions(forest, LaneWidth.Scalar).Explain(rows, 1, cancellation: TestContext.Current.CancellationToken).Value.Values;

        foreach (var width in Enum.GetValues<LaneWidth>())
            Assert.Equal(expected, new QuadratureInteractions(forest, width).Explain(rows, 3, cancellation: TestContext.Current.CancellationToken).Value.Values);
    }

    [Fact]
    public void Interventional_Portfolio_EqualsTheExactValues()
    {
        var random = new Random(33);
        var ensemble = RandomForests.Of(random, 5, LinkKind.Logit, 7);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 20).Select(_ => Ensembles.RandomRow(random, 7))]);
        var rows = Enumerable.Range(0, 40).Select(_ => Ensembles.RandomRow(random, 7)).ToList();
        var exact = InteractionExplainers.Interventional(ensemble, background);

        var actual = InteractionPortfolios.Interventional(ensemble, background).Explain(Ensembles.Matrix(rows), 2, cancellation: TestContext.Current.CancellationToken).Value;

        for (var row = 0; row < rows.Count; row++) AssertClose(exact.Explain(rows[row]).Value, actual, row);
    }

    [Fact]
    public void Means_ManyTiles_EqualTheMeansOfTheMatrices()
    {
        var random = new Random(34);
        var ensemble = RandomForests.Of(random, 6, LinkKind.LogOdds, 6);
        var rows = Ensembles.Matrix([.. Enumerable.Range(0, 900).Select(_ => Ensembles.RandomRow(random, 6))]);
        var portfolio = InteractionPortfolios.PathDependent(ensemble);

        var all = portfolio.Explain(rows, 1, cancellation: TestContext.Current.CancellationToken).Value;
        var means = portfolio.Means(rows, 1, cancellation: TestContext.Current.CancellationToken).Value;

        for (var i = 0; i < 36; i++)
        {
            Assert.Equal(Enumerable.Range(0, 900).Average(row => Math.Abs((double)all.Row(row)[i])), means.Absolute[i], 9);
            Assert.Equal(Enumerable.Range(0, 900).Average(row => (double)all.Row(row)[i]), means.Signed[i], 9);
        }

        var onThree = portfolio.Means(rows, 3, cancellation: TestContext.Current.CancellationToken).Value;
        Assert.Equal(means.Absolute, onThree.Absolute);
        Assert.Equal(means.Signed, onThree.Signed);
    }

    [Fact]
    public void Explain_OtherColumns_Throws()
    {
        var portfolio = InteractionPortfolios.PathDependent(RandomForests.Of(new Random(1), 3, LinkKind.LogOdds, 4));

        Assert.Throws<ArgumentException>(() => portfolio.Explain(Ensembles.Matrix([[1, 2]]), 1, cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => portfolio.Means(Ensembles.Matrix([[1, 2]]), 1, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Explain_Cancelled_Stops()
    {
        var portfolio = InteractionPortfolios.PathDependent(RandomForests.Of(new Random(1), 3, LinkKind.LogOdds, 2));

        Assert.ThrowsAny<OperationCanceledException>(() => portfolio.Means(Ensembles.Matrix([[1, 2]]), 1, cancellation: new CancellationToken(true)));
    }

    internal static void AssertClose(InteractionValues expected, PortfolioInteractions actual, int row)
    {
        var unit = Math.Max(1, Math.Abs(expected.Margin));
        Assert.InRange(Math.Abs(expected.Base - actual.Base), 0, 1e-9 * unit);
        Assert.Equal(expected.Margin, actual.Margins[row]);
        for (var i = 0; i < expected.Values.Length; i++) Assert.InRange(Math.Abs(expected.Values[i] - actual.Row(row)[i]), 0, 1e-5 * unit);
    }
}
