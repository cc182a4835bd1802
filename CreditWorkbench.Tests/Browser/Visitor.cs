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
        await Page.LeavesAsync("sign-in");
        await Page.Locator(".shell[data-ready]").WaitForAsync();
    }

    /// <summary>From the next page on, everything that the browser tells the server arrives later, in order.</summary>
    public Task SlowAsync(int milliseconds) => Page.AddInitScriptAsync($$"""
        const send = WebSocket.prototype.send;
        let before = Promise.resolve();
        WebSocket.prototype.send = function (data) {
          const due = new Promise(go => setTimeout(go, {{milliseconds}}));
          before = before.then(() => due).then(() => send.call(this, data));
        };
        """);

    /// <summary>From the next page on, the connection can be cut.</summary>
    public Task MakeCuttableAsync() => Page.AddInitScriptAsync("""
        const Real = WebSocket, open = [];
        globalThis.WebSocket = class extends Real { constructor(...given) { super(...given); open.push(this); } };
        globalThis.cutConnection = () => open.splice(0).forEach(socket => socket.close());
        """);

    /// <summary>Cuts the connection; no new one comes about until it is restored.</summary>
    public async Task CutAsync()
    {
        await Page.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        await Page.EvaluateAsync("cutConnection()");
        await Page.Locator("html[data-offline]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Lets connections come about again, and asks for one at once.</summary>
    public async Task RestoreAsync()
    {
        await Page.UnrouteAsync("**/_blazor/**");
        await Page.Locator("[data-reconnect]").ClickAsync();
        await Page.Locator("html:not([data-offline])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        TellPagesAttribute.Saw(await AccountAsync());
        await _context.DisposeAsync();
    }

    // What a reader of a failed test asks first.
    private async Task<string> AccountAsync()
    {
        try
        {
            var shown = await Page.EvaluateAsync<string>("(document.querySelector('main') ?? document.body).innerText");
            var typed = await Page.EvaluateAsync<string>("[...document.querySelectorAll('main input, main select, main textarea')].map(i => `${i.id}=${i.type === 'password' ? '' : i.value}`).join(' ')");
            var focus = await Page.EvaluateAsync<string>("document.activeElement?.outerHTML?.slice(0, 200) ?? ''");
            var alerts = await Page.Locator("[role=alert]").AllInnerTextsAsync();
            return string.Join(Environment.NewLine, Page.Url, "alerts: " + string.Join(" | ", alerts), "console: " + string.Join(" | ", Complaints), "typed: " + typed, "focus: " + focus, shown);
        }
        catch (PlaywrightException error)
        {
            return $"{Page.Url}: {error.Message}";
        }
    }
}
