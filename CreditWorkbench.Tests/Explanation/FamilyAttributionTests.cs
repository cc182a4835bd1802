using System.Collections.Immutable;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>Every family against the enumeration of coalitions: additive, blended, networks.</summary>
public sealed class FamilyAttributionTests
{
    private const int Features = 4;

    public static TheoryData<string> Exact() => ["additive", "blend"];

    [Theory]
    [MemberData(nameof(Exact))]
    public void Interventional_ExactFamily_EqualsEnumerationOfCoalitions(string family)
    {
        var random = new Random(21);
        var predictor = family == "additive" ? (Predictor)new Steps() : Blend(random, LinkKind.LogOdds);
        var background = Rows(random, 9);
        var attributor = Attributors.Interventional(predictor, Ensembles.Matrix(background));

        foreach (var row in Rows(random, 10))
        {
            var attribution = attributor.Explain(row).Value;
            var expected = ShapleyOracle.Values(Features, coalition => background.Average(other => predictor.Margin([.. row.Select((value, i) => (coalition >> i & 1) != 0 ? value : other[i])])));
            AssertAddsUp(predictor, row, attribution);
            Assert.False(attribution.IsSampled);
            for (var i = 0; i < Features; i++) Assert.Equal(expected[i], attribution.Contributions[i], 1e-9);
        }
    }

    [Fact]
    public void Blend_MembersWithCurvedLinks_AddsTheirCarriedContributions()
    {
        var random = new Random(22);
        var blend = Blend(random, LinkKind.Logit);
        var background = Ensembles.Matrix(Rows(random, 9));
        var attributor = Attributors.Interventional(blend, background);
        var members = blend.Members.Select(member => Attributors.Interventional(member.Predictor, background)).ToArray();

        foreach (var row in Rows(random, 10))
        {
            var attribution = attributor.Explain(row).Value;
            AssertAddsUp(blend, row, attribution);
            for (var i = 0; i < Features; i++)
            {
                var expected = blend.Members.Select((member, m) => member.Weight * member.Slope * members[m].Explain(row).Value.Contributions[i]).Sum();
                Assert.Equal(expected, attribution.Contributions[i], 1e-9);
            }
        }
    }

    [Fact]
    public void PathDependent_AdditiveModel_ComparesWithTheTrainingMeans()
    {
        var predictor = new Steps();

        var attribution = Attributors.PathDependent(predictor).Explain([3, 0, CodedNaN.Missing, 1]).Value;

        Assert.Equal(Additivity.Sum(predictor.Intercept, [.. predictor.MeanTerms]), attribution.Base, 12);
        for (var i = 0; i < Features; i++) Assert.Equal(predictor.Term(i, new[] { 3, 0, CodedNaN.Missing, 1 }[i]) - predictor.MeanTerms[i], attribution.Contributions[i], 12);
    }

    [Theory]
    [InlineData("additive")]
    [InlineData("blend")]
    [InlineData("network")]
    public void Portfolio_AnyFamily_EqualsTheAttributorRowByRow(string family)
    {
        var random = new Random(23);
        Predictor predictor = family switch { "additive" => new Steps(), "blend" => Blend(random, LinkKind.Logit), _ => Network(random) };
        var (background, rows) = (Ensembles.Matrix(Rows(random, 9)), Rows(random, 70));
        (IAttributor Exact, PortfolioExplainer Portfolio)[] both =
        [
            (Attributors.Interventional(predictor, background), PortfolioExplainers.Interventional(predictor, background)),
            (Attributors.PathDependent(predictor), PortfolioExplainers.PathDependent(predictor)),
        ];

        foreach (var (exact, portfolio) in both)
        {
            var shap = portfolio.Explain(Ensembles.Matrix(rows), threads: 2, cancellation: TestContext.Current.CancellationToken).Value;

            Assert.Equal(exact.Base, shap.Base, 9);
            Assert.Equal(family == "network", shap.IsSampled);
            for (var row = 0; row < rows.Length; row++)
            {
                var attribution = exact.Explain(rows[row]).Value;
                Assert.Equal(attribution.Margin, shap.Margins[row]);
                for (var i = 0; i < Features; i++) Assert.Equal(attribution.Contributions[i], shap.Row(row)[i], 1e-5);
            }
        }
    }

    [Fact]
    public void Network_Sampled_AddsUpSaysSoAndComesNearTheExactValues()
    {
        var random = new Random(24);
        var network = Network(random);
        var background = Rows(random, SampledAttributor.Pairs);
        var attributor = Attributors.Interventional(network, Ensembles.Matrix(background));

        foreach (var row in Rows(random, 5))
        {
            var attribution = attributor.Explain(row).Value;
            var expected = ShapleyOracle.Values(Features, coalition => background.Average(other => network.Margin([.. row.Select((value, i) => (coalition >> i & 1) != 0 ? value : other[i])])));
            AssertAddsUp(network, row, attribution);
            Assert.True(attribution.IsSampled);
            Assert.Equal(attribution.Contributions, attributor.Explain(row).Value.Contributions);
            for (var i = 0; i < Features; i++) Assert.Equal(expected[i], attribution.Contributions[i], 0.2 * Math.Max(0.1, expected.Max(Math.Abs)));
        }
    }

    private static void AssertAddsUp(Predictor predictor, float[] row, Attribution attribution)
    {
        Assert.Equal(predictor.Margin(row), attribution.Margin);
        Assert.InRange(Math.Abs(attribution.Base + attribution.Contributions.Sum() - attribution.Margin), 0, 1e-9 * Math.Max(1, Math.Abs(attribution.Margin)));
    }

    private static float[][] Rows(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Ensembles.RandomRow(random, Features))];

    private static BlendPredictor Blend(Random random, LinkKind kind) => new(
    [
        new BlendMember(PatternPortfolioTests.RandomEnsemble(random, 4, kind, Features, trees: 3), 0.5, 1.2, 0.1),
        new BlendMember(PatternPortfolioTests.RandomEnsemble(random, 3, LinkKind.LogOdds, Features, trees: 2), 0.3, 0.7, -0.2),
        new BlendMember(new Steps(), 0.2, 1.0, 0.0),
    ]);

    private static NeuralNetwork Network(Random random)
    {
        ImmutableArray<NetworkColumn> columns = [.. Enumerable.Range(0, Features).Select(_ => new NetworkColumn(2, 1.5, 0, 8, 0, 2))];
        var inputs = columns.Sum(column => column.Inputs);
        ImmutableArray<double> Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        return new NeuralNetwork(columns, [new NetworkLayer(inputs, Draw(inputs * 6), Draw(6)), new NetworkLayer(6, Draw(6), Draw(1))]);
    }

    private sealed class Steps() : AdditivePredictor(-0.7, [0.1, 0.2, -0.3, 0.05])
    {
        public override string Family => "steps";

        public override double Term(int column, float value) => float.IsNaN(value) ? 0.4 + CodedNaN.CodeOf(value) : (column + 1) * (value > 2 ? 0.3 : -0.2);
    }
}
