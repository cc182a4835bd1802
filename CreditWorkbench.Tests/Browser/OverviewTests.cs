using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The overview stands at once, its numbers come into their places, and the demo has a history.</summary>
[Collection(BrowserGroup.Name)]
public sealed class OverviewTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const double GoodShift = 0.1;

    [Fact]
    public async Task Overview_Opened_ShowsItsPlacesFirstAndMovesNothingWhenTheNumbersCome()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        await page.AddInitScriptAsync("globalThis.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });");
        var first = await (await page.APIRequest.GetAsync(workbench.Url + "/overview")).TextAsync();

        await officer.OpenAsync("/overview");
        await page.Locator("#scores").WaitForAsync();
        await page.Locator("#trend svg").First.WaitForAsync();

        Assert.Contains("place-scores", first, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"waiting\"", first, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#place-scores")).ToHaveCountAsync(0);
        Assert.True(await page.EvaluateAsync<double>("globalThis.shift") <= GoodShift, $"The page moved by {await page.EvaluateAsync<double>("globalThis.shift")}.");
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Overview_OfTheDemo_HasDecisionsInSeveralMonths()
    {
        await using var viewer = await chromium.VisitAsync(workbench.Url);
        await viewer.EnterAsAsync("vera.lestari@example.com");
        await viewer.OpenAsync("/overview?days=365");
        await viewer.Page.Locator("#trend svg").First.WaitForAsync();
        await viewer.Page.ClickAsync("#trend .card-tools > button");
        await viewer.Page.Locator("#trend tbody tr").First.WaitForAsync();

        var decided = await viewer.Page.EvaluateAsync<int>("[...document.querySelectorAll('#trend tbody td:nth-child(2)')].filter(cell => Number(cell.textContent) > 0).length");

        Assert.True(decided >= 4, $"Only {decided} months have decisions.");
    }
}
