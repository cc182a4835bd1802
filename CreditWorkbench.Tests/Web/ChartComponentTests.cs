using Bunit;
using CreditWorkbench.Web.Components.Charts;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Each chart is a named picture, in two widths, with its table and its files.</summary>
public sealed class ChartComponentTests : BunitContext
{
    private static readonly IReadOnlyList<ScoreBand> Bands = ScoreBand.Of([("A", "", 750), ("B", "", 690), ("C", "", 620), ("D", "", 560), ("E", "", 300)], 900);
    private readonly InCulture _culture = new("en");

    [Fact]
    public void ChartCard_AsATable_ShowsTheTwinAndOffersCsvOnly()
    {
        var card = Render<ChartCard>(p => p.Add(c => c.Id, "trend").Add(c => c.Title, "Approval").Add(c => c.Twin, new ChartTwin(["Month", "Approved"], [["Nov", "57.8 %"]], "12 months")).AddChildContent("<svg></svg>"));
        Assert.Equal(["png", "svg"], card.FindAll("[data-save-drawing]").Select(b => b.GetAttribute("data-format")));

        card.Find("button[aria-pressed]").Click();
        card.FindAll(".menu-line").Single().Click();

        Assert.Equal(["Nov", "57.8 %"], card.FindAll("td").Select(td => td.TextContent));
        Assert.Contains("Month,Approved", card.Find("save-file").GetAttribute("data-text"), StringComparison.Ordinal);
    }

