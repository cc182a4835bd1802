using Microsoft.Playwright;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Takes an application through intake to its score.</summary>
internal static class ScoredCase
{
    /// <summary>Path of the new application, whose case waits in the queue.</summary>
    public static async Task<string> NewAsync(Visitor officer, string name)
    {
        var page = officer.Page;
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(page, name);
        await Intake.ConsentAsync(page);
        await Intake.FillAsync(page);
        await page.FillAsync("#income_regularity_score", "0.55");
        await page.ClickAsync("button:has-text('Check data')");
        await page.ReachesAsync("**step=check**");
        await page.Locator("#check .button.primary").ClickAsync();
        await page.ReachesAsync("**/score");
        return new Uri(page.Url).AbsolutePath[..^"/score".Length];
    }
}
