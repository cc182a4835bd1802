using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Evaluation;

/// <summary>Reference values: mpmath 1.3.0 (betainc, 30 digits) and exact sums of binomial masses in Python's fractions.</summary>
public sealed class BackTestingTests
{
    [Theory]
    [InlineData(0.1, 3.5, 40.5, 0.73213281233711375)]
    [InlineData(0.02, 0.5, 100.5, 0.9558462458504628)]
    [InlineData(0.5, 1000.5, 900.5, 0.010878410962532324)]
    [InlineData(0.0001, 2, 3, 5.99920003e-8)]
    [InlineData(0.006, 150.5, 19850.5, 0.0039295462984588308)]
    public void BetaCdf_AgainstMpmath_Agrees(double x, double a, double b, double expected) => Assert.Equal(1.0, BetaDistribution.Cdf(x, a, b) / expected, 1e-9);

    [Theory]
    [InlineData(12, 200, 0.03, 0.018411319842094157)]
    [InlineData(3, 10, 0.25, 0.4744071960449219)]
    [InlineData(150, 20_000, 0.006, 0.0044540880649312167)]
    [InlineData(0, 10, 0.25, 1.0)]
    public void BinomialUpper_AgainstExactSums_Agrees(int hits, int trials, double chance, double expected) =>
        Assert.Equal(1.0, BetaDistribution.BinomialUpper(hits, trials, chance) / expected, 1e-9);

    [Fact]
    public void Jeffreys_TwelveOfTwoHundred_HasTheQuantilesOfItsPosterior()
    {
        var (low, high) = BetaDistribution.Jeffreys(12, 200);

        Assert.Equal(0.033214665974251199, low, 1e-12);
        Assert.Equal(0.099377497905168973, high, 1e-12);
        Assert.Equal((0.0, 1.0), (BetaDistribution.Jeffreys(0, 9).Low, BetaDistribution.Jeffreys(9, 9).High));
    }

    // By the formula, in Python.
    [Fact]
    public void Wilson_TwelveOfTwoHundred_IsTheIntervalOfTheReliabilityDiagram()
    {
        var bin = new CalibrationBin(200, 0.05, 0.06);

        Assert.Equal(0.03465219425433187, bin.Low, 1e-12);
        Assert.Equal(0.1019316929576627, bin.High, 1e-12);
    }

    [Fact]
    public void Of_ThreeGrades_GivesTheFiguresWorkedOutByHand()
    {
        var rows = Rows((100, 1, 0.02), (200, 9, 0.03), (150, 30, 0.15));

        var test = BackTesting.Of(rows.Pd, rows.Bad, rows.Grade, ["A", "B", "C", "D"])!;

        Assert.Equal(["A", "B", "C"], test.Grades.Select(grade => grade.Grade));
        Assert.Equal(4.997772304798207, test.HosmerLemeshow.Statistic, 1e-9);
        Assert.Equal(3, test.HosmerLemeshow.Degrees);
        Assert.Equal(0.1719603397801119, test.HosmerLemeshow.PValue, 1e-9);
        Assert.All(test.Grades, grade => Assert.InRange(grade.DefaultRate, grade.Low, grade.High));
        Assert.Equal(TrafficLight.Green, test.Light);
    }

    [Fact]
    public void Of_TwiceTheDefaultsPromised_IsRedAndAsPromisedIsGreen()
    {
        var rows = Rows((2_000, 80, 0.02), (2_000, 100, 0.05));

        var test = BackTesting.Of(rows.Pd, rows.Bad, rows.Grade, ["A", "B"])!;

        Assert.Equal([TrafficLight.Red, TrafficLight.Green], test.Grades.Select(grade => grade.Light));
        Assert.Equal(TrafficLight.Red, test.Light);
        Assert.InRange(test.HosmerLemeshow.PValue, 0.0, 1e-6);
    }

    // By hand: .01 x 4, .02 x 3, .03 x 2, .5 x 1, each at least its forerunner.
    [Fact]
    public void Holm_FourValues_StepsDown() => Assert.Equal([0.06, 0.5, 0.04, 0.06], BackTesting.Holm([0.02, 0.5, 0.01, 0.03]).Select(p => Math.Round(p, 12)));

    private static (double[] Pd, bool[] Bad, int[] Grade) Rows(params (int Rows, int Bads, double Pd)[] grades)
    {
        var (pd, bad, grade) = (new List<double>(), new List<bool>(), new List<int>());
        foreach (var (place, (rows, bads, of)) in grades.Index())
        {
            pd.AddRange(Enumerable.Repeat(of, rows));
            bad.AddRange(Enumerable.Range(0, rows).Select(i => i < bads));
            grade.AddRange(Enumerable.Repeat(place, rows));
        }

        return ([.. pd], [.. bad], [.. grade]);
    }
}
