using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class GroupAttributorsTests
{
    private const int Features = 6;
    private static readonly int[] Players = [0, 1, 1, 2, 0, 3];

    [Theory]
    [InlineData(3, LinkKind.LogOdds)]
    [InlineData(5, LinkKind.Logit)]
    [InlineData(6, LinkKind.Ordinal)]
    public void PathDependent_Groups_EqualEnumerationOfGroupCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(300 + depth);
        var ensemble = Ensemble(random, depth, kind);
        var explainer = GroupAttributors.PathDependent(ensemble, Players);

        for (var trial = 0; trial < 10; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            AssertExact(ensemble, row, explainer.Explain(row).Value, coalition => ShapleyOracle.PathDependent(ensemble, row, Columns(coalition)));
        }
    }

    [Theory]
    [InlineData(3, LinkKind.LogOdds)]
    [InlineData(5, LinkKind.Logit)]
    [InlineData(6, LinkKind.Ordinal)]
    public void Interventional_Groups_EqualEnumerationOfGroupCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(400 + depth);
        var ensemble = Ensemble(random, depth, kind);
        var background = Enumerable.Range(0, 11).Select(_ => Ensembles.RandomRow(random, Features)).ToList();
        var explainer = GroupAttributors.Interventional(ensemble, Ensembles.Matrix(background), Players);

        for (var trial = 0; trial < 10; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            AssertExact(ensemble, row, explainer.Explain(row).Value, coalition => ShapleyOracle.Interventional(ensemble, row, background, Columns(coalition)));
        }
    }

    /// <summary>f = [x0 > 0][x1 > 0][x2 > 0], all three passed against a background row that fails all: each column has a third, so x0 and
    /// x1 together have two thirds; as one player against x2 they have a half.</summary>
    [Fact]
    public void Interventional_ColumnsThatInteractWithAThird_AreNotTheSumOfTheirColumns()
    {
        static Sketch Passed(int feature, Sketch next) => new Sketch.Split(feature, 0f, null, 0, new Sketch.Leaf(0, 1), next);
        var ensemble = Ensembles.Of(3, Link.LogOdds, Aggregation.Sum, 0, Passed(0, Passed(1, Passed(2, new Sketch.Leaf(1, 1)))));
        var background = Ensembles.Matrix([[-1f, -1f, -1f]]);
        float[] row = [1f, 1f, 1f];

        var columns = Attributors.Interventional(ensemble, background).Explain(row).Value.Contributions;
        var groups = GroupAttributors.Interventional(ensemble, background, [0, 0, 1]).Explain(row).Value.Contributions;

        Assert.Equal(2.0 / 3, columns[0] + columns[1], 1e-12);
        Assert.Equal([0.5, 0.5], groups.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Groups_OfOneColumnEach_AreTheColumns()
    {
        var random = new Random(9);
        var ensemble = Ensemble(random, 5, LinkKind.LogOdds);
        var row = Ensembles.RandomRow(random, Features);

        var columns = Attributors.PathDependent(ensemble).Explain(row).Value;
        var groups = GroupAttributors.PathDependent(ensemble, [0, 1, 2, 3, 4, 5]).Explain(row).Value;

        Assert.Equal(columns.Contributions, groups.Contributions);
    }

    [Fact]
    public void Groups_OneOfAll_HasTheWholeGap()
    {
        var random = new Random(10);
        var ensemble = Ensemble(random, 5, LinkKind.LogOdds);
        var row = Ensembles.RandomRow(random, Features);

        var all = GroupAttributors.PathDependent(ensemble, [0, 0, 0, 0, 0, 0]).Explain(row).Value;

        Assert.Equal(ensemble.Margin(row) - all.Base, all.Contributions.Single(), 1e-12);
    }

    [Fact]
    public void Blend_Groups_AreTheMembersWeighted()
    {
        var random = new Random(11);
        var (boosting, forest) = (Ensemble(random, 4, LinkKind.LogOdds), Ensemble(random, 4, LinkKind.Logit));
        var blend = new BlendPredictor([new BlendMember(boosting, 0.75, 1.25, -0.5), new BlendMember(forest, 0.25, 0.5, 0.25)]);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 7).Select(_ => Ensembles.RandomRow(random, Features))]);
        var row = Ensembles.RandomRow(random, Features);

        var groups = GroupAttributors.Interventional(blend, background, Players).Explain(row).Value;

        var (first, second) = (GroupAttributors.Interventional(boosting, background, Players).Explain(row).Value, GroupAttributors.Interventional(forest, background, Players).Explain(row).Value);
        Assert.Equal(blend.Margin(row), groups.Base + groups.Contributions.Sum(), 1e-12);
        for (var player = 0; player < 4; player++)
            Assert.Equal(0.75 * 1.25 * first.Contributions[player] + 0.25 * 0.5 * second.Contributions[player], groups.Contributions[player], 1e-12);
    }

    [Theory]
    [InlineData(0, 1, 1, 2, 0)]
    [InlineData(0, 1, 1, 3, 0, 3)]
    [InlineData(0, 1, -1, 2, 0, 3)]
    public void Groups_ThatDoNotFit_AreRefused(params int[] players)
    {
        var ensemble = Ensemble(new Random(1), 3, LinkKind.LogOdds);

        Assert.Throws<ArgumentException>(() => GroupAttributors.PathDependent(ensemble, players));
    }

    private static TreeEnsemble Ensemble(Random random, int depth, LinkKind kind)
    {
        var (low, high) = kind switch { LinkKind.Logit => (0.05, 0.9), LinkKind.Ordinal => (400.0, 800.0), _ => (-1.0, 1.0) };
        var trees = Enumerable.Range(0, 4).Select(_ => Ensembles.Random(random, Features, depth, low, high)).ToArray();
        return Ensembles.Of(Features, new Link(kind, kind == LinkKind.Logit ? 1_000 : 0), kind == LinkKind.LogOdds ? Aggregation.Sum : Aggregation.Mean, kind == LinkKind.LogOdds ? -0.75 : 0, trees);
    }

    private static int Columns(int coalition) => Enumerable.Range(0, Features).Where(column => (coalition >> Players[column] & 1) != 0).Sum(column => 1 << column);

    private static void AssertExact(TreeEnsemble ensemble, float[] row, Attribution attribution, Func<int, double> game)
    {
        var expected = ShapleyOracle.Values(4, game);
        var secant = ensemble.Link.SecantFactor(ensemble.Quantity(row), game(0));
        Assert.Equal(ensemble.Link.ToMargin(game(0)), attribution.Base, 1e-9 * Math.Max(1, Math.Abs(attribution.Base)));
        for (var player = 0; player < expected.Length; player++) Assert.Equal(expected[player] * secant, attribution.Contributions[player], 1e-9 * Math.Max(1, Math.Abs(attribution.Margin)));
    }
}
