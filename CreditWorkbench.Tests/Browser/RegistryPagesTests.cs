using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>An analyst's version is approved by an admin, decides, and is rolled back.</summary>
[Collection(BrowserGroup.Name)]
public sealed class RegistryPagesTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const int Looks = 400;

    [Fact]
    public async Task Version_AskedForByItsBuilder_IsApprovedByAnotherAndRolledBack()
    {
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        await analyst.EnterAsAsync("tomi.hartono@example.com");
        await AwaitRequestAsync(analyst);
        await Assertions.Expect(analyst.Page.Locator("#approve")).ToHaveCountAsync(0);
        await using var admin = await chromium.VisitAsync(workbench.Url);
        var page = admin.Page;
        await admin.EnterAsAsync("rina.wijaya@example.com");

        await admin.OpenAsync("/models/trust/2?tab=approval");
        await Assertions.Expect(page.Locator("#approval .note.caution")).ToContainTextAsync("Fairness");
        await page.FillAsync("#approval-note", "Looked at the figures of every group.");
        await page.ClickAsync("#approve");
        await Assertions.Expect(page.Locator("main > .note")).ToContainTextAsync("Nobody has reviewed");
        await admin.OpenAsync("/models/trust/2?tab=gates");
        await page.ClickAsync("#gate-Fairness button");
        await page.FillAsync("#sign-Fairness", "No group of the data is below four fifths.");
        await page.ClickAsync("#gate-Fairness .primary");
        await Assertions.Expect(page.Locator("#gate-Fairness .badge")).ToHaveTextAsync("Passed");

        await admin.OpenAsync("/models/trust/2?tab=approval");
        await page.FillAsync("#approval-note", "Ranks as well, explains faster.");
        await page.ClickAsync("#approve");
        await Assertions.Expect(page.Locator(".page-head .badge")).ToHaveTextAsync("Production");
        await admin.OpenAsync("/models/trust/2");
        await page.FillAsync("#stage-note", "Approvals fell overnight.");
        await page.ClickAsync("#rollback");
        await Assertions.Expect(page.Locator(".page-head .badge")).ToHaveTextAsync("Archived");

        await admin.OpenAsync("/models");
        await Assertions.Expect(page.Locator("#decided-answer")).ToContainTextAsync("trust@1");
        await Assertions.Expect(page.Locator("#reigns-trust tbody tr").First).ToContainTextAsync("Rollback");
        Assert.Empty(admin.Complaints);
        Assert.Empty(analyst.Complaints);
    }

    // The demo makes its second version last; until then the page says that there is none.
    private static async Task AwaitRequestAsync(Visitor analyst)
    {
        for (var look = 0; look < Looks; look++)
        {
            await analyst.OpenAsync("/models/trust/2?tab=approval");
            await analyst.Page.Locator(".page-tabs, .state").First.WaitForAsync();
            if (await analyst.Page.Locator("#withdraw").CountAsync() > 0) return;
        }

        Assert.Fail("The demo's second version never asked for approval.");
    }
}
