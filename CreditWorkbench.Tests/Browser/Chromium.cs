using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The system's Chromium; tests skip visibly where it is not installed.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Whether Chromium is installed.</summary>
    public static bool IsThere => File.Exists(Executable);

    /// <summary>Where pictures of pages are put.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!IsThere) return;
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A fresh visitor.</summary>
    /// <param name="url">Address of the workbench.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="dark">Whether the dark theme is chosen.</param>
    /// <param name="language">Language that the browser asks for.</param>
    /// <param name="calm">Whether the system asks for reduced motion.</param>
    public async Task<Visitor> VisitAsync(string url, int width = 1440, bool dark = false, string language = "en", bool calm = false)
    {
        Assert.SkipUnless(IsThere, "Chromium is not installed.");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width < 860 ? 844 : 1000 }, Locale = language == "id" ? "id-ID" : "en-GB", ReducedMotion = calm ? ReducedMotion.Reduce : ReducedMotion.NoPreference });
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync([new() { Name = "cw-theme", Value = dark ? "dark" : "light", Url = url }]);
        return new Visitor(url, context, await context.NewPageAsync());
    }
}
