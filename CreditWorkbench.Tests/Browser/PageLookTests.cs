using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Every page at two widths in both themes: legible to a screen reader, not wider than the window, silent on the console; pictures are kept.</summary>
[Collection(BrowserGroup.Name)]
public sealed class PageLookTests(WorkbenchProcess workbench, Chromium chromium)
{
    private static readonly (string Name, string Path, string Email)[] Pages =
    [
        ("overview", "/overview", "maya.putri@example.com"), ("queue", "/reviews", "maya.putri@example.com"), ("applications", "/applications", "maya.putri@example.com"),
        ("intake", "/applications/new", "maya.putri@example.com"), ("registry", "/models", "ines.kaloh@example.com"), ("audit", "/audit", "ines.kaloh@example.com"),
        ("users", "/users", "rina.wijaya@example.com"), ("account", "/account", "rina.wijaya@example.com"),
    ];

    private static readonly string[] Tabs = ["", "/score", "/explanation", "/roadmap", "/review", "/history"];

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Pages_AtEveryWidthAndTheme_AreLegible(int width, bool dark)
    {
        var found = new List<string>();
        var address = await AnyCaseAsync();
        foreach (var group in Pages.Concat(Tabs.Select(tab => ("case" + tab.Replace('/', '-'), address + tab, "maya.putri@example.com"))).GroupBy(page => page.Item3))
        {
            await using var visitor = await chromium.VisitAsync(workbench.Url, width, dark);
            await visitor.OpenAsync("/sign-in");
            await LookAsync(visitor.Page, "sign-in", width, dark, found);
            await visitor.EnterAsAsync(group.Key);
            foreach (var (name, path, _) in group)
            {
                await visitor.OpenAsync(path);
                await LookAsync(visitor.Page, name, width, dark, found);
            }
            found.AddRange(visitor.Complaints);
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found.Distinct()));
    }

    private static async Task LookAsync(IPage page, string name, int width, bool dark, List<string> found)
    {
        await page.Locator("h1").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Pictures, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width) found.Add($"{name}: wider than {width}");
        foreach (var violation in (await page.RunAxe()).Violations)
            found.Add($"{name}: {violation.Id} ({violation.Impact}) {string.Join(" ", violation.Nodes.Select(node => node.Html))}");
    }

    private async Task<string> AnyCaseAsync()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(officer.Page, "Surya Wibowo");
        await Intake.ConsentAsync(officer.Page);
        await Intake.FillAsync(officer.Page);
        await officer.Page.FillAsync("#income_regularity_score", "0.9");
        await officer.Page.ClickAsync("button:has-text('Check data')");
        await officer.Page.WaitForURLAsync("**step=check**");
        await officer.Page.Locator("#check .button.primary").ClickAsync();
        await officer.Page.WaitForURLAsync("**/score", new() { Timeout = 60_000 });
        return new Uri(officer.Page.Url).AbsolutePath[..^"/score".Length];
    }
}