    [Fact]
    public void TrendChart_OfTwoMeasures_DrawsAPanelEachAndNamesTheLastValue()
    {
        var figure = new TrendFigure(["Sep", "Oct", "Nov"], [new("Approved", [0.55, null, 0.578], 0, false), new("PD", [0.031, 0.028, 0.026], 0, true)]);
        var chart = Render<TrendChart>(p => p.Add(c => c.Id, "t").Add(c => c.Label, "Three months").Add(c => c.Figure, figure));

        var drawing = chart.Find("svg");
        Assert.Equal("Three months", drawing.GetAttribute("aria-label"));
        Assert.Equal(2, drawing.QuerySelectorAll("path.curve").Length);
        Assert.Equal((2, 3), (drawing.QuerySelectorAll("circle").Length, drawing.QuerySelectorAll("rect").Length));
        Assert.Contains("2.6\u00A0%", drawing.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void TrendGeometry_OfAnyLength_KeepsPointsWithinThePlot(int months)
    {
        var figure = new TrendFigure([.. Enumerable.Repeat("Nov", months)], [new("Approved", [.. Enumerable.Range(0, months).Select(i => (double?)i / 20)], 0, false)]);

        var geometry = TrendGeometry.Of(figure, 452, 112);

        Assert.All(geometry.Panels[0].Points, point => Assert.InRange(point.X, geometry.Left, geometry.Right));
        Assert.All(geometry.Panels[0].Points, point => Assert.InRange(point.Y, 12, geometry.Panels[0].Bottom));
        Assert.True(geometry.Steps[^1].Named);
    }

    [Fact]
    public void ScoreHistogram_OfBins_HasABarEach()
    {
        var figure = new HistogramFigure([new(300, 599, 4), new(600, 900, 8)], Bands, 560, 620, null);
        var chart = Render<ScoreHistogram>(p => p.Add(c => c.Id, "h").Add(c => c.Figure, figure));

        Assert.Equal(2, chart.Find("svg").QuerySelectorAll("rect").Length);
        Assert.StartsWith("Distribution of 12 scores", chart.Find("svg").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(670, "end")]
    [InlineData(580, "start")]
    [InlineData(320, "start")]
    [InlineData(890, "end")]
    public void ScoreHistogram_OfAMarkedScore_NamesItBesideTheCutOffsAndInside(int score, string anchor)
    {
        var figure = new HistogramFigure([.. Enumerable.Range(0, 24).Select(i => new HistogramBin(300 + 25 * i, i == 23 ? 900 : 324 + 25 * i, 3))], Bands, 560, 700, score);
        var chart = Render<ScoreHistogram>(p => p.Add(c => c.Id, "h").Add(c => c.Wide, 640).Add(c => c.Figure, figure));

        Assert.Equal(anchor, chart.Find("svg").QuerySelectorAll("text").Single(text => text.TextContent.Trim() == $"This score {score}").GetAttribute("text-anchor"));
    }

    [Fact]
    public void FactorBars_SayTheSignInWordsAndSide()
    {
        var factors = new FactorFigure[] { new("Payments", 24.6), new("Instalments", -38.4) };
        var bars = Render<FactorBars>(p => p.Add(b => b.Factors, factors).Add(b => b.Scale, FactorBarGeometry.Of([.. factors.Select(f => f.Points)])));

        Assert.Equal(["+25", "\u221238"], bars.FindAll(".points").Select(each => each.TextContent));
    }

    [Fact]
    public void PointsBar_OfALoss_IsMarkedAdverse() =>
        Assert.NotNull(Render<PointsBar>(p => p.Add(b => b.Points, -12).Add(b => b.Scale, FactorBarGeometry.Of([-12, 8]))).Find(".mark.adverse"));

    [Fact]
    public void IntervalBars_DrawWhiskersForIntervals()
    {
        var figure = new IntervalFigure("Points", [new("Income", 12, 9, 15), new("Age", 3, 3, 3)], false);
        var chart = Render<IntervalBars>(p => p.Add(c => c.Id, "i").Add(c => c.Label, "Importance").Add(c => c.Figure, figure));

        Assert.Single(chart.Find("svg").QuerySelectorAll(".whisker"));
    }

    [Fact]
    public void CurveChart_OfACurve_IsANamedPicture()
    {
        var figure = new CurveFigure("Income", "Points", [1, 2, 3]) { Curves = [new(CurveKind.Main, "Effect", [1.0, 4.0, 2.0])], Range = (0, 5) };

        Assert.Equal("Effect of income", Render<CurveChart>(p => p.Add(c => c.Id, "c").Add(c => c.Label, "Effect of income").Add(c => c.Figure, figure)).Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void SwarmChart_NamesEachRow()
    {
        var figure = new SwarmFigure("Points", -10, 10, [new("Income", [new(2, 0, 1), new(-3, 0, 3)])]);

        Assert.Contains("Income", Render<SwarmChart>(p => p.Add(c => c.Id, "s").Add(c => c.Label, "Swarm").Add(c => c.Figure, figure)).Find("svg").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void RoadmapChart_SaysTheStepsInItsName()
    {
        var figure = new RoadmapFigure(587, [new(3, 640)], Bands, 640, 620);

        Assert.Contains("640 in month 3", Render<RoadmapChart>(p => p.Add(c => c.Id, "r").Add(c => c.Figure, figure)).Find("svg[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void PlotlyChart_PictureHasANameAndItsInnardsNone()
    {
        var figure = new PlotFigure([new PlotTrace { X = [1, 2], Y = [1, 2] }], new PlotAxis("x"), new PlotAxis("y"));
        var chart = Render<PlotlyChart>(p => p.Add(c => c.Id, "roc").Add(c => c.Label, "ROC curve").Add(c => c.Figure, figure));

        Assert.Equal(("ROC curve", "roc"), (chart.Find("[role=img]").GetAttribute("aria-label"), chart.Find("[role=img]").GetAttribute("data-drawing")));
        Assert.Equal("true", chart.Find("plot-figure").ParentElement!.GetAttribute("aria-hidden"));
    }

    [Fact]
    public void XyChart_OfASeries_IsANamedPictureWithALegend()
    {
        var figure = new XyFigure(XyAxis.Whole("Recall"), XyAxis.Whole("Precision"), [new XySeries("forest", XyKind.Line, 1, [new XyPoint(0, 1), new XyPoint(1, 0.2)])]);
        var chart = Render<XyChart>(p => p.Add(c => c.Id, "pr").Add(c => c.Label, "Precision and recall").Add(c => c.Figure, figure).Add(c => c.ShowLegend, true));

        Assert.Equal("Precision and recall", chart.Find("svg[role=img]").GetAttribute("aria-label"));
        Assert.Contains("forest", chart.Find(".legend").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void SparkBars_HaveABarPerValue() => Assert.Equal(3, Render<SparkBars>(p => p.Add(s => s.Values, [1.0, 0, 2]).Add(s => s.Label, "Three days")).FindAll("rect").Count);

    [Fact]
    public void ShadeLegend_NamesBothEnds() => Assert.Contains("Low", Render<ShadeLegend>(p => p.Add(s => s.Low, "Low").Add(s => s.High, "High")).Markup, StringComparison.Ordinal);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _culture.Dispose();
        base.Dispose(disposing);
    }
}
