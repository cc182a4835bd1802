using Microsoft.Playwright;

namespace CreditWorkbench.Tests.Browser;

/// <summary>One person at one browser; keeps what the console complains about.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly string _url;
    private readonly IBrowserContext _context;

    /// <summary>Begins to listen to the page.</summary>
    public Visitor(string url, IBrowserContext context, IPage page)
    {
        (_url, _context, Page) = (url, context, page);
        page.Console += (_, message) => { if (message.Type == "error") Complaints.Add(message.Text); };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors of scripts and failed requests.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a path and waits until its circuit answers.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(_url + path);
        if (await Page.Locator(".shell").CountAsync() > 0) await Page.Locator(".shell[data-ready]").WaitForAsync();
    }

    /// <summary>Signs in as a demo user without a password.</summary>
    public async Task EnterAsAsync(string email)
    {
        await OpenAsync("/sign-in");
        await Page.Locator($"form:has(input[value='{email}']) button").ClickAsync();
        await Page.WaitForURLAsync(address => !address.Contains("sign-in", StringComparison.Ordinal));
        await Page.Locator(".shell[data-ready]").WaitForAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
