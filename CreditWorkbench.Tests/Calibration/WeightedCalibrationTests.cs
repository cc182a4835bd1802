using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Calibration;

/// <summary>Calibrators and figures of weighted rows against the same rows written out.</summary>
public sealed class WeightedCalibrationTests
{
    private static readonly double[] Margins = [.. Enumerable.Range(0, 400).Select(row => Math.Sin(row) * 2 + row % 7 * 0.3)];
    private static readonly bool[] Bad = [.. Enumerable.Range(0, 400).Select(row => row * 0.6180339887 % 1.0 < 1.0 / (1.0 + Math.Exp(0.5 - Margins[row])))];
    private static readonly double[] Weights = [.. Enumerable.Range(0, 400).Select(row => 1.0 + row % 4)];
    private static readonly int[] Places = [.. Enumerable.Range(0, 400).SelectMany(row => Enumerable.Repeat(row, (int)Weights[row]))];

    [Fact]
    public void Platt_WholeWeights_GiveTheFitOfRepeatedRows()
    {
        var (weighted, repeated) = (PlattFit.Fit(Margins, Bad, Weights).Value, PlattFit.Fit(Repeated(Margins), Repeated(Bad)).Value);

        Assert.Equal(repeated.Slope, weighted.Slope, 1e-8);
        Assert.Equal(repeated.Intercept, weighted.Intercept, 1e-8);
    }

    [Fact]
    public void Beta_WholeWeights_GiveTheFitOfRepeatedRows()
    {
        var (weighted, repeated) = (BetaFit.Fit(Margins, Bad, Weights).Value, BetaFit.Fit(Repeated(Margins), Repeated(Bad)).Value);

        foreach (var margin in new[] { -2.0, 0.0, 1.5 }) Assert.Equal(repeated.Probability(margin), weighted.Probability(margin), 1e-8);
    }

    [Fact]
    public void Isotonic_WholeWeights_GiveTheFitOfRepeatedRows()
    {
        var (weighted, repeated) = (IsotonicFit.Fit(Margins, Bad, Trend.Rising, Weights).Value, IsotonicFit.Fit(Repeated(Margins), Repeated(Bad), Trend.Rising).Value);

        foreach (var margin in new[] { -0.5, 0.3, 1.0, 1.9 }) Assert.Equal(repeated.Probability(margin), weighted.Probability(margin), 1e-12);
    }

    [Fact]
    public void Auc_WholeWeights_IsThatOfRepeatedRows() => Assert.Equal(Ranking.Auc(Repeated(Margins), Repeated(Bad)), Ranking.Auc(Margins, Bad, Weights), 1e-12);

    [Fact]
    public void CalibrationError_OneBin_IsTheWeightedGap()
    {
        double[] pd = [0.2, 0.4, 0.6];

        var error = CalibrationError.Of(pd, [false, true, true], 1, [1, 2, 5], 1);

        Assert.Equal(Math.Abs((0.2 + 2 * 0.4 + 5 * 0.6) / 8 - 7.0 / 8), error.Value, 1e-12);
        Assert.Equal(7.0 / 8, error.Bins[0].BadRate, 1e-12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void Platt_WeightNotAboveZero_Throws(double weight) => Assert.Throws<ArgumentException>(() => PlattFit.Fit([0.0, 1.0], [false, true], [1.0, weight]));

    private static T[] Repeated<T>(T[] values) => Array.ConvertAll(Places, row => values[row]);
}
