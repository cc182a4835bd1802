using Bunit;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Pages.Decide.Overview;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>The months that the overview draws.</summary>
public sealed class TrendCardTests : BunitContext
{
    private const int Months = 12;
    private readonly InCulture _culture = new("en");

    [Theory]
    [InlineData(0, 12)]
    [InlineData(4, 8)]
    [InlineData(11, 6)]
    public void TrendCard_AfterMonthsWithoutADecision_BeginsWithTheFirstButShowsHalfAYear(int quiet, int drawn)
    {
        var first = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var trend = Enumerable.Range(0, Months).Select(i => new PortfolioStep(first.AddMonths(i), i < quiet ? 0 : 4, i < quiet ? 0 : 2, i < quiet ? null : 0.03)).ToList();

        var card = Render<TrendCard>(p => p.Add(c => c.View, View(trend)).Add(c => c.Zone, TimeZoneInfo.Utc));
        card.Find("button[aria-pressed]").Click();

        Assert.Equal(drawn, card.FindAll("tbody tr").Count);
        Assert.Contains($"{first.AddMonths(Months - drawn):MMM yyyy} to Dec 2026", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void TrendCard_WithoutADecision_SaysSo() =>
        Assert.Empty(Render<TrendCard>(p => p.Add(c => c.View, View([new(DateTimeOffset.UnixEpoch, 0, 0, null)])).Add(c => c.Zone, TimeZoneInfo.Utc)).FindAll("svg.chart"));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _culture.Dispose();
        base.Dispose(disposing);
    }

    private static PortfolioView View(IReadOnlyList<PortfolioStep> trend)
    {
        var totals = new PortfolioTotals
        {
            Applications = 0,
            Decided = 0,
            Approved = 0,
            Overrides = 0,
            LowSide = 0,
            SecondApprovals = 0,
            PdOfBooked = null,
            Booked = [],
            ExpectedLoss = null,
            TimeToDecision = null,
        };
        return new PortfolioView(totals, totals, trend, [], null, []);
    }
}
