using CreditWorkbench.Core.Calibration;
using Xunit;

namespace CreditWorkbench.Tests.Calibration;

public sealed class PlattFitTests
{
    [Fact]
    public void Fit_TwentyRows_AgreesWithScikitLearn()
    {
        var (margins, bad) = Twenty();

        var calibrator = PlattFit.Fit(margins, bad).Value;

        // scikit-learn 1.2.1, numpy 1.24.2:
        //   from sklearn.calibration import _sigmoid_calibration
        //   m = np.array([((7 * i) % 20 - 9.5) / 4 for i in range(20)]); y = np.array([int((i * i) % 7 < 3 + ((7 * i) % 20) / 6 - 1.5) for i in range(20)])
        //   a, b = _sigmoid_calibration(m, y); print(-a, -b)
        Assert.Equal(SlopeBySklearn, calibrator.Slope, 4);
        Assert.Equal(InterceptBySklearn, calibrator.Intercept, 4);
    }

    [Fact]
    public void Fit_AtTheSolution_TheGradientOfTheSmoothedLossVanishes()
    {
        var (margins, bad) = Rows(5000, 3, 0.7, -2.0);

        var calibrator = PlattFit.Fit(margins, bad).Value;

        var bads = bad.Count(outcome => outcome);
        var (high, low) = ((bads + 1.0) / (bads + 2.0), 1.0 / (bad.Length - bads + 2.0));
        var (slope, intercept) = (0.0, 0.0);
        for (var i = 0; i < margins.Length; i++)
        {
            var residual = 1 / (1 + Math.Exp(-calibrator.LogOdds(margins[i]))) - (bad[i] ? high : low);
            slope += residual * margins[i];
            intercept += residual;
        }

        Assert.InRange(slope, -1e-4, 1e-4);
        Assert.InRange(intercept, -1e-4, 1e-4);
        Assert.InRange(calibrator.Slope, 0.6, 0.8);
        Assert.InRange(calibrator.Intercept, -2.2, -1.8);
    }

    [Theory]
    [InlineData(400.0, 600.0)]
    [InlineData(1e-9, 0.0)]
    [InlineData(-1e6, 1e3)]
    public void Fit_MarginsInAnotherUnit_SameProbabilities(double scale, double shift)
    {
        var (margins, bad) = Rows(500, 4, 1.0, 0.0);
        var moved = Array.ConvertAll(margins, margin => Math.Abs(scale) * margin + shift);

        var (plain, other) = (PlattFit.Fit(margins, bad).Value, PlattFit.Fit(moved, bad).Value);

        for (var i = 0; i < margins.Length; i += 50) Assert.Equal(plain.LogOdds(margins[i]), other.LogOdds(moved[i]), 6);
    }

    [Fact]
    public void Fit_RiskFallsWithTheMargin_IsRefused()
    {
        var (margins, bad) = Rows(500, 5, -1.0, 0.0);

        Assert.Equal("calibration.slope.not_positive", Assert.Single(PlattFit.Fit(margins, bad).Problems).Code);
        Assert.Equal("calibration.slope.not_positive", Assert.Single(PlattFit.Fit([1, 1, 1], [true, false, true]).Problems).Code);
    }

    [Fact]
    public void Fit_PerfectlyParted_StaysFinite()
    {
        var calibrator = PlattFit.Fit([-2, -1, 1, 2], [false, false, true, true]).Value;

        Assert.InRange(calibrator.LogOdds(2.0), 0.5, 10.0);
    }

    [Fact]
    public void Fit_OneOutcomeOrBrokenMargin_IsRefusedByName()
    {
        Assert.Equal("calibration.one_class", Assert.Single(PlattFit.Fit([1, 2], [true, true]).Problems).Code);
        var broken = Assert.Single(PlattFit.Fit([1, double.NaN], [true, false]).Problems);
        Assert.Equal(("calibration.margin.not_finite", 2L), (broken.Code, broken.Row));
        Assert.Throws<ArgumentException>(() => PlattFit.Fit([1, 2], [true]));
    }

    private const double SlopeBySklearn = 0.0975610020;
    private const double InterceptBySklearn = 0.6024356590;

    private static (double[] Margins, bool[] Bad) Twenty() => (
        Enumerable.Range(0, 20).Select(i => (7 * i % 20 - 9.5) / 4).ToArray(),
        Enumerable.Range(0, 20).Select(i => i * i % 7 < 3 + 7 * i % 20 / 6.0 - 1.5).ToArray());

    private static (double[] Margins, bool[] Bad) Rows(int count, int seed, double slope, double intercept)
    {
        var random = new Random(seed);
        var (margins, bad) = (new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            margins[i] = 6 * random.NextDouble() - 3;
            bad[i] = random.NextDouble() < 1 / (1 + Math.Exp(-slope * margins[i] - intercept));
        }

        return (margins, bad);
    }
}
