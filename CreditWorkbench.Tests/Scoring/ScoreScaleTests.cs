using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scoring;

public sealed class ScoreScaleTests
{
    private static readonly OddsScale Odds = new(600, 19, 50, 300, 900);
    private static readonly OrdinalScale Ordinal = new([800, 600, 400], 300, 900);

    [Theory]
    [InlineData(0.001, 885.8)]
    [InlineData(0.005, 769.4)]
    [InlineData(0.01, 719.1)]
    [InlineData(0.02, 668.3)]
    [InlineData(0.05, 600.0)]
    [InlineData(0.10, 546.1)]
    [InlineData(0.20, 487.6)]
    [InlineData(0.30, 448.7)]
    [InlineData(0.50, 387.6)]
    public void OddsPoints_OfPd_MatchTheGoldenTable(double pd, double expected)
    {
        var points = Odds.Points(ReproducibleMath.Logit(pd));

        Assert.Equal(expected, Math.Round(points, 1));
        Assert.Equal(pd, Odds.PdOf(points), 12);
    }

    [Fact]
    public void OddsPoints_OddsDoubled_AddPdo() => Assert.Equal(50, Odds.Points(-Math.Log(38)) - Odds.Points(-Math.Log(19)), 10);

    [Theory]
    [InlineData(400, 300)]
    [InlineData(450, 400)]
    [InlineData(500, 500)]
    [InlineData(612.5, 612.5)]
    [InlineData(700, 700)]
    [InlineData(750, 800)]
    [InlineData(800, 900)]
    public void OrdinalPoints_AtBandEdges_Stretch(double z, double expected) => Assert.Equal(expected, Ordinal.Points(z), 10);

    [Fact]
    public void Secant_BetweenAnyTwoPositions_CarriesTheDifferenceOfPoints()
    {
        var random = new Random(3);

        foreach (ScoreScale scale in new ScoreScale[] { Odds, Ordinal })
        {
            for (var i = 0; i < 500; i++)
            {
                var from = scale.IsOrdinal ? 390 + 420 * random.NextDouble() : 10 * random.NextDouble() - 5;
                var to = i % 5 == 0 ? from + 1e-13 : scale.IsOrdinal ? 390 + 420 * random.NextDouble() : 10 * random.NextDouble() - 5;
                Assert.Equal(scale.Points(to) - scale.Points(from), scale.Secant(from, to) * (to - from), 9);
            }

            Assert.Equal((scale.Points(450.001) - scale.Points(450)) / 0.001, scale.Secant(450, 450), 5);
        }
    }

    [Theory]
    [InlineData(599.5, 600)]
    [InlineData(600.5, 601)]
    [InlineData(599.4999, 599)]
    [InlineData(299.2, 300)]
    [InlineData(-1000, 300)]
    [InlineData(900.6, 900)]
    public void Issue_AnyPoints_RoundsHalfAwayFromZeroThenClips(double points, int expected) => Assert.Equal(expected, Odds.Issue(points));

    [Fact]
    public void Issue_NotANumber_Throws() => Assert.Throws<ArgumentException>(() => Odds.Issue(double.NaN));

    [Fact]
    public void OrdinalScale_AnchorsThatRise_AreRefused() => Assert.Throws<ArgumentException>(() => new OrdinalScale([400, 600, 800], 300, 900));
}
