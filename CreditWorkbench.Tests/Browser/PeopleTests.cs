using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>An admin invites and signs out; people set passwords, end sessions and search for what they may see.</summary>
[Collection(BrowserGroup.Name)]
public sealed class PeopleTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Admin = "rina.wijaya@example.com";
    private const string Password = "Fourteen-letters-1";

    [Fact]
    public async Task Invitation_OfANewPerson_SetsThePasswordOnceAndEndsWithTheAdminsWord()
    {
        await using var admin = await chromium.VisitAsync(workbench.Url);
        await admin.EnterAsAsync(Admin);
        var email = $"{Guid.NewGuid():N}@example.com";
        var link = await InviteAsync(admin, email);

        await using var invited = await chromium.VisitAsync(workbench.Url);
        await SetPasswordAsync(invited.Page, link);
        await SignInAsync(invited, email);
        await using var late = await chromium.VisitAsync(workbench.Url);
        await late.Page.GotoAsync(link);
        await Assertions.Expect(late.Page.Locator(".note")).ToContainTextAsync("used up");

        await admin.Page.ClickAsync($"#users tr:has-text('{email}') a");
        await admin.Page.ClickAsync("#user-sessions button");
        await Assertions.Expect(admin.Page.Locator("[role=status].note")).ToContainTextAsync("signed out everywhere");
        await invited.Page.GotoAsync(workbench.Url + "/overview");
        await invited.Page.ReachesAsync("**/sign-in**");
    }

    [Fact]
    public async Task Roles_ThatExcludeEachOther_AreExplainedAndNotSaved()
    {
        await using var admin = await chromium.VisitAsync(workbench.Url);
        await admin.EnterAsAsync(Admin);
        await admin.OpenAsync("/users");
        await admin.Page.ClickAsync("#users a:has-text('Tomi Hartono')");

        await admin.Page.CheckAsync("#user-roles label:has-text('Loan officer') input");

        await Assertions.Expect(admin.Page.Locator("#user-roles .note")).ToContainTextAsync("exclude each other");
        await Assertions.Expect(admin.Page.Locator("#user-roles button.primary")).ToBeDisabledAsync();
        await admin.Page.ClickAsync(".shell-nav a[href='/users']");
        await admin.Page.ClickAsync("[role=alertdialog] button.danger");
        await admin.Page.ReachesAsync("**/users");
    }

    [Fact]
    public async Task Session_EndedFromAnotherDevice_IsOverThere()
    {
        await using var here = await chromium.VisitAsync(workbench.Url);
        await using var there = await chromium.VisitAsync(workbench.Url, 390);
        await there.EnterAsAsync("vera.lestari@example.com");
        await here.EnterAsAsync("vera.lestari@example.com");
        await here.OpenAsync("/account");

        await here.Page.ClickAsync("button:has-text('End all others')");

        await Assertions.Expect(here.Page.Locator(".note")).ToContainTextAsync("All other sessions have ended");
        await there.Page.GotoAsync(workbench.Url + "/overview");
        await there.Page.ReachesAsync("**/sign-in**");
    }

    [Fact]
    public async Task Search_FromAnywhere_FindsWhatThePersonMaySee()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/reviews");
        await officer.Page.Locator("#queue tbody a[href^='/applications/']").First.WaitForAsync();
        await SearchAsync(officer.Page, "anggraini");
        await Assertions.Expect(officer.Page.Locator(".palette-hit b").First).ToHaveTextAsync("Dewi Anggraini");

        await using var auditor = await chromium.VisitAsync(workbench.Url);
        await auditor.EnterAsAsync("ines.kaloh@example.com");
        await SearchAsync(auditor.Page, "anggraini");
        await Assertions.Expect(auditor.Page.Locator(".palette-none")).ToBeVisibleAsync();
        await auditor.Page.FillAsync("#palette-search", "trust@1");
        await Assertions.Expect(auditor.Page.Locator(".palette-hit b").First).ToHaveTextAsync("trust@1");
        await auditor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(auditor.Page.Locator("#palette")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task FirstLook_OnceClosed_StaysClosedUntilAskedFor()
    {
        await using var viewer = await chromium.VisitAsync(workbench.Url);
        await viewer.EnterAsAsync("vera.lestari@example.com");
        var look = viewer.Page.Locator(".first-look");
        await look.Locator("[data-first-look=done]").ClickAsync();
        await Assertions.Expect(look).ToBeHiddenAsync();
        await viewer.OpenAsync("/overview");
        await viewer.Page.Locator(".figures").WaitForAsync();
        await Assertions.Expect(look).ToBeHiddenAsync();

        await viewer.OpenAsync("/help");
        await viewer.Page.ClickAsync("[data-first-look=again]");

        await Assertions.Expect(look).ToBeVisibleAsync();
    }

    private static async Task SearchAsync(IPage page, string words)
    {
        await page.Keyboard.PressAsync("Control+K");
        await Assertions.Expect(page.Locator("#palette-search")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(words);
    }

    private static async Task<string> InviteAsync(Visitor admin, string email)
    {
        await admin.OpenAsync("/users");
        await admin.Page.ClickAsync(".page-head button.primary");
        await admin.Page.FillAsync("#user-name", "Gita Savitri");
        await admin.Page.FillAsync("#user-email", email);
        await admin.Page.ClickAsync("#add-user button[type=submit]");
        await admin.Page.Locator(".link-text").WaitForAsync();
        return (await admin.Page.Locator(".link-text").TextContentAsync())!.Trim();
    }

    private static async Task SetPasswordAsync(IPage page, string link)
    {
        await page.GotoAsync(link);
        await page.FillAsync("#password", Password);
        await page.ClickAsync("button[type=submit]");
        await page.ClickAsync("a:has-text('Sign in')");
    }

    private static async Task SignInAsync(Visitor visitor, string email)
    {
        await visitor.Page.FillAsync("#email", email);
        await visitor.Page.FillAsync("#password", Password);
        await visitor.Page.ClickAsync("form.fields button[type=submit]");
        await visitor.Page.Locator(".shell[data-ready]").WaitForAsync();
    }
}
