using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The officer's whole journey without a mouse, and again on a telephone.</summary>
[Collection(BrowserGroup.Name)]
public sealed class KeyboardTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Officer = "maya.putri@example.com";

    [Fact]
    public async Task Journey_ByKeyboardAlone_GoesFromSignInToADecision()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url, calm: true);
        var page = officer.Page;
        await officer.OpenAsync("/sign-in");
        await Keys.PressAsync(page, $"form:has(input[value='{Officer}']) button");
        await page.Locator(".shell[data-ready]").WaitForAsync();
        await page.Locator("#waiting").WaitForAsync();
        await Keys.FindAsync(page, "New appl", "/applications/new");
        await page.ReachesAsync("**/applications/new**");

        await TakeInAsync(page);
        var address = new Uri(page.Url).AbsolutePath[..^"/score".Length];
        foreach (var tab in new[] { "explanation", "roadmap", "review" })
        {
            await Keys.PressAsync(page, $".tabs a[href='{address}/{tab}']");
            await page.ReachesAsync($"**/{tab}");
            await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        }

        await DecideAsync(page);
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Journey_OnATelephone_GoesFromSignInToADecisionWithoutScrollingSideways()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url, 390);
        var page = officer.Page;
        await officer.EnterAsAsync(Officer);
        await page.ClickAsync(".menu-button");
        await page.ClickAsync(".shell-nav a[href='/reviews']");
        await page.Locator("#queue tbody tr").First.WaitForAsync();
        await FitsAsync(page);

        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(page, "Ratih Purnama");
        await FitsAsync(page);
        await Intake.ConsentAsync(page);
        await Intake.FillAsync(page);
        await page.FillAsync("#income_regularity_score", "0.78");
        await FitsAsync(page);
        await page.ClickAsync("button:has-text('Check data')");
        await page.ReachesAsync("**step=check**");
        await page.Locator("#check .button.primary").ClickAsync();
        await page.ReachesAsync("**/score");
        await FitsAsync(page);

        await page.ClickAsync(".tabs a[href$='/explanation']");
        await page.Locator("[data-drawing=waterfall] svg").Nth(1).WaitForAsync();
        await FitsAsync(page);
        await page.ClickAsync(".tabs a[href$='/review']");
        await page.ClickAsync("button:has-text('Claim')");
        await Assertions.Expect(page.Locator("#decision button.primary")).ToBeVisibleAsync();
        await FitsAsync(page);
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Motion_WhenTheSystemAsksForLess_IsNone()
    {
        await using var calm = await chromium.VisitAsync(workbench.Url, calm: true);
        await calm.EnterAsAsync(Officer);

        var moving = await calm.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration.split(',').some(d => parseFloat(d) > 0)).map(e => e.tagName + '.' + e.className)");

        Assert.Empty(moving);
    }

    [Fact]
    public async Task Rows_OfATable_AreWalkedByKeysAndOpenedByEnter()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync(Officer);
        await officer.OpenAsync("/reviews");
        await Keys.GoToAsync(page, "#queue tbody tr");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("k");

        Assert.Equal(1, await page.EvaluateAsync<int>("[...document.querySelectorAll('#queue tbody tr')].indexOf(document.activeElement)"));
        await page.Keyboard.PressAsync("Home");
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('#queue tbody tr')].indexOf(document.activeElement)"));
        await page.Keyboard.PressAsync("Enter");
        await page.ReachesAsync("**/applications/**");
    }

    private static async Task TakeInAsync(IPage page)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/applications/new?scorecard=trust").ToString());
        await page.Locator(".shell[data-ready]").WaitForAsync();
        await Keys.TypeAsync(page, "#name", "Sekar Ayuningtyas");
        await Keys.TypeAsync(page, "#email", $"{Guid.NewGuid():N}@example.com");
        await Keys.PressAsync(page, "main button.primary");
        await page.ReachesAsync("**step=consent**");
        await page.Locator(".consent-table tbody tr").First.WaitForAsync();
        var boxes = await page.Locator(".consent-table tbody td:nth-child(2) input").CountAsync();
        for (var i = 1; i <= boxes; i++) await Keys.PressAsync(page, $".consent-table tbody tr:nth-child({i}) td:nth-child(2) input", "Space");
        await Keys.PressAsync(page, ".check-line input", "Space");
        await Assertions.Expect(page.Locator(".check-line input")).ToBeCheckedAsync();
        await Keys.PressAsync(page, "main button.primary");
        await page.ReachesAsync("**step=data**");
        await Keys.TypeAsync(page, "#amount", "60000000");
        await Keys.TypeAsync(page, "#term", "24");
        foreach (var (input, value) in Intake.AllValues) await Keys.TypeAsync(page, "#" + input, value);
        await Keys.PressAsync(page, "main button.primary");
        await page.ReachesAsync("**step=check**");
        await Keys.PressAsync(page, "#check .button.primary");
        await page.ReachesAsync("**/score");
        await page.Locator("[data-drawing=gauge] svg").First.WaitForAsync();
    }

    private static async Task DecideAsync(IPage page)
    {
        await Keys.PressAsync(page, "button:has-text('Claim')");
        await page.Locator("#decision .segments input").First.WaitForAsync();
        await Keys.GoToAsync(page, "#decision .segments input");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator("#decision .segments input:checked")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#decision button.primary")).ToBeVisibleAsync();
    }

    private static async Task FitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, $"{page.Url} is wider than the telephone.");
}
