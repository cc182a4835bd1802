using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class EffectTests
{
    [Fact]
    public void PartialDependence_OfALinearFunction_IsItsSlope()
    {
        var rows = GlobalSamples.Uniform(300, 2, seed: 1);
        var curve = PartialDependence.Of(IceCurves.Of(GlobalSamples.Function(row => 3 * row[0] - 5 * row[1] + 7), rows, EffectGrid.Of(rows, 0), cancellation: TestContext.Current.CancellationToken));

        var meanOfOther = rows.Column(1).ToArray().Average(value => (double)value);
        Assert.All(curve, point => Assert.Equal(3 * point.Value - 5 * meanOfOther + 7, point.Effect, 1e-5));
    }

    [Fact]
    public void PartialDependence_OfAProduct_HasTheMeanOfTheOtherFactorAsSlope()
    {
        var rows = GlobalSamples.Uniform(300, 2, seed: 2);
        var curve = PartialDependence.Of(IceCurves.Of(GlobalSamples.Function(row => row[0] * row[1]), rows, EffectGrid.Of(rows, 0), cancellation: TestContext.Current.CancellationToken));

        var meanOfOther = rows.Column(1).ToArray().Average(value => (double)value);
        Assert.All(curve, point => Assert.Equal(point.Value * meanOfOther, point.Effect, 1e-6));
    }

    [Fact]
    public void IceCurves_OfAdditiveFunction_FallTogetherWhenCentred()
    {
        var rows = GlobalSamples.Uniform(50, 2, seed: 3);
        var grid = EffectGrid.Of(rows, 0);

        var (additive, product) = (
            IceCurves.Of(GlobalSamples.Function(row => row[0] * row[0] + row[1]), rows, grid, cancellation: TestContext.Current.CancellationToken), IceCurves.Of(GlobalSamples.Function(row => row[0] * row[1]), rows, grid, cancellation: TestContext.Current.CancellationToken));

        var last = grid.Values.Count - 1;
        Assert.All(Enumerable.Range(0, 50), row => Assert.Equal(additive.Centred(0, last), additive.Centred(row, last), 1e-6));
        Assert.True(Enumerable.Range(0, 50).Max(row => product.Centred(row, last)) - Enumerable.Range(0, 50).Min(row => product.Centred(row, last)) > 0.5);
        Assert.Equal(0, product.Centred(7, 0));
    }

    [Fact]
    public void Grid_WithCodesAndCategories_TriesEachThatOccurs()
    {
        FeatureColumn[] columns = [new("amount", 0, [], ["-9"]), new("home", 0, ["own", "rent", "other"], [])];
        var rows = new FeatureMatrix(columns, 4, [1, 2, CodedNaN.Missing, CodedNaN.Of(1), 2, 0, 0, CodedNaN.Missing]);

        var (amount, home) = (EffectGrid.Of(rows, 0), EffectGrid.Of(rows, 1));

        Assert.Equal([1f, 2f], amount.Values.Take(amount.Regular));
        Assert.Equal([0, 1], amount.Values.Skip(amount.Regular).Select(CodedNaN.CodeOf));
        Assert.True(home.IsCategory);
        Assert.Equal([0f, 2f], home.Values.Take(home.Regular));
        Assert.Equal(3, home.Values.Count);
    }

    [Fact]
    public void LocalEffects_OfALinearFunction_AreItsSlopeAroundZero()
    {
        var rows = GlobalSamples.Uniform(1000, 2, seed: 4);

        var effects = AccumulatedLocalEffects.Of(GlobalSamples.Function(row => 3 * row[0] + row[1]), rows, 0);

        var mean = rows.Column(0).ToArray().Average(value => (double)value);
        Assert.All(effects, point => Assert.Equal(3 * (point.Value - mean), point.Effect, 0.02));
    }

    [Fact]
    public void LocalEffects_OfCorrelatedFeatures_AreTheFunctionsOwnSlope()
    {
        // f = x0 * x1 with x1 = x0: the effect of x0 alone accumulates the derivative x1 = x0, so x0^2 / 2. Partial dependence asks for
        // pairs that do not exist and finds a straight line.
        var rows = GlobalSamples.Correlated(4000, seed: 5);
        var function = GlobalSamples.Function(row => row[0] * row[1]);

        var effects = AccumulatedLocalEffects.Of(function, rows, 0);
        var partial = PartialDependence.Of(IceCurves.Of(function, rows, EffectGrid.Of(rows, 0), cancellation: TestContext.Current.CancellationToken));

        Assert.All(effects, point => Assert.Equal(point.Value * point.Value / 2 - 1 / 6.0, point.Effect, 0.02));
        Assert.Equal(0.5, (partial[^1].Effect - partial[0].Effect) / (partial[^1].Value - partial[0].Value), 0.02);
        Assert.True(Math.Abs(RankCorrelation.Strongest(rows, 0)!.Value.Correlation) > RankCorrelation.Marked);
    }

    [Fact]
    public void LocalEffects_OfAStep_CentreToMeanZeroOverRows()
    {
        var rows = GlobalSamples.Uniform(500, 1, seed: 6);

        var effects = AccumulatedLocalEffects.Of(GlobalSamples.Function(row => row[0] > 0.3f ? 10 : 0), rows, 0, parts: 50);

        Assert.Equal(10, effects[^1].Effect - effects[0].Effect, 9);
        Assert.Equal(-7, effects[0].Effect, 0.5);
    }

    [Fact]
    public void LocalEffects_OfACategory_AreNone()
    {
        var rows = new FeatureMatrix([new FeatureColumn("home", 0, ["own", "rent"], [])], 2, [0, 1]);

        Assert.Empty(AccumulatedLocalEffects.Of(GlobalSamples.Function(row => row[0]), rows, 0));
    }

    [Fact]
    public void Interactions_OfAdditiveFunction_AreZeroAndOfAProductAreNot()
    {
        var rows = GlobalSamples.Uniform(80, 3, seed: 7);

        var found = InteractionScreen.Of(GlobalSamples.Function(row => Math.Exp(row[0]) + row[1] * row[2]), rows, [0, 1, 2], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((1, 2), (found[0].First, found[0].Second));
        Assert.True(found[0].H > 0.2 && found[0].Size > 0.05, $"{found[0]}");
        Assert.All(found.Skip(1), pair => Assert.Equal(0, pair.H, 1e-9));
    }

    [Fact]
    public void Interactions_OfAPureProduct_EqualTheClosedForm()
    {
        // Over the sample: PD_12 = x1 x2, PD_1 = x1 mean(x2), PD_2 = x2 mean(x1); with centred values the interaction is all of it.
        var rows = GlobalSamples.Matrix(4, [-1, -1, 1, 1, -1, 1, -1, 1]);

        var found = InteractionScreen.Of(GlobalSamples.Function(row => row[0] * row[1]), rows, [0, 1], cancellation: TestContext.Current.CancellationToken)[0];

        Assert.Equal(1, found.H, 1e-12);
        Assert.Equal(1, found.Size, 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 10, 20, 30, 99 }, 1)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 4, 3, 2, 1 }, -1)]
    [InlineData(new double[] { 1, 2, 2, 4 }, new double[] { 1, 3, 2, 4 }, 0.9486832980505138)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 5, 5, 5 }, 0)]
    public void RankCorrelation_OfKnownSamples_IsSpearmans(double[] left, double[] right, double expected) =>
        Assert.Equal(expected, RankCorrelation.Of(left, right), 1e-12);
}
