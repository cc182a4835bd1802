using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class TreeShapTests
{
    private const int Features = 5;

    public static TheoryData<int, LinkKind> Cases()
    {
        var data = new TheoryData<int, LinkKind>();
        foreach (var kind in Enum.GetValues<LinkKind>())
        {
            for (var depth = 1; depth <= 6; depth++) data.Add(depth, kind);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Interventional_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(100 + depth);
        var ensemble = RandomEnsemble(random, depth, kind);
        var background = Enumerable.Range(0, 13).Select(_ => Ensembles.RandomRow(random, Features)).ToList();
        var explainer = new InterventionalExplainer(ensemble, Ensembles.Matrix(background));

        for (var trial = 0; trial < 8; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            AssertExact(ensemble, row, explainer.Explain(row).Value, coalition => ShapleyOracle.Interventional(ensemble, row, background, coalition));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PathDependent_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(200 + depth);
        var ensemble = RandomEnsemble(random, depth, kind);
        var explainer = new PathDependentExplainer(ensemble);

        for (var trial = 0; trial < 8; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            AssertExact(ensemble, row, explainer.Explain(row).Value, coalition => ShapleyOracle.PathDependent(ensemble, row, coalition));
        }
    }

    [Fact]
    public void Oracle_RandomTrees_RepeatFeaturesAndMeetMissingValuesCodesAndCategories()
    {
        var random = new Random(106);
        var ensemble = RandomEnsemble(random, 6, LinkKind.LogOdds);
        var rows = Enumerable.Range(0, 50).Select(_ => Ensembles.RandomRow(random, Features)).ToList();

        Assert.Contains(ensemble.Nodes.CategorySet, set => set >= 0);
        Assert.Contains(rows, row => row.Any(value => float.IsNaN(value) && CodedNaN.CodeOf(value) == 0));
        Assert.Contains(rows, row => row.Any(value => float.IsNaN(value) && CodedNaN.CodeOf(value) == 2));
        Assert.Contains(Enumerable.Range(0, ensemble.Nodes.Count), node => ensemble.Nodes.Feature[node] >= 0
            && (ensemble.Nodes.Feature[ensemble.Nodes.Left[node]] == ensemble.Nodes.Feature[node]));
    }

    [Fact]
    public void Oracle_AttributionOfAnotherRow_IsToldApart()
    {
        var random = new Random(5);
        var ensemble = RandomEnsemble(random, 4, LinkKind.LogOdds);
        var explainer = new PathDependentExplainer(ensemble);
        var (row, other) = (Ensembles.RandomRow(random, Features), Ensembles.RandomRow(random, Features));

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertExact(ensemble, row, explainer.Explain(other).Value, coalition => ShapleyOracle.PathDependent(ensemble, row, coalition)));
    }

    [Theory]
    [InlineData(LinkKind.LogOdds)]
    [InlineData(LinkKind.Logit)]
    [InlineData(LinkKind.Ordinal)]
    public void BothKinds_DeepForestsWithManyFeatures_AddUpOnEveryRow(LinkKind kind)
    {
        var random = new Random(9);
        var ensemble = RandomEnsemble(random, 10, kind, features: 24, trees: 10);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 100).Select(_ => Ensembles.RandomRow(random, 24))]);
        IAttributor[] explainers = [new InterventionalExplainer(ensemble, background), new PathDependentExplainer(ensemble)];

        foreach (var explainer in explainers)
        {
            for (var trial = 0; trial < 30; trial++)
            {
                var row = Ensembles.RandomRow(random, 24);
                var attribution = explainer.Explain(row).Value;
                Assert.Equal(ensemble.Margin(row), attribution.Margin);
                Assert.InRange(Math.Abs(attribution.Base + attribution.Contributions.Sum() - attribution.Margin), 0, 1e-9 * Math.Abs(attribution.Margin));
            }
        }
    }

    [Fact]
    public void Interventional_FeatureThatNoTreeTests_GetsExactlyNothing()
    {
        var ensemble = Ensembles.Of(3, Link.LogOdds, Aggregation.Sum, 0.1, Ensembles.Stump(0, 0.5f, -1, 1));
        var explainer = new InterventionalExplainer(ensemble, Ensembles.Matrix([[0, 0, 0], [1, 5, 5]]));

        Assert.Equal([-1.0, 0, 0], explainer.Explain([0, 9, 9]).Value.Contributions);
    }

    [Fact]
    public void PathDependent_BranchNobodyTook_CountsBothSidesByHalf()
    {
        var inner = Ensembles.Stump(1, 0.5f, 2, 4, leftCover: 0, rightCover: 0);
        var ensemble = Ensembles.Of(2, Link.LogOdds, Aggregation.Sum, 0, new Sketch.Split(0, 0.5f, null, 0, new Sketch.Leaf(1, 10), inner));
        var explainer = new PathDependentExplainer(ensemble);

        var attribution = explainer.Explain([1, 0]).Value;

        Assert.Equal(1.0, attribution.Base, 12);
        Assert.Equal(1.5, attribution.Contributions[0], 12);
        Assert.Equal(-0.5, attribution.Contributions[1], 12);
    }

    [Fact]
    public void Explainer_BackgroundWithoutRows_Throws() =>
        Assert.Throws<ArgumentException>(() => new InterventionalExplainer(Ensembles.Of(1, Link.LogOdds, Aggregation.Sum, 0, Ensembles.Stump(0, 0.5f, -1, 1)), new FeatureMatrix([FeatureColumn.Number("a")], 0, [])));

    [Fact]
    public void SecantFactor_BaseNextToTheRow_KeepsAllDigits()
    {
        var link = new Link(LinkKind.Logit, 1000);

        Assert.Equal(1 / (0.2 * 0.8), link.SecantFactor(0.2, 0.2), 12);
        Assert.Equal(1 / (0.2 * 0.8), link.SecantFactor(0.2 + 1e-15, 0.2), 9);
        Assert.Equal((link.ToMargin(0.20003) - link.ToMargin(0.2)) / 0.00003, link.SecantFactor(0.20003, 0.2), 6);
        Assert.Equal((link.ToMargin(0.9) - link.ToMargin(0.0001)) / (0.9 - 0.0001), link.SecantFactor(0.9, 0.0001), 12);
    }

    private static TreeEnsemble RandomEnsemble(Random random, int depth, LinkKind kind, int features = Features, int trees = 4)
    {
        var (low, high) = kind switch { LinkKind.Logit => (0.0, 1.0), LinkKind.Ordinal => (400.0, 800.0), _ => (-1.0, 1.0) };
        var sketches = Enumerable.Range(0, trees).Select(_ => Ensembles.Random(random, features, depth, low, high)).ToArray();
        return Ensembles.Of(features, new Link(kind, 500), kind == LinkKind.LogOdds ? Aggregation.Sum : Aggregation.Mean, kind == LinkKind.LogOdds ? -0.3 : 0, sketches);
    }

    internal static void AssertExact(TreeEnsemble ensemble, float[] row, Attribution attribution, Func<int, double> game)
    {
        var expected = ShapleyOracle.Values(Features, game);
        var (start, quantity) = (game(0), ensemble.Quantity(row));
        var carry = ensemble.Link.Kind != LinkKind.Logit ? 1.0
            : quantity == start ? 0.0 : (ensemble.Link.ToMargin(quantity) - ensemble.Link.ToMargin(start)) / (quantity - start);
        var unit = Math.Max(1, Math.Abs(attribution.Margin));
        Assert.InRange(Math.Abs(attribution.Base - ensemble.Link.ToMargin(start)), 0, 1e-9 * unit);
        for (var i = 0; i < Features; i++) Assert.InRange(Math.Abs(attribution.Contributions[i] - carry * expected[i]), 0, 1e-9 * unit);
    }
}
