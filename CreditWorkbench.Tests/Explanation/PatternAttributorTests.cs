using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>Single rows from tables in double: what is issued.</summary>
public sealed class PatternAttributorTests
{
    private const int Features = 5;

    [Theory]
    [MemberData(nameof(PatternPortfolioTests.Cases), MemberType = typeof(PatternPortfolioTests))]
    public void PathDependent_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(500 + depth);
        var ensemble = PatternPortfolioTests.RandomEnsemble(random, depth, kind, Features, trees: 4);
        var attributor = Attributor(ensemble, null);

        for (var trial = 0; trial < 12; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            TreeShapTests.AssertExact(ensemble, row, attributor.Explain(row).Value, coalition => ShapleyOracle.PathDependent(ensemble, row, coalition));
        }
    }

    [Theory]
    [MemberData(nameof(PatternPortfolioTests.Cases), MemberType = typeof(PatternPortfolioTests))]
    public void Interventional_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(600 + depth);
        var ensemble = PatternPortfolioTests.RandomEnsemble(random, depth, kind, Features, trees: 4);
        var background = Enumerable.Range(0, 13).Select(_ => Ensembles.RandomRow(random, Features)).ToList();
        var attributor = Attributor(ensemble, Ensembles.Matrix(background));

        for (var trial = 0; trial < 8; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            TreeShapTests.AssertExact(ensemble, row, attributor.Explain(row).Value, coalition => ShapleyOracle.Interventional(ensemble, row, background, coalition));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(90)]
    [InlineData(300)]
    public void Explain_ByAnyEngine_GivesEqualBits(int features)
    {
        var random = new Random(features);
        var ensemble = PatternPortfolioTests.RandomEnsemble(random, PatternPlan.MaxDepth, LinkKind.LogOdds, features, trees: 30);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 50).Select(_ => Ensembles.RandomRow(random, features))]);
        var plan = PatternPlanBuilder.TryBuild(ensemble)!;
        var engines = Enum.GetValues<RowEngine>().Select(engine => (One: new PatternAttributor(plan, background, engine), Other: new PatternAttributor(plan, null, engine))).ToArray();

        for (var trial = 0; trial < 50; trial++)
        {
            var row = Ensembles.RandomRow(random, features);
            var expected = Bits(PatternAttributor.ExplainAll([engines[0].One, engines[0].Other], row));
            Assert.All(engines, engine => Assert.Equivalent(expected, Bits(PatternAttributor.ExplainAll([engine.One, engine.Other], row)), strict: true));
            Assert.All(engines, engine => Assert.Equivalent(expected[0], Bits([engine.One.Explain(row)])[0], strict: true));
        }
    }

    [Fact]
    public void ExplainAll_OfOneEnsemble_GivesTheBitsThatEachGivesAlone()
    {
        var random = new Random(17);
        var ensemble = PatternPortfolioTests.RandomEnsemble(random, PatternPlan.MaxDepth, LinkKind.LogOdds, 20, trees: 30);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 50).Select(_ => Ensembles.RandomRow(random, 20))]);
        var players = new Players([.. Enumerable.Range(0, 20).Select(column => column / 2)], 20);
        IAttributor one = Attributor(ensemble, background), other = Attributor(ensemble, null);
        IAttributor joined = PatternAttributor.TryBuild(ensemble, background, null, players)!, exact = new InterventionalExplainer(ensemble, background);
        IAttributor[][] groups = [[one], [one, other], [one, joined], [one, other, joined], [joined, one, other], [one, other, joined, joined], [one, exact, other]];

        for (var trial = 0; trial < 20; trial++)
        {
            var row = Ensembles.RandomRow(random, 20);
            foreach (var group in groups)
                Assert.Equivalent(Bits([.. group.Select(attributor => attributor.Explain(row))]), Bits(JointAttribution.Explain(group, row)), strict: true);
        }
    }

    [Fact]
    public void ExplainAll_OfTwoEnsembles_IsNotOneWalk()
    {
        var random = new Random(18);
        var one = Attributor(PatternPortfolioTests.RandomEnsemble(random, 5, LinkKind.LogOdds, 6, trees: 5), null);
        var other = Attributor(PatternPortfolioTests.RandomEnsemble(random, 5, LinkKind.LogOdds, 6, trees: 5), null);
        var row = Ensembles.RandomRow(random, 6);

        Assert.False(one.WalksWith(other));
        Assert.Equivalent(Bits([one.Explain(row), other.Explain(row)]), Bits(JointAttribution.Explain([one, other], row)), strict: true);
    }

    [Fact]
    public void Explain_FromSeveralThreads_GivesEqualBits()
    {
        var random = new Random(11);
        var ensemble = PatternPortfolioTests.RandomEnsemble(random, 6, LinkKind.Logit, 8, trees: 20);
        var attributor = Attributor(ensemble, null);
        var rows = Enumerable.Range(0, 200).Select(_ => Ensembles.RandomRow(random, 8)).ToArray();
        var expected = rows.Select(row => attributor.Explain(row).Value.Contributions).ToArray();
        var actual = new double[rows.Length][];

        Parallel.For(0, rows.Length, i => actual[i] = Attributor(ensemble, null).Explain(rows[i]).Value.Contributions);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Extract_AnyMask_EqualsItsScalarTwin()
    {
        var random = new Random(12);

        for (var trial = 0; trial < 1_000; trial++)
        {
            var (bits, mask) = ((ulong)random.NextInt64(), (ulong)random.NextInt64() & (ulong)random.NextInt64());
            Assert.Equal(RowOutcomes.ExtractScalar(bits, mask), RowOutcomes.Extract(bits, mask));
        }

        Assert.Equal(0b101UL, RowOutcomes.ExtractScalar(0b10010, 0b11010 & 0b10111 | 0b1000));
    }

    [Fact]
    public void RowPlan_AnyTrees_GivesEachPatternARowOfItsOwn()
    {
        var random = new Random(15);
        var plan = PatternPlanBuilder.TryBuild(PatternPortfolioTests.RandomEnsemble(random, PatternPlan.MaxDepth, LinkKind.LogOdds, 12, trees: 25))!;
        var rows = RowPlanBuilder.Build(plan);

        var taken = plan.Subtrees.SelectMany((subtree, number) => Enumerable.Range(0, subtree.Patterns).Select(pattern => rows.RowOfPattern(number, pattern)));

        Assert.Equal(Enumerable.Range(0, plan.Rows), taken.Order());
    }

    [Fact]
    public void Explain_TreesOfOneLeafAndOfOneTest_EqualsEnumerationOfCoalitions()
    {
        var ensemble = Ensembles.Of(Features, Link.LogOdds, Aggregation.Sum, 0.5, Ensembles.Stump(0, 0.5f, -1, 1), Ensembles.Stump(1, 0.25f, 2, -3));
        var leaves = GrownTrees.Of(seed: 1, [0, 0, 0], specialCodes: 0);

        foreach (var row in new float[][] { [0.4f, 0.3f, 0, 0, 0], [0.6f, 0.1f, 0, 0, 0], [float.NaN, 0.2f, 0, 0, 0] })
            TreeShapTests.AssertExact(ensemble, row, Attributor(ensemble, null).Explain(row).Value, coalition => ShapleyOracle.PathDependent(ensemble, row, coalition));
        Assert.Equal([0.0, 0.0, 0.0], Attributor(leaves, null).Explain([1f, 2f, 3f]).Value.Contributions);
    }

    [Fact]
    public void Dispatch_DepthBeyondTables_TakesAnotherExactPath()
    {
        var random = new Random(13);
        var deep = PatternPortfolioTests.RandomEnsemble(random, 10, LinkKind.LogOdds, 24, trees: 10);
        var shallow = PatternPortfolioTests.RandomEnsemble(random, 6, LinkKind.LogOdds, 24, trees: 10);

        Assert.IsType<PatternAttributor>(Attributors.PathDependent(shallow));
        Assert.IsNotType<PatternAttributor>(Attributors.PathDependent(deep));
        Assert.IsNotType<PatternAttributor>(Attributors.PathDependent(shallow, new ExplanationLimits { TableBytes = 0 }));
    }

    [Fact]
    public void Players_JoinedColumns_EqualTheExactGroupedPaths()
    {
        var random = new Random(14);
        var ensemble = PatternPortfolioTests.RandomEnsemble(random, PatternPlan.MaxDepth, LinkKind.LogOdds, 9, trees: 12);
        var players = new Players([0, 1, 0, 2, 1, 3, 3, 3, 0], 9);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 30).Select(_ => Ensembles.RandomRow(random, 9))]);
        var (fast, exact) = (PatternAttributor.TryBuild(ensemble, background, null, players)!, new InterventionalExplainer(ensemble, background, players));
        var (fastByCover, exactByCover) = (PatternAttributor.TryBuild(ensemble, null, null, players)!, new PathDependentExplainer(ensemble, players));

        for (var trial = 0; trial < 30; trial++)
        {
            var row = Ensembles.RandomRow(random, 9);
            for (var player = 0; player < players.Count; player++)
            {
                Assert.Equal(exact.Explain(row).Value.Contributions[player], fast.Explain(row).Value.Contributions[player], 1e-9);
                Assert.Equal(exactByCover.Explain(row).Value.Contributions[player], fastByCover.Explain(row).Value.Contributions[player], 1e-9);
            }
        }
    }

    private static long[][] Bits(Outcome<Attribution>[] explained) =>
        [.. explained.Select(each => new[] { each.Value.Base, each.Value.Margin }.Concat(each.Value.Contributions).Select(BitConverter.DoubleToInt64Bits).ToArray())];

    private static PatternAttributor Attributor(TreeEnsemble ensemble, FeatureMatrix? background) => new(PatternPlanBuilder.TryBuild(ensemble)!, background);
}
