using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>An analyst walks through the pages on a whole model and on single rows, with an uploaded file.</summary>
[Collection(BrowserGroup.Name)]
public sealed class ExplanationPagesTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Analyst = "tomi.hartono@example.com";
    private static readonly string[] Tabs = ["importance", "swarm", "dependence", "effects", "interactions", "cohorts"];

    [Fact]
    public async Task Study_OfAnUploadedFile_WalksThroughEveryTabAndRow()
    {
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        var page = analyst.Page;
        await analyst.EnterAsAsync(Analyst);
        await analyst.OpenAsync("/explanations");
        await page.SetInputFilesAsync("#study-upload:not([disabled])", workbench.Rows);
        await page.ReachesAsync("**data=*");
        await Assertions.Expect(page.Locator(".figures")).ToContainTextAsync("2,000");

        await MeasureLossesAsync(page);
        await FollowFeatureAsync(page);
        await CompareGroupsAsync(page);
        await ExplainRowAsync(page);
        Assert.Empty(analyst.Complaints);
    }

    [Fact]
    public async Task Study_ByAnAuditor_IsReadWithoutUpload()
    {
        await using var auditor = await chromium.VisitAsync(workbench.Url);
        await auditor.EnterAsAsync("ines.kaloh@example.com");

        await auditor.OpenAsync("/explanations");

        await auditor.Page.Locator("#importance").WaitForAsync();
        Assert.Equal(0, await auditor.Page.Locator("#study-upload").CountAsync());
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Pages_AtEveryWidthAndTheme_AreLegible(int width, bool dark)
    {
        var found = new List<string>();
        await using var analyst = await chromium.VisitAsync(workbench.Url, width, dark);
        await analyst.EnterAsAsync(Analyst);
        foreach (var tab in Tabs)
        {
            await analyst.OpenAsync($"/explanations?tab={tab}");
            await analyst.Page.Locator(".page-tabs").WaitForAsync();
            await WorkOutAsync(analyst.Page, tab);
            await LookAsync(analyst.Page, "explain-" + tab, width, dark, found);
        }

        await analyst.OpenAsync("/explanations/rows?order=low");
        await analyst.Page.ClickAsync("#row-interactions .button");
        await analyst.Page.Locator(".heat").WaitForAsync();
        await analyst.Page.Locator("#row-similar button.small").First.ClickAsync();
        await analyst.Page.Locator("#row-difference").WaitForAsync();
        await LookAsync(analyst.Page, "explain-row", width, dark, found);

        found.AddRange(analyst.Complaints);
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found.Distinct()));
    }

    private static async Task MeasureLossesAsync(IPage page)
    {
        await page.ClickAsync("#permutation .button.primary");
        await Assertions.Expect(page.Locator("#shuffled-head")).ToContainTextAsync("AUC");
        await page.ClickAsync("#importance button[aria-pressed]");
        await Assertions.Expect(page.Locator("#importance tbody tr").First).ToContainTextAsync("%");
    }

    private static async Task FollowFeatureAsync(IPage page)
    {
        await page.ClickAsync(".page-tabs a >> nth=2");
        await page.Locator("#dependence svg[role=img]").First.WaitForAsync();
        await page.SelectOptionAsync("#feature", "savings_growth_rate");
        await page.ReachesAsync("**feature=savings_growth_rate**");
        await Assertions.Expect(page.Locator("#dependence-head")).ToContainTextAsync("Growth of savings");
        await page.ClickAsync(".page-tabs a >> nth=3");
        await page.Locator("#effects svg[role=img]").First.WaitForAsync();
        await page.ClickAsync("#effects .segments button:has-text('Single curves')");
        await Assertions.Expect(page.Locator("#effects .legend")).ToContainTextAsync("single rows");
    }

    private static async Task CompareGroupsAsync(IPage page)
    {
        await page.ClickAsync(".page-tabs a >> nth=5");
        await page.FillAsync("#cohort-a-value", "500");
        await page.ClickAsync("#cohorts .cohort >> nth=0 >> button:has-text('Add')");
        await page.ReachesAsync("**a=score**");
        await Assertions.Expect(page.Locator("#difference-head")).ToContainTextAsync("Largest difference");
    }

    private static async Task ExplainRowAsync(IPage page)
    {
        await page.ClickAsync(".page-head a.button");
        await page.ReachesAsync("**/explanations/rows**");
        await Assertions.Expect(page.Locator("#row-waterfall-head")).ToContainTextAsync("Row 1:");
        await page.FocusAsync("#row-picker .table-wrap");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("#row-waterfall-head")).ToContainTextAsync("Row 2:");
        await page.FillAsync("#row-search", "1500");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#row-waterfall-head")).ToContainTextAsync("Row 1500:");
        await page.ClickAsync("#row-similar button.small >> nth=0");
        await Assertions.Expect(page.Locator("#row-difference-head")).ToContainTextAsync("Row 1500 against row");
    }

    private static async Task WorkOutAsync(IPage page, string tab)
    {
        if (tab == "interactions")
        {
            await page.ClickAsync("#interactions .button.primary");
            await page.Locator("#screen").WaitForAsync();
        }
        else if (tab == "cohorts")
        {
            await page.FillAsync("#cohort-a-value", "600");
            await page.ClickAsync("#cohorts .cohort >> nth=0 >> button:has-text('Add')");
            await page.Locator("#cohorts .chip").First.WaitForAsync();
        }
        else
        {
            await page.Locator($"#{tab} svg[role=img]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
    }

    private static async Task LookAsync(IPage page, string name, int width, bool dark, List<string> found)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Pictures, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width) found.Add($"{name}: wider than {width}");
        foreach (var violation in (await page.RunAxe()).Violations)
            found.Add($"{name}: {violation.Id} ({violation.Impact}) {string.Join(" ", violation.Nodes.Select(node => node.Html))}");
    }
}
