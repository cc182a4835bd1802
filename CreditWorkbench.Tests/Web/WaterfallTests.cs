using Bunit;
using CreditWorkbench.Web.Components.Charts;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class WaterfallTests : BunitContext
{
    private static readonly WaterfallWords Words = new(n => $"{n} smaller", "Rounding", "Limit", "Score");

    private static readonly WaterfallFigure Sample = new("Base", 634.2,
        [
            new("Housing", "Own home", 5.1), new("Instalments to income", "44.4 %", -38.4), new("Payment status", "1", 24.6), new("Card balances", "71 %", -21.7),
            new("Enquiries", "5", -11.9), new("Age of oldest account", "7.2 years", 9.8), new("Time in job", "8 months", -9.2), new("Residual", "2.13 m", -4.3),
            new("Loan to income", "0.43", -2.6), new("Newest account", "14", 0.9), new("Open accounts", "4", 0.7), new("Dependants", "2", -0.4), new("Savings", "", 0.0),
        ],
        0.2, 0, 587, 'd', 620);

    [Fact]
    public void Rows_OfASum_EndInTheIssuedInteger()
    {
        var rows = WaterfallRow.Of(Sample, 9, Words);

        Assert.Equal(WaterfallPart.Score, rows[^1].Part);
        Assert.Equal(587, rows[^1].To);
        Assert.Equal(587, rows[^2].To, 9);
    }

    [Fact]
    public void Rows_OfManyFactors_FoldTheSmallOnesIntoTheirSum()
    {
        var rows = WaterfallRow.Of(Sample, 9, Words);

        Assert.Equal(["Base", "Instalments to income", "Payment status", "Card balances", "Enquiries", "Age of oldest account", "Time in job", "Housing", "Residual", "Loan to income", "4 smaller", "Rounding", "Score"],
            rows.Select(r => r.Label));
        Assert.Equal(1.2, rows.Single(r => r.Label == "4 smaller").Points, 9);
    }

    [Fact]
    public void Rows_WithOneFactorLeftOver_ShowItByItsName()
    {
        var rows = WaterfallRow.Of(Sample, 12, Words);

        Assert.DoesNotContain(rows, r => r.Label.EndsWith("smaller", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Label == "Savings");
    }

    [Fact]
    public void Rows_OfAClippedScore_NameTheLimit()
    {
        var clipped = new WaterfallFigure("Base", 850, [new("Income", "", 70.3)], -0.3, -20, 900, 'a', 620);

        Assert.Equal(["Base", "Income", "Rounding", "Limit", "Score"], WaterfallRow.Of(clipped, 9, Words).Select(r => r.Label));
    }

    [Fact]
    public void Rows_OfAWrongSum_AreRefused() =>
        Assert.Throws<ArgumentException>(() => WaterfallRow.Of(Sample with { Issued = 588 }, 9, Words));

    [Fact]
    public void Geometry_OfBars_ChainsEndToStart()
    {
        var rows = WaterfallRow.Of(Sample, 9, Words);

        var geometry = WaterfallGeometry.Of(rows, 620, WaterfallLayout.Wide);

        for (var i = 1; i < geometry.Bars.Count - 1; i++) Assert.Equal(geometry.Bars[i - 1].To, geometry.Bars[i].From, 6);
        Assert.Equal(geometry.Bars[^2].To, geometry.Bars[^1].To, 6);
        Assert.All(geometry.Bars, bar => Assert.InRange(bar.To, WaterfallLayout.Wide.Left, WaterfallLayout.Wide.Width));
    }

    [Fact]
    public void Geometry_OfAFavourableBar_PointsRight()
    {
        var geometry = WaterfallGeometry.Of(WaterfallRow.Of(Sample, 9, Words), 620, WaterfallLayout.Narrow);

        var raises = geometry.Bars.First(b => b.Row.Part == WaterfallPart.Raises);
        var lowers = geometry.Bars.First(b => b.Row.Part == WaterfallPart.Lowers);
        Assert.True(raises.To > raises.From && raises.NumberAnchor == "start");
        Assert.True(lowers.To < lowers.From && lowers.NumberAnchor == "end");
    }

    [Fact]
    public void Waterfall_Name_IsASentence()
    {
        using var culture = new InCulture("en");

        var chart = Render<PointsWaterfall>(p => p.Add(c => c.Id, "w").Add(c => c.Figure, Sample).Add(c => c.Reference, "X-1"));

        Assert.Equal("Waterfall in score points. Base 634.2. Largest: Instalments to income minus 38.4; Payment status plus 24.6; Card balances minus 21.7. 10 more and rounding. Score 587. Table follows.",
            chart.Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Waterfall_WrongSum_IsWithheldWithAReference()
    {
        using var culture = new InCulture("en");

        var chart = Render<PointsWaterfall>(p => p.Add(c => c.Id, "w").Add(c => c.Figure, Sample with { Rounding = 0.9 }).Add(c => c.Reference, "X-7Q2F"));

        Assert.Empty(chart.FindAll("svg[role=img]"));
        Assert.Contains("difference 0.7 points", chart.Markup, StringComparison.Ordinal);
        Assert.Contains("X-7Q2F", chart.Markup, StringComparison.Ordinal);
    }
}
