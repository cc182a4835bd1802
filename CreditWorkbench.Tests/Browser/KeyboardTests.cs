using System.Text;
using CreditWorkbench.Web.Identity;
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
        await SignInAsync(officer);
        await Keys.PressAsync(page, ".shell-nav a[href='/applications/new']");
        await page.ReachesAsync("**/applications/new");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();

        await TakeInAsync(page, "Sekar Ayuningtyas");
        var address = new Uri(page.Url).AbsolutePath[..^"/score".Length];
        foreach (var tab in new[] { "explanation", "roadmap", "review" })
        {
            await Keys.PressAsync(page, $".tabs a[href='{address}/{tab}']");
            await page.ReachesAsync($"**/{tab}");
            await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            await Keys.HeldAsync(page);
        }

        await FileAsync(page);
        await DecideAsync(page);
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Statement_ByKeyboardAlone_GoesFromTheFormToTheFormWithItsValues()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url, calm: true);
        var page = officer.Page;
        await SignInAsync(officer);
        await Keys.PressAsync(page, ".shell-nav a[href='/applications/new']");
        await page.ReachesAsync("**/applications/new");
        await RegisterAsync(page, "Nirmala Wijayanti");
        await ConsentAsync(page);
        await Keys.PressAsync(page, "#bank a.button");
        await page.ReachesAsync("**/statement");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();

        await Keys.ChooseFileAsync(page, "#statement-file", new FilePayload { Name = "account.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Intake.Statement(TimeProvider.System.GetUtcNow())) });
        await Assertions.Expect(page.Locator("#derived")).ToContainTextAsync("6 full months");
        await Keys.HeldAsync(page);
        await Keys.TypeAsync(page, "#bank-name", "Bank Contoh");
        await Keys.PressAsync(page, "#derived .link-button");
        await Assertions.Expect(page.Locator("#behind tbody tr").First).ToBeVisibleAsync();
        await Keys.HeldAsync(page);
        await Keys.PressAsync(page, "#derived button.primary");
        await page.ReachesAsync("**step=data**");

        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#income_regularity_score-origin")).ToHaveValueAsync("Bank");
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

    private static async Task SignInAsync(Visitor officer)
    {
        var page = officer.Page;
        await officer.OpenAsync("/sign-in");
        await Keys.TypeAsync(page, "#email", Officer);
        await Keys.TypeAsync(page, "#password", DemoUsers.Password);
        await Keys.PressAsync(page, "form.fields button[type=submit]");
        await page.Locator(".shell[data-ready]").WaitForAsync();
        await page.Locator("#waiting").WaitForAsync();
    }

    private static async Task RegisterAsync(IPage page, string name)
    {
        await Assertions.Expect(page.Locator("#scorecard")).ToHaveValueAsync("trust");
        await Keys.TypeAsync(page, "#name", name);
        await Keys.TypeAsync(page, "#email", $"{Guid.NewGuid():N}@example.com");
        await Keys.PressAsync(page, "main button.primary");
        await page.ReachesAsync("**step=consent**");
        await page.Locator(".consent-table tbody tr").First.WaitForAsync();
        await Keys.HeldAsync(page);
    }

    private static async Task ConsentAsync(IPage page)
    {
        var boxes = await page.Locator(".consent-table tbody td:nth-child(2) input").CountAsync();
        for (var i = 1; i <= boxes; i++) await Keys.PressAsync(page, $".consent-table tbody tr:nth-child({i}) td:nth-child(2) input", "Space");
        await Keys.PressAsync(page, ".check-line input", "Space");
        await Assertions.Expect(page.Locator(".check-line input")).ToBeCheckedAsync();
        await Keys.PressAsync(page, "main button.primary");
        await page.ReachesAsync("**step=data**");
        await page.Locator("#progress").WaitForAsync();
        await Keys.HeldAsync(page);
    }

    private static async Task TakeInAsync(IPage page, string name)
    {
        await RegisterAsync(page, name);
        await ConsentAsync(page);
        await Keys.TypeAsync(page, "#amount", "60000000");
        await Keys.TypeAsync(page, "#term", "24");
        foreach (var (input, value) in Intake.AllValues) await Keys.TypeAsync(page, "#" + input, value);
        await Keys.PressAsync(page, "main button.primary");
        await page.ReachesAsync("**step=check**");
        await page.Locator("#check tbody tr").First.WaitForAsync();
        await Keys.HeldAsync(page);
        await Keys.PressAsync(page, "#check .button.primary");
        await page.ReachesAsync("**/score");
        await page.Locator("[data-drawing=gauge] svg").First.WaitForAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
    }

    private static async Task FileAsync(IPage page)
    {
        await Keys.PressAsync(page, "button:has-text('Claim')");
        await Assertions.Expect(page.Locator(".case-head")).ToContainTextAsync("Claimed by you");
        await Keys.HeldAsync(page);
        await Keys.PressAsync(page, "#review-timeline button[aria-expanded]");
        await Keys.TypeAsync(page, "#note", "Called the employer; the job is confirmed.");
        await Keys.PressAsync(page, ".note-form button[type=submit]");
        await Assertions.Expect(page.Locator("#review-timeline")).ToContainTextAsync("the job is confirmed");
        await Assertions.Expect(page.Locator("#review-timeline button[aria-expanded=false]")).ToBeFocusedAsync();
        await Keys.ChooseFileAsync(page, "#document-file", new FilePayload { Name = "payslip.pdf", MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes("%PDF-1.7 payslip") });
        await Assertions.Expect(page.Locator("#documents li")).ToContainTextAsync("payslip.pdf");
        await Assertions.Expect(page.Locator("#document-file")).ToBeFocusedAsync();
    }

    private static async Task DecideAsync(IPage page)
    {
        await Keys.GoToAsync(page, "#decision .segments input");
        var decline = page.Locator("#decision .segments label:has-text('Decline') input");
        for (var i = 0; i < 4 && !await decline.IsCheckedAsync(); i++) await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(decline).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("#decision button.primary")).ToHaveTextAsync("Decline");
        if (await page.Locator("#override").CountAsync() > 0)
        {
            await Keys.GoToAsync(page, "#override");
            await page.Keyboard.PressAsync("ArrowDown");
            await Assertions.Expect(page.Locator("#override")).Not.ToHaveValueAsync("");
        }
        await Keys.TypeAsync(page, "#justification", "Too little steady income for this instalment; the reasons were explained.");
        await Keys.PressAsync(page, "#decision button.primary");
        await Assertions.Expect(page.Locator("#decision")).ToContainTextAsync("Decided by");
        await Keys.HeldAsync(page);
        await Assertions.Expect(page.Locator("#decision :focus")).ToHaveCountAsync(1);
    }

    private static async Task FitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, $"{page.Url} is wider than the telephone.");
}
