using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Calibration;

public sealed class BetaFitTests
{
    [Theory]
    [InlineData(1.0, 1.0, 0.0)]
    [InlineData(0.5, 2.0, 0.3)]
    [InlineData(1.6, 0.4, -0.5)]
    public void Fit_RowsOfAKnownMap_FindsIt(double a, double b, double c)
    {
        var truth = new BetaCalibrator(a, b, c, 60_000);
        var (logOdds, bad) = Draw(60_000, truth.Probability, 1);

        var fit = BetaFit.Fit(logOdds, bad).Value;

        Assert.Equal((a, b, c), (fit.A, fit.B, fit.C), (x, y) => Math.Abs(x.Item1 - y.Item1) < 0.1 && Math.Abs(x.Item2 - y.Item2) < 0.1 && Math.Abs(x.Item3 - y.Item3) < 0.12);
    }

    [Fact]
    public void Fit_AnyRows_NoNearbyMapHasLessLoss()
    {
        var (logOdds, bad) = Draw(2_000, x => ReproducibleMath.Logistic(0.7 * x + 0.2), 2);

        var fit = BetaFit.Fit(logOdds, bad).Value;

        var rows = new BetaRows(logOdds, bad);
        double[] at = [fit.A, fit.B, fit.C];
        foreach (var index in new[] { 0, 1, 2 })
        {
            foreach (var by in new[] { -1e-3, 1e-3 })
            {
                var moved = (double[])at.Clone();
                moved[index] += by;
                Assert.True(rows.Loss(moved) > rows.Loss(at));
            }
        }
    }

    [Fact]
    public void Fit_MapThatWouldFall_RestsAtTheBoundAndStaysMonotone()
    {
        // Risk rises in the low half and falls in the high half: the high end's free weight is below 0.
        var (logOdds, bad) = Draw(20_000, x => ReproducibleMath.Logistic(x < 0 ? 2 * x : -0.4 * x), 3);

        var fit = BetaFit.Fit(logOdds, bad).Value;

        Assert.Equal(0.0, fit.B);
        Assert.True(fit.A > 0.0);
        var sweep = Enumerable.Range(-400, 801).Select(i => fit.Probability(i / 10.0)).ToList();
        Assert.All(Enumerable.Range(1, 800), i => Assert.True(sweep[i] >= sweep[i - 1]));
        Assert.All(sweep, probability => Assert.InRange(probability, 1 / 40_000.0, 1 - 1 / 40_000.0));
    }

    [Fact]
    public void Fit_SeparatedRows_StaysFinite()
    {
        double[] logOdds = [.. Enumerable.Range(-50, 101).Select(i => i / 10.0)];
        bool[] bad = [.. logOdds.Select(x => x > 0.2)];

        var fit = BetaFit.Fit(logOdds, bad).Value;

        Assert.True(double.IsFinite(fit.A) && double.IsFinite(fit.B) && double.IsFinite(fit.C));
        Assert.True(fit.Probability(-4) < 0.1 && fit.Probability(4) > 0.9);
    }

    [Fact]
    public void Fit_RiskAgainstTheScore_IsRefused()
    {
        var (logOdds, bad) = Draw(5_000, x => ReproducibleMath.Logistic(-x), 4);

        Assert.Equal("calibration.slope.not_positive", BetaFit.Fit(logOdds, bad).Problems.Single().Code);
    }

    [Fact]
    public void Fit_OneClassOrNoNumber_IsRefused()
    {
        Assert.Equal("calibration.one_class", BetaFit.Fit([0.1, 0.2], [true, true]).Problems.Single().Code);
        Assert.Equal("calibration.margin.not_finite", BetaFit.Fit([0.1, double.NaN], [true, false]).Problems.Single().Code);
        Assert.Throws<ArgumentException>(() => BetaFit.Fit([0.1], [true, false]));
    }

    [Fact]
    public void Probability_Identity_IsTheLogisticFunction()
    {
        var identity = new BetaCalibrator(1, 1, 0, 1_000_000);

        foreach (var x in new[] { -9.0, -1.5, 0.0, 0.25, 3.0 }) Assert.Equal(ReproducibleMath.Logistic(x), identity.Probability(x), 12);
    }

    private static (double[] LogOdds, bool[] Bad) Draw(int rows, Func<double, double> probability, int seed)
    {
        var random = new Random(seed);
        double[] logOdds = [.. Enumerable.Range(0, rows).Select(_ => 8 * random.NextDouble() - 4)];
        return (logOdds, [.. logOdds.Select(x => random.NextDouble() < probability(x))]);
    }
}
