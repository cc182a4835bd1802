using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>What the page says and allows while the line is down, and afterwards.</summary>
[Collection(BrowserGroup.Name)]
public sealed class ConnectionTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Words = "Too little steady income for this instalment.";

    // At the head of the page, where the top bar is above everything.
    private const string Uncovered = """
        (() => {
          scrollTo(0, 0);
          const box = document.querySelector('[data-reconnect]').getBoundingClientRect();
          return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.matches('[data-reconnect]') ?? false;
        })()
        """;

    [Fact]
    public async Task Bar_AfterAPressOfTheButton_StaysAwayWhenTheRetriesEnd()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        var bar = officer.Page.Locator("#components-reconnect-modal");

        await SayAsync(bar, "show");
        await Assertions.Expect(officer.Page.Locator("html[data-offline]")).ToHaveCountAsync(1);
        await SayAsync(bar, "hide");
        await Assertions.Expect(bar).ToHaveAttributeAsync("data-state", "back");
        await SayAsync(bar, "failed");

        await Assertions.Expect(bar).ToBeHiddenAsync();
        await Assertions.Expect(officer.Page.Locator("html[data-offline]")).ToHaveCountAsync(0);
    }

    // What Blazor says by the class of the bar.
    private static Task SayAsync(ILocator bar, string state) => bar.EvaluateAsync("(bar, state) => bar.className = 'connection components-reconnect-' + state", state);

    [Fact]
    public async Task Decision_WhileTheLineIsDown_WaitsAndKeepsItsWords()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.MakeCuttableAsync();
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        var address = await ScoredCase.NewAsync(officer, "Rahayu Setyowati");
        await officer.OpenAsync(address + "/review");
        await page.ClickAsync("button:has-text('Claim')");
        await page.Locator("#justification").WaitForAsync();

        await officer.CutAsync();
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#components-reconnect-modal .retrying, #components-reconnect-modal .failed").Filter(new() { Visible = true })).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<bool>(Uncovered));
        await page.FillAsync("#justification", Words);
        Assert.Equal("none", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#decision .needs-connection')).pointerEvents"));
        await page.FocusAsync("#decision .needs-connection");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#decision .needs-connection")).ToBeFocusedAsync();

        // The page comes back by itself, without a press of the button.
        await page.UnrouteAsync("**/_blazor/**");
        await page.Locator("html:not([data-offline])").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await Assertions.Expect(page.Locator("#justification")).ToHaveValueAsync(Words);
        await page.Locator("#justification").BlurAsync();
        await Assertions.Expect(page.Locator("#decision .side")).ToContainTextAsync(Words.Length + " ");
        await Assertions.Expect(page.Locator("#decision .needs-connection")).ToBeVisibleAsync();
    }
}
