using System.Globalization;
using Bunit;
using CreditWorkbench.Web.Components.Charts;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class GaugeTests : BunitContext
{
    private static readonly IReadOnlyList<ScoreBand> Bands = ScoreBand.Of([("A", "", 750), ("B", "", 690), ("C", "", 620), ("D", "", 560), ("E", "", 300)], 900);

    private static GaugeFigure Figure(int issued) => new(300, 900, issued, Bands, "Grade D, refer", 566, 608, 620);

    [Theory]
    [InlineData(300, 180)]
    [InlineData(600, 90)]
    [InlineData(900, 0)]
    [InlineData(587, 93.9)]
    public void Angle_OfAScore_RunsFromLeftToRight(int score, double degrees) => Assert.Equal(degrees, GaugeGeometry.Angle(score, 300, 900), 1);

    [Fact]
    public void Of_AFigure_DrawsTheBandOfTheScoreWider()
    {
        var geometry = GaugeGeometry.Of(Figure(587), 390);

        Assert.Equal(["E", "D", "C", "B", "A"], geometry.Arcs.Select(a => a.Band.Code));
        Assert.Equal(20, geometry.Arcs.Single(a => a.Band.Code == "D").Thickness);
        Assert.All(geometry.Arcs.Where(a => a.Band.Code != "D"), arc => Assert.Equal(13, arc.Thickness));
    }

    [Fact]
    public void Of_AFigure_PutsThePointerAtTheScore()
    {
        var geometry = GaugeGeometry.Of(Figure(600), 390);

        var tip = geometry.Pointer[1..].Split('L')[0].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(195, tip[0], 1);
        Assert.Equal(geometry.Centre.Y - (159 - 12), tip[1], 1);
    }

    [Fact]
    public void Of_BandsWithAHole_IsRefused()
    {
        var holed = Figure(587) with { Bands = [.. Bands.Where(b => b.Code != "E")] };

        Assert.Throws<ArgumentException>(() => GaugeGeometry.Of(holed, 390));
    }

    [Theory]
    [InlineData(3, "ace")]
    [InlineData(5, "abcde")]
    [InlineData(6, "abccde")]
    public void ToneOf_AnyNumberOfBands_ReachesBothEnds(int count, string tones) =>
        Assert.Equal(tones, string.Concat(Enumerable.Range(0, count).Select(i => ScoreBand.ToneOf(i, count))));

    [Fact]
    public void Gauge_Name_SaysScoreRangeAndDistance()
    {
        using var culture = new InCulture("en");

        var gauge = Render<ScoreGauge>(p => p.Add(g => g.Id, "g").Add(g => g.Figure, Figure(587)));

        Assert.Equal("Score 587 on a scale from 300 to 900. Grade D. 90 percent range 566 to 608. Approval from 620, 33 points above.", gauge.Find("svg[role=img]").GetAttribute("aria-label"));
        Assert.Contains("587", gauge.Find("svg").TextContent, StringComparison.Ordinal);
    }
}
