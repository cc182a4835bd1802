using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Whoever leaves a page with something typed that is not kept is asked first.</summary>
[Collection(BrowserGroup.Name)]
public sealed class LeavingTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Words = "Too little steady income for this instalment";

    [Fact]
    public async Task Decision_HalfWritten_IsAskedAboutByLinksAndByReload()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        var address = await ScoredCase.NewAsync(officer, "Melati Puspasari");
        await officer.OpenAsync(address + "/review");
        await page.ClickAsync("button:has-text('Claim')");
        await page.FillAsync("#justification", Words);
        await Assertions.Expect(page.Locator("#decision .side")).ToContainTextAsync(Words.Length + " ");

        await page.ClickAsync(".shell-nav a[href='/applications']");
        await Assertions.Expect(page.Locator("[role=alertdialog] .primary")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=alertdialog]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#justification")).ToHaveValueAsync(Words);
        Assert.Equal("beforeunload", await ReloadAsync(page));
        await Assertions.Expect(page.Locator("#justification")).ToHaveValueAsync(Words);

        await page.ClickAsync(".shell-nav a[href='/applications']");
        await page.ClickAsync("[role=alertdialog] .danger");
        await page.ReachesAsync("**/applications");
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Password_HalfTyped_IsAskedAboutOnThePageThatTheServerRendersAlone()
    {
        await using var viewer = await chromium.VisitAsync(workbench.Url);
        var page = viewer.Page;
        await viewer.EnterAsAsync("vera.lestari@example.com");
        await viewer.OpenAsync("/account");
        await page.FillAsync("#new-password", "Fifteen-letters-1");
        var asked = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Message);
            if (asked.Count == 1) await dialog.DismissAsync();
            else await dialog.AcceptAsync();
        };

        await page.ClickAsync(".shell-nav a[href='/overview']");
        await Assertions.Expect(page.Locator("#new-password")).ToHaveValueAsync("Fifteen-letters-1");
        await page.ClickAsync(".shell-nav a[href='/overview']");

        await page.ReachesAsync("**/overview");
        Assert.Equal(2, asked.Count);
        Assert.All(asked, question => Assert.Contains("not stored", question, StringComparison.Ordinal));
    }

    // Asks the page to load anew, keeps it where it is, and says what the browser asked.
    private static async Task<string> ReloadAsync(IPage page)
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        async void Answer(object? sender, IDialog dialog)
        {
            await dialog.DismissAsync();
            asked.TrySetResult(dialog.Type);
        }

        page.Dialog += Answer;
        await page.EvaluateAsync("setTimeout(() => location.reload(), 0)");
        var type = await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        page.Dialog -= Answer;
        return type;
    }
}
