using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Somebody who clicks everything twice does everything once.</summary>
[Collection(BrowserGroup.Name)]
public sealed class DoubleClickTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Fact]
    public async Task Case_TakenInAndDecidedWithDoubleClicks_HasOneConsentOneScoreAndOneDecision()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(page, "Slamet Dwi");
        foreach (var box in await page.Locator(".consent-table tbody td:nth-child(2) input").AllAsync()) await box.CheckAsync();
        await page.Locator(".check-line input").CheckAsync();
        await page.DblClickAsync("button:has-text('Record consent')");
        await page.ReachesAsync("**step=data**");
        await Intake.FillAsync(page);
        await page.FillAsync("#income_regularity_score", "0.78");
        await page.DblClickAsync("button:has-text('Check data')");
        await page.ReachesAsync("**step=check**");
        await page.DblClickAsync("#check button.primary");
        await page.ReachesAsync("**/score");
        var address = new Uri(page.Url).AbsolutePath[..^"/score".Length];

        await DeclineAsync(officer, address);
        await officer.OpenAsync(address + "/history");

        var told = await page.Locator(".timeline li").AllInnerTextsAsync();
        foreach (var once in new[] { "Consent recorded", "Scored", "Claimed", "Decided" }) Assert.Single(told, line => line.Contains(once, StringComparison.Ordinal));
        Assert.Empty(officer.Complaints);
    }

    private static async Task DeclineAsync(Visitor officer, string address)
    {
        var page = officer.Page;
        await officer.OpenAsync(address + "/review");
        await page.DblClickAsync("button:has-text('Claim')");
        await page.ClickAsync("#decision label:has-text('Decline')");
        await page.FillAsync("#justification", "The buffer is too small for this instalment over the whole term.");
        var reason = page.Locator("#decision select");
        if (await reason.CountAsync() > 0) await reason.First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.DblClickAsync("#decision button.primary");
        await Assertions.Expect(page.Locator("#decision [role=status]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#decision [role=alert]")).ToHaveCountAsync(0);
    }
}
