using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Registering somebody who is known already, companies, drafts that are continued, and the pages of applicants.</summary>
[Collection(BrowserGroup.Name)]
public sealed class ApplicantTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Fact]
    public async Task Applicant_KnownAlready_IsOfferedAndRegisteredOnlyAsSomebodyElse()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        var email = $"{Guid.NewGuid():N}@example.com";
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await RegisterAsync(page, "Rini Astuti", email);
        await page.ReachesAsync("**step=consent**");

        await officer.OpenAsync("/applications/new?scorecard=trust");
        await RegisterAsync(page, "Rino Astuto", email);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Registered already");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Rini Astuti");
        await Assertions.Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await page.ClickAsync("button:has-text('That is somebody else')");

        await page.ReachesAsync("**step=consent**");
        await officer.OpenAsync($"/applicants?q={email}");
        await Assertions.Expect(page.Locator("#main tbody tr")).ToHaveCountAsync(2);
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Company_AsksForItsOwnFieldsAndScorecards()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new");

        await page.SelectOptionAsync("#kind", "Company");
        await Assertions.Expect(page.Locator("#contactName")).ToBeVisibleAsync();
        await RegisterAsync(page, "Maju Jaya", $"{Guid.NewGuid():N}@example.com");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("registration number");
        await page.FillAsync("#nationalId", Guid.NewGuid().ToString("N")[..12]);
        await page.ClickAsync("button:has-text('Register and go on')");

        await page.ReachesAsync("**scorecard=sme-esg**step=consent**");
        await Assertions.Expect(page.Locator(".consent-table")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Draft_LeftHalfWay_IsContinuedFromTheFirstStepAndRevealLeavesATrace()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(page, "Sekar Wening");
        await Intake.ConsentAsync(page);
        await page.FillAsync("#spending_volatility", "0.61");
        await page.Locator("#spending_volatility").BlurAsync();
        await Assertions.Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();

        await officer.OpenAsync("/applications/new");
        await page.Locator("#drafts li").Filter(new() { HasText = "Sekar Wening" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Locator("#spending_volatility")).ToHaveValueAsync("0.61");

        await officer.OpenAsync("/applicants?q=Sekar");
        await page.Locator("#main tbody a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#person")).Not.ToContainTextAsync("@example.com");
        await page.FillAsync("#reveal-reason", "call about the missing payslip");
        await page.Locator("#person button").ClickAsync();
        await Assertions.Expect(page.Locator("#person")).ToContainTextAsync("@example.com");
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("Applicant registered");
        Assert.Empty(officer.Complaints);
    }

    private static async Task RegisterAsync(IPage page, string name, string email)
    {
        await page.FillAsync("#name", name);
        await page.FillAsync("#email", email);
        await page.ClickAsync("button:has-text('Register and go on')");
    }
}
