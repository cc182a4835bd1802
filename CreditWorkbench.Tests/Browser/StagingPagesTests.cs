using CreditWorkbench.Tests.Staging;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>An analyst loads a delivery from the page and follows it to the features and the jobs.</summary>
[Collection(BrowserGroup.Name)]
public sealed class StagingPagesTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Analyst = "tomi.hartono@example.com";

    [Fact]
    public async Task Delivery_RunFromThePage_EndsInAVersionThatEveryPageShows()
    {
        Assert.SkipUnless(Chromium.IsThere, "Chromium is not installed.");
        // Not the scorecard's own name: the nightly load must not be faster.
        LoanRiskFiles.Generate(Path.Combine(Path.GetDirectoryName(workbench.Rows)!, "deliveries", "november"), 40, seed: 5, withFaults: true);
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        var page = analyst.Page;
        await analyst.EnterAsAsync(Analyst);
        await analyst.OpenAsync("/staging");

        await page.GetByRole(AriaRole.Button, new() { Name = "Run a delivery" }).ClickAsync();
        await page.Locator("#run-delivery").SelectOptionAsync("november");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Assertions.Expect(page.Locator("#staging-runs tbody tr").First).ToContainTextAsync("Published", new() { Timeout = 60_000 });
        await page.Locator("#staging-runs tbody a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#run-tables")).ToContainTextAsync("transactions");
        await Assertions.Expect(page.Locator("#run-quarantine tbody tr").First).ToBeVisibleAsync();
        var run = new Uri(page.Url).AbsolutePath;

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#run-quarantine .card-tools a").ClickAsync());
        Assert.EndsWith("-quarantine.csv", download.SuggestedFilename, StringComparison.Ordinal);
        await LookAsync(chromium, run);
        Assert.Empty(analyst.Complaints);
    }

    // Each page in both themes, wide and on a phone; the frame around it is looked at by its own test.
    private async Task LookAsync(Chromium browser, string run)
    {
        var found = new List<string>();
        foreach (var (width, dark) in new[] { (1440, false), (390, true) })
        {
            await using var analyst = await browser.VisitAsync(workbench.Url, width, dark);
            await analyst.EnterAsAsync(Analyst);
            foreach (var (name, path, shown) in new[] { ("staging", "/staging", "#staging-runs tbody tr"), ("staging-run", run, "#staging-rules tbody tr"), ("features", "/features", "#feature-sets tbody tr"), ("jobs", "/jobs", "#jobs tbody tr") })
            {
                await analyst.OpenAsync(path);
                await analyst.Page.Locator(shown).First.WaitForAsync();
                await analyst.Page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Pictures, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
                if (await analyst.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width) found.Add($"{name}: wider than {width}");
                foreach (var violation in (await analyst.Page.Locator("main").RunAxe()).Violations) found.Add($"{name} {width}: {violation.Id} {string.Join(" ", violation.Nodes.Select(node => node.Html))}");
            }

            found.AddRange(analyst.Complaints);
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found.Distinct()));
    }
}
