using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>Pattern tables against the enumeration of coalitions and against each other.</summary>
public sealed class PatternPortfolioTests
{
    private const int Features = 5;

    public static TheoryData<int, LinkKind> Cases()
    {
        var data = new TheoryData<int, LinkKind>();
        foreach (var kind in Enum.GetValues<LinkKind>())
        {
            for (var depth = 1; depth <= PatternPlan.MaxDepth; depth++) data.Add(depth, kind);
        }

        return data;
    }

    public static TheoryData<string> Engines() => [.. Enum.GetValues<PatternEngine>().Where(PatternEngines.IsSupported).Select(engine => engine.ToString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void PathDependent_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(300 + depth);
        var ensemble = RandomEnsemble(random, depth, kind, Features, trees: 4);
        var rows = Rows(random, 40, Features);

        var shap = Explain(Portfolio(ensemble, null), Ensembles.Matrix(rows));

        AssertExact(ensemble, rows, shap, (row, coalition) => ShapleyOracle.PathDependent(ensemble, row, coalition));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Interventional_AnyDepth_EqualsEnumerationOfCoalitions(int depth, LinkKind kind)
    {
        var random = new Random(400 + depth);
        var ensemble = RandomEnsemble(random, depth, kind, Features, trees: 4);
        var (rows, background) = (Rows(random, 20, Features), Rows(random, 13, Features));

        var shap = Explain(Portfolio(ensemble, Ensembles.Matrix(background)), Ensembles.Matrix(rows));

        AssertExact(ensemble, rows, shap, (row, coalition) => ShapleyOracle.Interventional(ensemble, row, background, coalition));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Explain_BorderOfATile_GivesEveryRowTheBitsOfTheScalarTwin(string name)
    {
        var random = new Random(7);
        var ensemble = RandomEnsemble(random, PatternPlan.MaxDepth, LinkKind.LogOdds, 12, trees: 12);
        var all = Rows(random, 2 * TileExplainer.MaxRows + 1, 12);
        var plan = PatternPlanBuilder.TryBuild(ensemble)!;
        var background = Ensembles.Matrix(Rows(random, 2_100, 12));
        var (scalar, engine) = (new PatternPortfolio(plan, background, PatternEngine.Scalar), new PatternPortfolio(plan, background, Enum.Parse<PatternEngine>(name)));
        var expected = Explain(scalar, Ensembles.Matrix(all));

        foreach (var count in (int[])[1, 31, 32, 33, 63, 64, 65, 2_047, 2_048, 2_049, 4_097])
        {
            var shap = Explain(engine, Ensembles.Matrix(all[..count]), threads: count % 3 + 1);

            Assert.Equal(expected.Contributions[..(count * 12)], shap.Contributions);
            Assert.Equal(expected.Margins[..count], shap.Margins);
        }
    }

    [Fact]
    public void Explain_BackgroundBeyondOneTile_EqualsTheExactAttributor()
    {
        var random = new Random(8);
        var ensemble = RandomEnsemble(random, 6, LinkKind.LogOdds, 8, trees: 10);
        var background = Ensembles.Matrix(Rows(random, 5_000, 8));
        var rows = Rows(random, 50, 8);
        var exact = new InterventionalExplainer(ensemble, background);

        var shap = Explain(Portfolio(ensemble, background), Ensembles.Matrix(rows));

        for (var row = 0; row < rows.Length; row++)
        {
            var expected = exact.Explain(rows[row]).Value;
            for (var i = 0; i < 8; i++) Assert.Equal(expected.Contributions[i], shap.Row(row)[i], 1e-5);
        }
    }

    [Fact]
    public void Explain_FeatureWithMoreThan255Cuts_IsLeftToAnotherPath()
    {
        var stumps = Enumerable.Range(0, 256).Select(i => Ensembles.Stump(0, i, -1, 1)).ToArray();

        Assert.NotNull(PatternPlanBuilder.TryBuild(Ensembles.Of(1, Link.LogOdds, Aggregation.Sum, 0, stumps[..255])));
        Assert.Null(PatternPlanBuilder.TryBuild(Ensembles.Of(1, Link.LogOdds, Aggregation.Sum, 0, stumps)));
    }

    [Fact]
    public void Explain_255Cuts_TellsEveryValueApart()
    {
        var stumps = Enumerable.Range(0, 255).Select(i => Ensembles.Stump(0, i, -1, 1)).ToArray();
        var ensemble = Ensembles.Of(1, Link.LogOdds, Aggregation.Sum, 0, stumps);
        float[][] rows = [.. Enumerable.Range(-1, 258).Select(i => new[] { (float)i }), [CodedNaN.Missing]];

        var shap = Explain(Portfolio(ensemble, null), Ensembles.Matrix(rows));

        for (var row = 0; row < rows.Length; row++) Assert.Equal(ensemble.Margin(rows[row]), shap.Base + shap.Row(row)[0], 1e-4);
    }

    [Fact]
    public void Dispatch_TablesBeyondTheLimit_TakesTheExactPathAndSaysSo()
    {
        var random = new Random(9);
        var ensemble = RandomEnsemble(random, 6, LinkKind.LogOdds, 8, trees: 10);
        var rows = Ensembles.Matrix(Rows(random, 20, 8));

        var within = PortfolioExplainers.PathDependent(ensemble);
        var beyond = PortfolioExplainers.PathDependent(ensemble, new ExplanationLimits { TableBytes = 1_000 });

        Assert.StartsWith("pattern-tables/", within.Engine, StringComparison.Ordinal);
        Assert.DoesNotContain("pattern-tables", beyond.Engine, StringComparison.Ordinal);
        var (fast, slow) = (Explain(within, rows), Explain(beyond, rows));
        for (var i = 0; i < fast.Contributions.Length; i++) Assert.Equal(slow.Contributions[i], fast.Contributions[i], 1e-5);
    }

    [Fact]
    public void Explain_TreesOfOneLeaf_GivesZeroEverywhere()
    {
        var ensemble = Ensembles.Of(2, Link.LogOdds, Aggregation.Sum, 0.5, new Sketch.Leaf(0.25, 1), new Sketch.Leaf(-1, 1));

        var shap = Explain(Portfolio(ensemble, null), Ensembles.Matrix([[1, 2], [3, 4]]));

        Assert.Equal(new float[4], shap.Contributions);
        Assert.Equal([-0.25, -0.25], shap.Margins);
    }

    internal static TreeEnsemble RandomEnsemble(Random random, int depth, LinkKind kind, int features, int trees)
    {
        var (low, high) = kind switch { LinkKind.Logit => (0.0, 1.0), LinkKind.Ordinal => (400.0, 800.0), _ => (-1.0, 1.0) };
        var sketches = Enumerable.Range(0, trees).Select(_ => Ensembles.Random(random, features, depth, low, high)).ToArray();
        return Ensembles.Of(features, new Link(kind, 500), kind == LinkKind.LogOdds ? Aggregation.Sum : Aggregation.Mean, kind == LinkKind.LogOdds ? -0.3 : 0, sketches);
    }

    private static float[][] Rows(Random random, int count, int features) => [.. Enumerable.Range(0, count).Select(_ => Ensembles.RandomRow(random, features))];

    private static PatternPortfolio Portfolio(TreeEnsemble ensemble, FeatureMatrix? background) =>
        new(PatternPlanBuilder.TryBuild(ensemble)!, background, PatternEngines.Best);

    private static PortfolioShap Explain(PortfolioExplainer explainer, FeatureMatrix rows, int threads = 2) =>
        explainer.Explain(rows, threads, cancellation: TestContext.Current.CancellationToken).Value;

    private static void AssertExact(TreeEnsemble ensemble, float[][] rows, PortfolioShap shap, Func<float[], int, double> game)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var expected = ShapleyOracle.Values(Features, coalition => game(row, coalition));
            var (start, quantity) = (game(row, 0), ensemble.Quantity(row));
            var carry = ensemble.Link.Kind != LinkKind.Logit ? 1.0
                : quantity == start ? 0.0 : (ensemble.Link.ToMargin(quantity) - ensemble.Link.ToMargin(start)) / (quantity - start);
            var unit = Math.Max(1, Math.Abs(shap.Margins[i]));
            Assert.Equal(ensemble.Margin(row), shap.Margins[i]);
            Assert.InRange(Math.Abs(shap.Base - ensemble.Link.ToMargin(start)), 0, 1e-9 * unit);
            for (var feature = 0; feature < Features; feature++) Assert.InRange(Math.Abs(shap.Row(i)[feature] - carry * expected[feature]), 0, 1e-5 * unit);
        }
    }
}
