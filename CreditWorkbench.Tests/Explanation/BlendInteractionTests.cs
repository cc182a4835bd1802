using System.Collections.Immutable;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class BlendInteractionTests
{
    private const int Features = 5;

    [Fact]
    public void Additive_AnyRow_HasItsContributionsOnTheDiagonalOnly()
    {
        var random = new Random(51);
        var linear = Linear(random);
        var background = Ensembles.Matrix([.. Enumerable.Range(0, 9).Select(_ => Ensembles.RandomRow(random, Features))]);
        IInteractionExplainer[] explainers = [InteractionExplainers.PathDependent(linear), InteractionExplainers.Interventional(linear, background)];
        IAttributor[] attributors = [Attributors.PathDependent(linear), Attributors.Interventional(linear, background)];

        for (var kind = 0; kind < 2; kind++)
        {
            var row = Ensembles.RandomRow(random, Features);
            var (values, single) = (explainers[kind].Explain(row).Value, attributors[kind].Explain(row).Value);
            for (var i = 0; i < Features; i++)
            {
                for (var j = 0; j < Features; j++) Assert.Equal(i == j ? single.Contributions[i] : 0, values[i, j]);
            }
        }
    }

    [Fact]
    public void Blend_TreesAndLinear_EqualsEnumerationOfCoalitions()
    {
        var random = new Random(52);
        var (trees, linear) = (RandomForests.Of(random, 5, LinkKind.LogOdds, Features), Linear(random));
        var blend = new BlendPredictor([new BlendMember(trees, 0.7, 1.2, 0.1), new BlendMember(linear, 0.3, 0.8, -0.2)]);
        var background = Enumerable.Range(0, 11).Select(_ => Ensembles.RandomRow(random, Features)).ToList();
        var explainer = InteractionExplainers.Interventional(blend, Ensembles.Matrix(background));

        for (var trial = 0; trial < 10; trial++)
        {
            var row = Ensembles.RandomRow(random, Features);
            var expected = ShapleyOracle.Interactions(
                Features, coalition => background.Average(other => blend.Quantity([.. row.Select((value, i) => (coalition >> i & 1) != 0 ? value : other[i])])));
            var actual = explainer.Explain(row).Value;
            for (var i = 0; i < expected.Length; i++) Assert.InRange(Math.Abs(expected[i] - actual.Values[i]), 0, 1e-9);
            Assert.InRange(Math.Abs(actual.Base + actual.Values.Sum() - blend.Margin(row)), 0, 1e-9 * Math.Max(1e-3, Math.Abs(actual.Margin)));
        }
    }

    [Fact]
    public void Blend_Portfolio_EqualsTheExactValues()
    {
        var random = new Random(53);
        var blend = new BlendPredictor([new BlendMember(RandomForests.Of(random, 9, LinkKind.Logit, Features), 0.6, 1.1, 0.2), new BlendMember(Linear(random), 0.4, 0.9, 0)]);
        var rows = Enumerable.Range(0, 300).Select(_ => Ensembles.RandomRow(random, Features)).ToList();
        var exact = InteractionExplainers.PathDependent(blend);

        var actual = InteractionPortfolios.PathDependent(blend).Explain(Ensembles.Matrix(rows), 2, cancellation: TestContext.Current.CancellationToken).Value;

        for (var row = 0; row < rows.Count; row++) InteractionPortfolioTests.AssertClose(exact.Explain(rows[row]).Value, actual, row);
    }

    private static LinearPredictor Linear(Random random)
    {
        var columns = Enumerable.Range(0, Features).Select(_ => new LinearColumn
        {
            Slope = random.NextDouble() - 0.5,
            Mean = 2,
            Deviation = 1.5,
            Low = 0,
            High = 8,
            CodeTerms = [random.NextDouble(), -random.NextDouble(), 0.3],
        }).ToImmutableArray();
        return new LinearPredictor(-1, columns, [.. columns.Select(_ => random.NextDouble() - 0.5)]);
    }
}
