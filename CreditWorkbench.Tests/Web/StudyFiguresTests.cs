using Bunit;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Pages.Build.Explain;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class StudyFiguresTests : BunitContext
{
    private static readonly FeatureColumn[] Columns = [FeatureColumn.Number("income"), new("home, owned:yes~1", 0, ["own", "rent"], [])];

    [Fact]
    public void Axis_OfAnySpan_HasRoundTicksInside()
    {
        var axis = new ChartAxis(-37.2, 61.9, 100, 600);

        Assert.Equal([-20.0, 0.0, 20.0, 40.0, 60.0], axis.Ticks);
        Assert.Equal(100, axis.At(-37.2), 9);
        Assert.Equal(600, axis.At(61.9), 9);
        Assert.Equal(600, axis.At(1e9), 9);
    }

    [Fact]
    public void Axis_OfOneValue_IsStillAnAxis()
    {
        var axis = new ChartAxis(5, 5, 0, 100);

        Assert.Equal(50, axis.At(5), 9);
        Assert.NotEmpty(axis.Ticks);
    }

    [Fact]
    public void Bars_WithIntervals_StandBetweenTheEndsOfTheirAxis()
    {
        var figure = new IntervalFigure("Points", [new("Income", 20, 15, 26), new("Age", -3, -8, 1)], Signed: true);

        foreach (var width in new[] { 324.0, 1120.0 })
        {
            var geometry = IntervalGeometry.Of(figure, width);
            Assert.All(geometry.Rows, row => Assert.InRange(row.High, geometry.Left - 1, width));
            Assert.True(geometry.Rows[0].Low < geometry.Rows[0].X + geometry.Rows[0].Width);
            Assert.Equal(geometry.Axis.At(0), geometry.Rows[1].X + geometry.Rows[1].Width, 6);
        }
    }

    [Fact]
    public void Bars_WhoseIntervalHoldsZero_AreGreyAndOthersHaveTheColourOfTheirSide()
    {
        using var culture = new InCulture("en");
        var figure = new IntervalFigure("Points", [new("Up", 20, 15, 26), new("Unproven", -3, -8, 1), new("Down", -9, -12, -5)], Signed: true);

        var chart = Render<IntervalBars>(p => p.Add(c => c.Id, "b").Add(c => c.Label, "Bars").Add(c => c.Figure, figure));
        var turned = Render<IntervalBars>(p => p.Add(c => c.Id, "b").Add(c => c.Label, "Bars").Add(c => c.Figure, figure with { RisesAreAdverse = true }));

        Assert.Equal(["mark favourable", "mark neutral", "mark adverse"], chart.FindAll(".only-wide rect").Select(bar => bar.ClassName));
        Assert.Equal("mark adverse", turned.Find(".only-wide rect").ClassName);
        Assert.Equal("Bars", chart.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void Swarm_OfThousandsOfMarks_IsAFewPathsWithOneDotEach()
    {
        var dots = Enumerable.Range(0, 3_000).Select(i => new SwarmDot(i % 100, i % 9, i % 5)).ToList();
        var figure = new SwarmFigure("Points", 0, 100, [new("Income", dots)]);

        var chart = Render<SwarmChart>(p => p.Add(c => c.Id, "s").Add(c => c.Label, "Swarm").Add(c => c.Figure, figure));

        var paths = chart.FindAll(".only-wide path.dots");
        Assert.Equal(5, paths.Count);
        Assert.Equal(3_000, paths.Sum(path => path.GetAttribute("d")!.Split("h0").Length - 1));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 1)]
    [InlineData(1, 3)]
    [InlineData(double.NaN, Shades.None)]
    public void Shade_OfAPlace_IsAmongFourOrNone(double place, int shade) => Assert.Equal(shade, Shades.Of(place));

    [Fact]
    public void Curve_WithAGap_IsTwoLines()
    {
        var figure = new CurveFigure("Income", "Score", [0, 1, 2, 3]) { Range = (0, 3), Curves = [new Curve(CurveKind.Main, null, [1, null, 2, 3])] };

        var geometry = CurveGeometry.Of(figure, 760, 380);

        Assert.Equal(2, geometry.Curves[0].Path.Count(letter => letter == 'M'));
        Assert.Equal(3, geometry.Curves[0].Points.Count);
    }

    [Fact]
    public void Curve_OfCategories_HasNamesAndNoLine()
    {
        var figure = new CurveFigure("Home", "Score", [0, 1]) { Range = (0, 1), Names = ["Own", "Rent"], Curves = [new Curve(CurveKind.Main, null, [600, 580])] };

        var chart = Render<CurveChart>(p => p.Add(c => c.Id, "c").Add(c => c.Label, "Effect").Add(c => c.Figure, figure));

        Assert.Empty(chart.FindAll("path.curve"));
        Assert.Equal(2, chart.FindAll(".only-wide circle.point").Count);
        Assert.Contains("Rent", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Cohort_OfSeveralConditions_ComesBackFromTheAddress()
    {
        var filter = new CohortFilter(
        [
            new(CohortSubject.Score, 0, CohortTest.Below, 600), new(CohortSubject.Outcome, 0, CohortTest.Is, 1), new(CohortSubject.Feature, 0, CohortTest.AtLeast, 2_500_000.5),
            new(CohortSubject.Feature, 1, CohortTest.Missing, 0),
        ]);

        var back = CohortText.Read(CohortText.Write(filter, Columns), Columns);

        Assert.Equal(filter.Conditions, back.Conditions);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("score:lt")]
    [InlineData("score:lt:many")]
    [InlineData("score:lt:NaN")]
    [InlineData("f.unknown:ge:1")]
    [InlineData("score:and:1")]
    [InlineData(":::,:,score")]
    public void Cohort_AddressThatSaysNothing_IsNoCondition(string? text) => Assert.Empty(CohortText.Read(text, Columns).Conditions);

    [Theory]
    [InlineData(0.25, 2, "0.25")]
    [InlineData(1_200, 0, "1,200")]
    [InlineData(2_500_000, 0, "2.5\u00A0m")]
    [InlineData(3_000_000_000, 0, "3\u00A0bn")]
    public void Compact_OfLargeNumbers_IsShort(double value, int decimals, string expected)
    {
        using var culture = new InCulture("en");

        Assert.Equal(expected, Compact.Number(value, decimals));
    }
}
