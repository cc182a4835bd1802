using System.Text;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Tests.ModelBuilding;
using CreditWorkbench.Web.Hosting;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>An analyst takes a small file from a data set to a registered candidate, and looks at every page on the way.</summary>
[Collection(BrowserGroup.Name)]
public sealed class LabPagesTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Analyst = "tomi.hartono@example.com";
    private static readonly string[] Tabs = ["overview", "evaluation", "cutoffs", "fairness", "findings"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Candidate_FromADataSet_IsJudgedCutAcknowledgedAndRegistered()
    {
        Assert.SkipUnless(Chromium.IsThere, "Chromium is not installed.");
        var data = await DataAsync("walk");
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        var page = analyst.Page;
        await analyst.EnterAsAsync(Analyst);

        await analyst.OpenAsync($"/lab/new?data=dataset:{data}");
        await Assertions.Expect(page.Locator("#lab-parts")).ToContainTextAsync("2,400");
        foreach (var family in new[] { "boosting", "forest" }) await page.UncheckAsync("#family-" + family);
        await page.FillAsync("#lab-refits", "2");
        await page.FillAsync("#lab-title", "Walk through the lab");
        await page.ClickAsync("#lab-start");
        await page.ReachesAsync("**/lab/runs/*");
        await Assertions.Expect(page.Locator("#board tbody tr")).ToHaveCountAsync(1, new() { Timeout = 120_000 });

        await page.ClickAsync("#board tbody a.button");
        await page.ClickAsync(".page-tabs a >> nth=4");
        await AcknowledgeAllAsync(page);
        await page.ClickAsync(".page-tabs a >> nth=2");
        await CutAsync(page);
        await page.ClickAsync(".page-tabs a >> nth=0");
        await page.FillAsync("#register-name", "walked");
        await page.ClickAsync("#register-button");
        await Assertions.Expect(page.Locator("#register a")).ToContainTextAsync("walked@1");

        await analyst.OpenAsync("/models/walked/1");
        await Assertions.Expect(page.Locator(".page-head h1")).ToContainTextAsync("walked@1");
        Assert.Empty(analyst.Complaints);
    }

    [Fact]
    public async Task Lab_ByAnAdmin_IsReadButNotDesigned()
    {
        await using var admin = await chromium.VisitAsync(workbench.Url);
        await admin.EnterAsAsync("rina.wijaya@example.com");

        await admin.OpenAsync("/lab");

        await admin.Page.Locator(".page-head h1").WaitForAsync();
        Assert.Equal(0, await admin.Page.Locator("a[href='/lab/new']").CountAsync());
    }

    [Theory]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    public async Task Pages_WideInTheDarkAndNarrowInTheLight_AreLegible(int width, bool dark)
    {
        Assert.SkipUnless(Chromium.IsThere, "Chromium is not installed.");
        var (found, run) = (new List<string>(), await RunAsync());
        await using var analyst = await chromium.VisitAsync(workbench.Url, width, dark);
        await analyst.EnterAsAsync(Analyst);
        await LookAsync(analyst, "/lab", "#lab-runs", "runs", width, dark, found);
        await LookAsync(analyst, "/lab/new", "#lab-parts", "new", width, dark, found);
        await LookAsync(analyst, $"/lab/runs/{run}", "#run-roc", "run", width, dark, found);
        foreach (var tab in Tabs) await LookAsync(analyst, $"/lab/runs/{run}/scorecard?tab={tab}", ".page-tabs", tab, width, dark, found);
        await LookAsync(analyst, $"/lab/runs/{run}/compare", "#paired", "compare", width, dark, found);

        found.AddRange(analyst.Complaints);
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found.Distinct()));
    }

    [Fact]
    public async Task Report_OfACandidate_IsTheSameEveryTime()
    {
        Assert.SkipUnless(Chromium.IsThere, "Chromium is not installed.");
        var run = await RunAsync();
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        await analyst.EnterAsAsync(Analyst);

        foreach (var format in new[] { "html", "pdf", "json", "csv" })
        {
            var first = await analyst.Page.APIRequest.GetAsync($"{workbench.Url}/lab/runs/{run}/scorecard/report.{format}?language=id");
            var second = await analyst.Page.APIRequest.GetAsync($"{workbench.Url}/lab/runs/{run}/scorecard/report.{format}?language=id");

            Assert.True(first.Ok, format);
            Assert.Equal(await first.BodyAsync(), await second.BodyAsync());
        }
    }

    private static async Task AcknowledgeAllAsync(IPage page)
    {
        var open = page.Locator("#findings button:has-text('Explain and keep')");
        await open.First.WaitForAsync();
        for (var left = await open.CountAsync(); left > 0; left--)
        {
            await Assertions.Expect(open).ToHaveCountAsync(left);
            await open.First.ClickAsync();
            await page.FillAsync("#finding-reason", "Looked at in a test; the column stays for its sake.");
            await page.ClickAsync("#findings button:has-text('Take responsibility')");
            await Assertions.Expect(page.Locator("#finding-reason")).ToHaveCountAsync(0);
            await Assertions.Expect(open).ToHaveCountAsync(left - 1);
        }
    }

    // The handle moves by the keyboard; figures and address follow.
    private static async Task CutAsync(IPage page)
    {
        var threshold = page.Locator(".figures .value").First;
        var before = await threshold.InnerTextAsync();
        await page.Locator(".only-wide .xy-handle").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(threshold).Not.ToHaveTextAsync(before);
        await page.ReachesAsync("**t=0.*");
        await page.ClickAsync("#cut-costs button:has-text('To the best cut')");
        await Assertions.Expect(page.Locator("#cut-confusion")).ToContainTextAsync("Defaults caught");
        await page.ReloadAsync();
        await page.Locator(".shell[data-ready]").WaitForAsync();
        await page.ReachesAsync("**t=0.*");
    }

    private static async Task LookAsync(Visitor analyst, string path, string ready, string name, int width, bool dark, List<string> found)
    {
        await analyst.OpenAsync(path);
        await analyst.Page.Locator(ready).First.WaitForAsync();
        await analyst.Page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Pictures, $"lab-{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        if (await analyst.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width) found.Add($"{name}: wider than {width}");
        foreach (var violation in (await analyst.Page.RunAxe()).Violations)
            found.Add($"{name}: {violation.Id} ({violation.Impact}) {string.Join(" ", violation.Nodes.Select(node => node.Html))}");
    }

    /// <summary>A data set in the store of the running program.</summary>
    private async Task<Guid> DataAsync(string name)
    {
        await using var host = await WorkbenchHost.OpenAsync(Path.GetDirectoryName(workbench.Rows), Cancellation);
        return await AddAsync(host.Services, name);
    }

    // One run for all looks: whoever comes first begins it, the program's own worker does it.
    private async Task<Guid> RunAsync()
    {
        await using var host = await WorkbenchHost.OpenAsync(Path.GetDirectoryName(workbench.Rows), Cancellation);
        var desk = host.Services.GetRequiredService<TrainingDesk>();
        var line = (await desk.ListAsync(Actor.System, Cancellation)).Value.FirstOrDefault(one => one.Run.Request.Title == "Looks");
        var id = line?.Run.Id ?? (await desk.StartAsync(
            new LabRequest
            {
                Title = "Looks",
                Data = new LabData(LabDataKind.Dataset, (await AddAsync(host.Services, "looks")).ToString()),
                Candidates = ["scorecard", "logistic"],
                ConfidenceRefits = 2,
            },
            Actor.System, Cancellation)).Value.Id;
        while ((await desk.FindAsync(id, Actor.System, Cancellation)).Value is { Run.Summary: null } view)
        {
            Assert.True(view.IsAtWork, view.Job?.Error);
            await Task.Delay(200, Cancellation);
        }

        return id;
    }

    private static async Task<Guid> AddAsync(IServiceProvider services, string name)
    {
        var desk = services.GetRequiredService<DatasetDesk>();
        using var rows = new MemoryStream(Encoding.UTF8.GetBytes(ApplicantRows.Csv(leaking: true, rows: 3_200)));
        var file = (await desk.BringAsync(name + ".csv", rows, Actor.System, Cancellation)).Value;
        var mapping = new DatasetMapping("defaulted", ["1"]) { Id = "id", Sensitive = ["gender"], Segment = "job" };
        return (await desk.AddAsync(file.Content, name, mapping, Actor.System, Cancellation)).Value.Id;
    }
}
