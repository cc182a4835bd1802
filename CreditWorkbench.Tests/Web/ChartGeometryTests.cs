using System.Globalization;
using System.Text.Json;
using Bunit;
using CreditWorkbench.Web.Components.Charts;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class ChartGeometryTests : BunitContext
{
    private static readonly IReadOnlyList<ScoreBand> Bands = ScoreBand.Of([("A", "", 750), ("B", "", 690), ("C", "", 620), ("D", "", 560), ("E", "", 300)], 900);

    [Fact]
    public void FactorBar_OfBothSigns_LeavesZeroToItsSide()
    {
        var scale = FactorBarGeometry.Of([-38.4, 24.6]);

        Assert.True(EndOf(scale.Bar(-38.4)) < scale.Zero);
        Assert.True(EndOf(scale.Bar(24.6)) > scale.Zero);
        Assert.InRange(EndOf(scale.Bar(-38.4)), 0, 100);
    }

    [Fact]
    public void FactorBar_TwiceThePoints_IsTwiceAsLong()
    {
        var scale = FactorBarGeometry.Of([10, 20]);

        Assert.Equal(2 * (EndOf(scale.Bar(10)) - scale.Zero), EndOf(scale.Bar(20)) - scale.Zero, 1);
    }

    [Fact]
    public void Roadmap_Staircase_RisesAtTheMonthOfTheStep()
    {
        var geometry = RoadmapGeometry.Of(new RoadmapFigure(587, [new(0, 614), new(3, 640), new(12, 691)], Bands, 690, 620), 1110, 128, 300);

        Assert.True(geometry.Steps[1].Y < geometry.Steps[0].Y && geometry.Steps[1].X > geometry.Steps[0].X);
        Assert.Equal(geometry.Now.X, geometry.Steps[0].X);
        Assert.Contains(geometry.Limits, l => l.Score == 620);
        Assert.All(geometry.Steps, s => Assert.InRange(s.X, geometry.Left, geometry.Right));
    }

    [Fact]
    public void Roadmap_WithoutSteps_IsNotDrawn() =>
        Assert.Throws<ArgumentException>(() => RoadmapGeometry.Of(new RoadmapFigure(587, [], Bands, 690, 620), 1110, 128, 300));

    [Fact]
    public void Roadmap_Name_TellsTheStepsInTime()
    {
        using var culture = new InCulture("en");

        var chart = Render<RoadmapChart>(p => p.Add(c => c.Id, "r").Add(c => c.Figure, new RoadmapFigure(587, [new(0, 614), new(3, 640)], Bands, 620, 620)));

        Assert.Equal("Score over time: 587 today, 614 in month 0, 640 in month 3.", chart.Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Histogram_Below_CountsLowerBins()
    {
        var figure = new HistogramFigure([new(500, 549, 30), new(550, 599, 20), new(600, 649, 50)], Bands, 560, 620, 587);

        Assert.Equal(30, figure.Below);
        Assert.Equal(100, figure.Total);
    }

    [Fact]
    public void Histogram_Bars_AreAsHighAsTheirCount()
    {
        var geometry = HistogramGeometry.Of(new HistogramFigure([new(500, 549, 30), new(550, 599, 60)], Bands, null, null, null), 640, 236);

        Assert.Equal(2, geometry.Bars[1].Height / geometry.Bars[0].Height, 6);
        Assert.Equal('e', geometry.Bars[0].Tone);
    }

    [Fact]
    public void Lines_OfALongLabel_AreTwo()
    {
        var lines = Svg.Lines("Instalments to income after this loan is paid out", 180, 13);

        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.True(Svg.TextWidth(line, 13) <= 190));
    }

    [Fact]
    public void Plot_Json_HasTemplateAndData()
    {
        var figure = new PlotFigure([new PlotTrace { X = ["Oct", "Nov"], Y = [0.1, null], Line = new("--cw-c1") }], new("Month"), new("Share", ".0%"), OverTime: true);

        using var json = JsonDocument.Parse(figure.ToJson());

        Assert.Equal("x unified", json.RootElement.GetProperty("layout").GetProperty("hovermode").GetString());
        Assert.False(json.RootElement.GetProperty("config").GetProperty("displayModeBar").GetBoolean());
        Assert.Equal("--cw-c1", json.RootElement.GetProperty("data")[0].GetProperty("line").GetProperty("color").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("data")[0].GetProperty("y")[1].ValueKind);
    }

    [Fact]
    public void Plot_Name_StandsOutsideOfWhatIsDrawnInto()
    {
        var figure = new PlotFigure([new PlotTrace { X = [1], Y = [1] }], new("x"), new("y"));

        var chart = Render<PlotlyChart>(p => p.Add(c => c.Id, "p").Add(c => c.Label, "One point.").Add(c => c.Figure, figure));

        Assert.Equal("One point.", chart.Find("[role=img]").GetAttribute("aria-label"));
        Assert.NotNull(chart.Find("[role=img] > [aria-hidden=true] > plot-figure"));
    }

    private static double EndOf(string path) => double.Parse(path.Split('L')[1].Split(' ')[0], CultureInfo.InvariantCulture);
}
