using System.Globalization;
using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Kernel;

public sealed class ReproducibleMathTests
{
    [Fact]
    public void ExpAndLog_CommittedTable_GiveTheSameBits()
    {
        var rows = Table();

        Assert.True(rows.Count > 400);
        foreach (var (function, argument, own, _) in rows) Assert.Equal(own, BitConverter.DoubleToInt64Bits(Apply(function, argument)));
    }

    [Fact]
    public void ExpAndLog_CommittedTable_StayWithinOneUnitOfTheTrueValue()
    {
        foreach (var (function, argument, _, truth) in Table()) Assert.InRange(Units(Apply(function, argument), BitConverter.Int64BitsToDouble(truth)), 0, 1);
    }

    [Fact]
    public void ExpAndLog_RandomPoints_StayWithinTwoUnitsOfTheRuntime()
    {
        var random = new Random(7);

        for (var i = 0; i < 100_000; i++)
        {
            var x = (random.NextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 4);
            var positive = Math.Exp((random.NextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 1));
            Assert.InRange(Units(ReproducibleMath.Exp(x), Math.Exp(x)), 0, 2);
            Assert.InRange(Units(ReproducibleMath.Log(positive), Math.Log(positive)), 0, 2);
        }
    }

    [Fact]
    public void Exp_AtTheEdges_OverflowsUnderflowsAndKeepsNaN()
    {
        Assert.Equal(double.PositiveInfinity, ReproducibleMath.Exp(709.79));
        Assert.Equal(double.PositiveInfinity, ReproducibleMath.Exp(double.PositiveInfinity));
        Assert.True(double.IsFinite(ReproducibleMath.Exp(709.782712893384)));
        Assert.Equal(0.0, ReproducibleMath.Exp(-746));
        Assert.Equal(0.0, ReproducibleMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.Epsilon, ReproducibleMath.Exp(-745));
        Assert.True(double.IsNaN(ReproducibleMath.Exp(double.NaN)));
        Assert.Equal(1.0, ReproducibleMath.Exp(-0.0));
    }

    [Fact]
    public void Log_AtTheEdges_FollowsTheDomain()
    {
        Assert.Equal(double.NegativeInfinity, ReproducibleMath.Log(0.0));
        Assert.Equal(double.NegativeInfinity, ReproducibleMath.Log(-0.0));
        Assert.True(double.IsNaN(ReproducibleMath.Log(-1)));
        Assert.True(double.IsNaN(ReproducibleMath.Log(double.NaN)));
        Assert.Equal(double.PositiveInfinity, ReproducibleMath.Log(double.PositiveInfinity));
        Assert.Equal(0.0, ReproducibleMath.Log(1.0));
    }

    [Theory]
    [InlineData(-800, 0.0)]
    [InlineData(0, 0.5)]
    [InlineData(800, 1.0)]
    public void Logistic_AnyArgument_StaysInRange(double x, double expected) => Assert.Equal(expected, ReproducibleMath.Logistic(x));

    [Fact]
    public void Logit_OfLogistic_ReturnsTheArgument()
    {
        for (var x = -20.0; x <= 5; x += 0.37) Assert.Equal(x, ReproducibleMath.Logit(ReproducibleMath.Logistic(x)), 12);
    }

    private static double Apply(string function, double x) => function == "exp" ? ReproducibleMath.Exp(x) : ReproducibleMath.Log(x);

    private static long Units(double a, double b) => Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b));

    private static List<(string Function, double Argument, long Own, long True)> Table([CallerFilePath] string here = "") =>
        [.. File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "ReproducibleMath.tsv")).Select(line => line.Split('\t'))
            .Select(cells => (cells[0], BitConverter.Int64BitsToDouble(Bits(cells[1])), Bits(cells[2]), Bits(cells[3])))];

    private static long Bits(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
