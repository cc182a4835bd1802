using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>An analyst edits a dictionary, brings a file in, reads its quality report and sets bins.</summary>
[Collection(BrowserGroup.Name)]
public sealed class BuildPagesTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Analyst = "tomi.hartono@example.com";

    [Fact]
    public async Task Scorecard_EditedInTheBrowser_ShowsFaultsAndIsPublished()
    {
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        var page = analyst.Page;
        await analyst.EnterAsAsync(Analyst);
        await analyst.OpenAsync("/scorecards/consumer");
        await page.Locator("#doc-inputs").WaitForAsync();
        await analyst.OpenAsync("/scorecards/consumer/edit");
        await page.Locator("#card-text").WaitForAsync();
        await Assertions.Expect(page.Locator(".editor-gutter i").First).ToHaveTextAsync("1");
        var text = await page.InputValueAsync("#card-text");

        await page.FillAsync("#card-text", text.Replace("version: 1.0.0", "version: [", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#faults .fault").First).ToContainTextAsync("Line");
        await page.ClickAsync("#faults .fault >> nth=0");
        await Assertions.Expect(page.Locator("#card-text")).ToBeFocusedAsync();
        await page.FillAsync("#card-text", text.Replace("\"Consumer credit\"", "\"Consumer loans\"", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#change-head")).ToHaveTextAsync("Only the presentation changes");
        await page.ClickAsync("#card-save");
        await Assertions.Expect(page.Locator("#card-status")).ToHaveTextAsync("Draft saved");
        await page.ClickAsync("#card-publish");
        await Assertions.Expect(page.Locator("main > .note")).ToContainTextAsync("is in force");

        Assert.Empty(analyst.Complaints);
    }

    [Fact]
    public async Task File_BroughtIn_IsTriedKeptReportedAndBinned()
    {
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        var page = analyst.Page;
        await analyst.EnterAsAsync(Analyst);

        await ImportAsync(analyst, "loans", 1_000);
        await Assertions.Expect(page.Locator("#quality-findings")).ToContainTextAsync("Duplicate rows");
        await page.ClickAsync("#quality-findings tbody tr:has-text('Duplicate rows') button");
        await page.FillAsync("#quality-findings tbody input", "Two sources deliver the same customers.");
        await page.ClickAsync("#quality-findings tbody .acknowledge .primary");
        await Assertions.Expect(page.Locator("#quality-findings tbody tr:has-text('Duplicate rows')")).ToContainTextAsync("Two sources");

        await page.ClickAsync(".page-head a[href$='/binning']");
        await page.Locator("#binning-chart .bin-edge:visible").First.WaitForAsync();
        await DragAndUndoAsync(page);
        await page.ClickAsync(".page-head a.primary");
        await Assertions.Expect(page.Locator("#p-scorecard-edges")).ToHaveValueAsync(new Regex("income"));

        Assert.Empty(analyst.Complaints);
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task Pages_AtEveryWidthAndTheme_AreLegible(int width, bool dark)
    {
        var found = new List<string>();
        await using var analyst = await chromium.VisitAsync(workbench.Url, width, dark);
        var page = analyst.Page;
        await analyst.EnterAsAsync(Analyst);
        foreach (var (name, path, wait) in new[]
        {
            ("scorecards", "/scorecards", "#scorecards"), ("scorecard", "/scorecards/trust", "#doc-inputs"), ("scorecard-reasons", "/scorecards/trust?tab=reasons", "#card-reasons"),
            ("scorecard-yaml", "/scorecards/trust?tab=yaml", ".source-lines"), ("scorecard-edit", "/scorecards/trust/edit", "#card-try"), ("data", "/data", "h1"), ("data-import", "/data/import", "#data-upload"),
        })
        {
            await analyst.OpenAsync(path);
            await page.Locator(wait).First.WaitForAsync();
            await LookAsync(page, name, width, dark, found);
        }

        await ImportAsync(analyst, $"look {width.ToString(CultureInfo.InvariantCulture)}", 400 + width, () => LookAsync(page, "data-columns", width, dark, found));
        foreach (var tab in new[] { "findings", "columns&column=income", "contract", "drift", "origin" })
        {
            await analyst.OpenAsync(new Uri(page.Url).AbsolutePath + "?tab=" + tab);
            await page.Locator(".page-tabs + *").WaitForAsync();
            await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await LookAsync(page, "quality-" + tab.Split('&')[0], width, dark, found);
        }

        await page.ClickAsync(".page-head a[href$='/binning']");
        await page.Locator("#binning-chart .bin-edge:visible").First.WaitForAsync();
        await LookAsync(page, "binning", width, dark, found);

        found.AddRange(analyst.Complaints);
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found.Distinct()));
    }

    private static async Task ImportAsync(Visitor analyst, string name, int rows, Func<Task>? look = null)
    {
        var page = analyst.Page;
        await analyst.OpenAsync("/data/import");
        await page.Locator("#data-upload:not([disabled])").WaitForAsync();
        await page.SetInputFilesAsync("#data-upload", new FilePayload { Name = name + ".csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Csv(rows)) });
        await Assertions.Expect(page.Locator("#import-columns tr:has-text('months') .codes")).ToHaveValueAsync("-9");
        if (look is not null) await look();
        await page.ClickAsync("#data-try");
        await Assertions.Expect(page.Locator("#trial .figures")).ToContainTextAsync(rows.ToString("N0", CultureInfo.GetCultureInfo("en")));
        await page.FillAsync("#data-name", name);
        await page.ClickAsync("#data-keep");
        await page.Locator("#quality-findings").WaitForAsync();
    }

    private static async Task DragAndUndoAsync(IPage page)
    {
        await page.SelectOptionAsync("#binning-column", "income");
        await Assertions.Expect(page.Locator("#binning-chart-head")).ToContainTextAsync("income");
        var edge = page.Locator("#binning-chart .bin-edge:visible").First;
        var box = (await edge.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width / 2 + 40, box.Y + box.Height / 2, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator("#journal li")).ToHaveCountAsync(1);
        await page.Locator("#binning-chart .bin-edge:visible").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#journal li")).ToHaveCountAsync(2);
        await page.ClickAsync("#binning-undo");
        await Assertions.Expect(page.Locator("#journal li").First).ToContainTextAsync("undone");
        await Assertions.Expect(page.Locator("#binning-redo")).ToBeEnabledAsync();
    }

    private static async Task LookAsync(IPage page, string name, int width, bool dark, List<string> found)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Pictures, $"build-{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width) found.Add($"{name}: wider than {width}");
        foreach (var violation in (await page.RunAxe()).Violations)
            found.Add($"{name}: {violation.Id} ({violation.Impact}) {string.Join(" ", violation.Nodes.Select(node => node.Html))}");
    }

    // Risk rises with income's distance from the top and falls with months; -9 is a code; the last rows repeat.
    private static string Csv(int rows) => "months,income,purpose,default\n" + string.Concat(Enumerable.Range(0, rows).Select(i => i < rows - 10 ? i : i - 20).Select(i =>
        $"{(i % 11 == 0 ? -9 : i * 37 % 60)},{2_000 + i * 71 % 3_000},{(i % 3 == 0 ? "car" : "home")},{(i * 0.61803398875 % 1 < 0.55 - i * 71 % 3_000 / 6_500.0 ? 1 : 0)}\n"));
}
