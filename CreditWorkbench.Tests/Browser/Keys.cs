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
