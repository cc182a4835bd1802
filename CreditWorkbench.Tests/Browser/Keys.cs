using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>A person who has a keyboard and nothing else.</summary>
internal static class Keys
{
    private const int MostTabs = 250;

    /// <summary>Goes on by the tab key until the focus is on what a selector names; fails when it never gets there.</summary>
    public static async Task GoToAsync(IPage page, string selector)
    {
        await page.Locator(selector).First.WaitForAsync();
        for (var i = 0; i < MostTabs; i++)
        {
            if (await page.Locator(selector).EvaluateAllAsync<bool>("all => all.includes(document.activeElement)")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The tab key never reaches {selector} on {page.Url}.");
    }

    /// <summary>Goes there and presses a key.</summary>
    public static async Task PressAsync(IPage page, string selector, string key = "Enter")
    {
        await GoToAsync(page, selector);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Goes to a field and types in place of what it holds.</summary>
    public static async Task TypeAsync(IPage page, string selector, string text)
    {
        await GoToAsync(page, selector);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Goes to a field for files, opens the browser's dialog and chooses one.</summary>
    public static async Task ChooseFileAsync(IPage page, string selector, FilePayload file)
    {
        await page.Locator(selector + ":not([disabled])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await GoToAsync(page, selector);
        var opened = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(object? sender, IFileChooser chooser) => opened.TrySetResult(chooser);
        page.FileChooser += Take;
        // The browser must know that the dialog is awaited before the key opens it: an answer to a later question says that it does.
        await page.EvaluateAsync("document.title");
        await page.Keyboard.PressAsync("Enter");
        await (await opened.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).SetFilesAsync(file);
        page.FileChooser -= Take;
    }

    /// <summary>The focus is on something of the page: after a re-render it never stays in nothing.</summary>
    public static Task HeldAsync(IPage page) => Assertions.Expect(page.Locator("main :focus, main:focus")).ToHaveCountAsync(1);

    /// <summary>Chooses by the search that opens with Ctrl+K.</summary>
    public static async Task FindAsync(IPage page, string words, string href)
    {
        await page.Keyboard.PressAsync("Control+K");
        await Assertions.Expect(page.Locator("#palette-search")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(words);
        await Assertions.Expect(page.Locator($".palette-hit[aria-selected=true][href='{href}']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
    }
}
