using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

[Collection(BrowserGroup.Name)]
public sealed class SignInTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Theory]
    [InlineData("vera.lestari@example.com")]
    [InlineData("nobody@example.com")]
    public async Task SignIn_FiveWrongPasswords_CountDownAndLock(string email)
    {
        await using var visitor = await chromium.VisitAsync(workbench.Url);
        await visitor.OpenAsync("/sign-in");
        var alert = visitor.Page.GetByRole(AriaRole.Alert);

        foreach (var words in new[] { "4 tries are left", "3 tries are left", "2 tries are left", "One try is left", "The account is locked until" })
        {
            await visitor.Page.FillAsync("#email", email);
            await visitor.Page.FillAsync("#password", "not the password");
            await visitor.Page.ClickAsync("button.primary");
            await Assertions.Expect(alert).ToContainTextAsync(words);
        }
    }

    [Fact]
    public async Task Language_Indonesian_HoldsAcrossPages()
    {
        await using var visitor = await chromium.VisitAsync(workbench.Url);
        await visitor.OpenAsync("/sign-in");
        await visitor.Page.ClickAsync(".language a[lang=id]");

        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Masuk");
        await visitor.EnterAsAsync("maya.putri@example.com");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Ikhtisar");
        Assert.Equal("id", await visitor.Page.GetAttributeAsync("html", "lang"));
    }

    [Fact]
    public async Task Page_OfAnotherRole_IsDenied()
    {
        await using var visitor = await chromium.VisitAsync(workbench.Url);
        await visitor.EnterAsAsync("maya.putri@example.com");

        await visitor.OpenAsync("/users");

        await Assertions.Expect(visitor.Page.GetByText("Your role may not open this").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignOut_ThenBack_AsksToSignIn()
    {
        await using var visitor = await chromium.VisitAsync(workbench.Url);
        await visitor.EnterAsAsync("ines.kaloh@example.com");
        await visitor.Page.ClickAsync(".user-menu summary");
        await visitor.Page.ClickAsync("button:has-text('Sign out')");
        await visitor.Page.ReachesAsync("**/sign-in");

        await visitor.OpenAsync("/audit");

        Assert.Contains("/sign-in", visitor.Page.Url, StringComparison.Ordinal);
    }
}
