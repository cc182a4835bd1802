using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The main job in a real browser: consent, data, score, explanation, roadmap, decision by two people, proof.</summary>
[Collection(BrowserGroup.Name)]
public sealed class JourneyTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Fact]
    public async Task Case_FromConsentToDecision_EndsInAnIntactChain()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        var address = await ScoreAsync(officer, "Dewi Anggraini");

        await AssertBarsEndInTheGaugeAsync(officer.Page, address);
        await DecideAsync(officer.Page, address);
        await AgreeAsync(address);
        await AssertWithdrawalIsATrialAsync(officer, address);
        await AssertChainIntactAsync();
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Score_WithoutConsent_IsRefusedWithTheMissingSource()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(officer.Page, "Tirta Halim");
        await officer.Page.ClickAsync("button:has-text('Record consent')");

        await Assertions.Expect(officer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing is ticked");
        Assert.Contains("step=consent", officer.Page.Url, StringComparison.Ordinal);
    }

    private static async Task<string> ScoreAsync(Visitor officer, string name)
    {
        var page = officer.Page;
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(page, name);
        await Intake.ConsentAsync(page);
        await Intake.FillAsync(page);
        await page.FillAsync("#income_regularity_score", "1.7");
        await page.ClickAsync("button:has-text('Check data')");
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("1.7 is outside the range. Allowed: 0 to 1.");
        await Assertions.Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await page.FillAsync("#income_regularity_score", "0.78");
        await page.ClickAsync("button:has-text('Check data')");
        await page.ReachesAsync("**step=check**");
        await page.Locator("#check .button.primary").ClickAsync();
        await page.ReachesAsync("**/score");
        return new Uri(page.Url).AbsolutePath[..^"/score".Length];
    }

    private static async Task AssertBarsEndInTheGaugeAsync(IPage page, string address)
    {
        var gauge = await page.Locator("[data-drawing=gauge] svg text.strong").First.TextContentAsync();
        await page.ClickAsync($".tabs a[href='{address}/explanation']");
        var bars = page.Locator("[data-drawing=waterfall] svg >> nth=0");
        await Assertions.Expect(bars).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex($"Score {gauge}\\. Table follows\\.$"));
        await page.ClickAsync($".tabs a[href='{address}/roadmap']");
        await Assertions.Expect(page.Locator("#roadmap-head")).ToBeVisibleAsync();
    }

    private static async Task DecideAsync(IPage page, string address)
    {
        await page.ClickAsync($".tabs a[href='{address}/review']");
        await page.ClickAsync("button:has-text('Claim')");
        await page.ClickAsync("#decision label:has-text('Approve')");
        await Assertions.Expect(page.Locator("#decision .note").First).ToContainTextAsync("Override, low side");
        await page.FillAsync("#rate", "16.5");
        await page.SelectOptionAsync("#override", "income.notSeen");
        await page.FillAsync("#justification", "Rent of Rp 2,400,000 a month from a second house, paid by transfer since January.");
        await page.ClickAsync("#decision button.primary");
        await Assertions.Expect(page.Locator("#decision")).ToContainTextAsync("another person must approve it");
    }

    private async Task AgreeAsync(string address)
    {
        await using var senior = await chromium.VisitAsync(workbench.Url);
        await senior.EnterAsAsync("arif.nugroho@example.com");
        await senior.OpenAsync(address + "/review");
        await senior.Page.ClickAsync("button:has-text('Agree')");
        await Assertions.Expect(senior.Page.Locator("#decision")).ToContainTextAsync("The decision stands");
        Assert.Empty(senior.Complaints);
    }

    private static async Task AssertWithdrawalIsATrialAsync(Visitor officer, string address)
    {
        await officer.OpenAsync(address);
        await officer.Page.Locator("#withdraw button:has-text('Show the effect of withdrawing Bank')").ClickAsync();
        await Assertions.Expect(officer.Page.Locator("#withdraw [role=status]")).ToContainTextAsync("The decision and the score of");
    }

    private async Task AssertChainIntactAsync()
    {
        await using var auditor = await chromium.VisitAsync(workbench.Url);
        await auditor.EnterAsAsync("ines.kaloh@example.com");
        await auditor.OpenAsync("/audit");
        await auditor.Page.ClickAsync("button:has-text('Verify chain')");
        await Assertions.Expect(auditor.Page.Locator("#proof")).ToHaveTextAsync("Chain intact");
        await Assertions.Expect(auditor.Page.Locator("#audit")).ToContainTextAsync("Case decided");
    }
}
