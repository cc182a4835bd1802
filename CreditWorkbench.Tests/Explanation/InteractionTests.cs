using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class InteractionTests
{
    private const int Features = 5;

    [Theory]
    [MemberData(nameof(TreeShapTests.Cases), MemberType = typeof(TreeShapTests))]
    public void PathDependent_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(300 + depth);
        var ensemble = RandomForests.Of(random, depth, kind, Features);
        var explainer = InteractionExplainers.PathDependent(ensemble);
        var single = new PathDependentExplainer(ensemble);

        for (var trial = 0; trial < 8; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            AssertExact(ensemble, row, explainer.Explain(row).Value, single.Explain(row).Value, coalition => ShapleyOracle.PathDependent(ensemble, row, coalition));
        }
    }

    [Theory]
    [MemberData(nameof(TreeShapTests.Cases), MemberType = typeof(TreeShapTests))]
    public void Interventional_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(400 + depth);
        var ensemble = RandomForests.Of(random, depth, kind, Features);
        var background = Enumerable.Range(0, 13).Select(_ => Ensembles.RandomRow(random, Features)).ToList();
        var explainer = InteractionExplainers.Interventional(ensemble, Ensembles.Matrix(background));
        var single = new InterventionalExplainer(ensemble, Ensembles.Matrix(background));

        for (var trial = 0; trial < 8; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            AssertExact(ensemble, row, explainer.Explain(row).Value, single.Explain(row).Value, coalition => ShapleyOracle.Interventional(ensemble, row, background, coalition));
        }
    }

    [Fact]
    public void PathDependent_StumpsOnly_HaveNoPairs()
    {
        var ensemble = Ensembles.Of(2, Link.LogOdds, Aggregation.Sum, 0.1, Ensembles.Stump(0, 0.5f, -1, 1), Ensembles.Stump(1, 0.5f, -2, 2));

        var values = InteractionExplainers.PathDependent(ensemble).Explain([0, 1]).Value;

        Assert.Equal([-1.0, 0, 0, 2.0], values.Values);
    }

    [Fact]
    public void Oracle_InteractionsOfAnotherRow_AreToldApart()
    {
        var random = new Random(5);
        var ensemble = RandomForests.Of(random, 4, LinkKind.LogOdds, Features);
        var (row, other) = (Ensembles.RandomRow(random, Features), Ensembles.RandomRow(random, Features));
        var (values, single) = (InteractionExplainers.PathDependent(ensemble).Explain(other).Value, new PathDependentExplainer(ensemble).Explain(other).Value);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertExact(ensemble, row, values, single, coalition => ShapleyOracle.PathDependent(ensemble, row, coalition)));
    }

    private static void AssertExact(TreeEnsemble ensemble, float[] row, InteractionValues actual, Attribution single, Func<int, double> game)
    {
        var expected = ShapleyOracle.Interactions(Features, game);
        var carry = RandomForests.Secant(ensemble, row, game(0));
        var unit = Math.Max(1, Math.Abs(actual.Margin));
        for (var i = 0; i < Features; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < Features; j++)
            {
                Assert.Equal(actual[i, j], actual[j, i]);
                Assert.InRange(Math.Abs(actual[i, j] - carry * expected[i * Features + j]), 0, 1e-9 * unit);
                sum += actual[i, j];
            }

            Assert.InRange(Math.Abs(sum - single.Contributions[i]), 0, 1e-12 * unit);
        }

        Assert.Equal(ensemble.Margin(row), actual.Margin);
        Assert.InRange(Math.Abs(actual.Base + actual.Values.Sum() - actual.Margin), 0, 1e-9 * Math.Abs(actual.Margin));
    }
}
