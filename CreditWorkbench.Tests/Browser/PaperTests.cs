using System.Globalization;
using System.Text;
using CreditWorkbench.Tests.Web;
using CreditWorkbench.Web.Reports;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>What leaves the screen for paper: letters and their list, the roadmap, the report on a candidate.</summary>
[Collection(BrowserGroup.Name)]
public sealed class PaperTests(WorkbenchProcess workbench, Chromium chromium, CandidateReportTests.Trained trained) : IClassFixture<CandidateReportTests.Trained>
{
    // A4 less the margins of the style sheet, at 96 dots per inch.
    private const int Paper = 673;

    [Fact]
    public async Task Letter_Issued_IsFoundAgainDownloadedAndPrintedAlone()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url, dark: true);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        var address = await ScoredCase.NewAsync(officer, "Surti Handoko");
        await DeclineAsync(officer, address);
        await page.ClickAsync("a:has-text('Write the letter')");
        await page.ClickAsync("button:has-text('Issue the letter')");
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("Issued");

        await page.ClickAsync(".shell-nav a[href='/letters']");
        await page.ClickAsync("#letters tbody a:has-text('Surti Handoko')");
        await page.ReachesAsync("**/letter?letter=**");
        await Assertions.Expect(page.Locator(".letter")).ToContainTextAsync("Surti Handoko");
        await DownloadsAsync(page);
        await PrintsAsync(officer, ".letter");
        await Assertions.Expect(page.Locator(".page-head")).ToBeHiddenAsync();
        await officer.OpenAsync(address + "/history");
        await Assertions.Expect(page.Locator("#case-letters a")).ToHaveCountAsync(1);
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Roadmap_Printed_HasNoNavigationAndNoClippedChart()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url, dark: true);
        await officer.EnterAsAsync("maya.putri@example.com");
        var address = await ScoredCase.NewAsync(officer, "Yanti Kusnadi");
        await officer.OpenAsync(address + "/roadmap");
        await Assertions.Expect(officer.Page.Locator(".skeleton")).ToHaveCountAsync(0);
        await officer.Page.Locator(".card").First.WaitForAsync();

        await PrintsAsync(officer, ".card");

        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Report_Printed_HasNoClippedChart()
    {
        await using var reader = await chromium.VisitAsync(workbench.Url, Paper);
        var html = Encoding.UTF8.GetString((await CandidateReports.WriteAsync(trained.Subject(), "html", CultureInfo.GetCultureInfo("en"))).Bytes);
        await reader.Page.SetContentAsync(html);

        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Empty(await ClippedAsync(reader.Page));
        Assert.True(Pages(await reader.Page.PdfAsync(new() { PreferCSSPageSize = true })) > 1);
    }

    private static async Task DeclineAsync(Visitor officer, string address)
    {
        var page = officer.Page;
        await officer.OpenAsync(address + "/review");
        await page.ClickAsync("button:has-text('Claim')");
        await page.Locator("#decision [name=verdict]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.SetInputFilesAsync("#document-file:not([disabled])", new FilePayload { Name = "payslip.pdf", MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes("%PDF-1.7 payslip") });
        await Assertions.Expect(page.Locator("#documents li")).ToContainTextAsync("payslip.pdf");
        await page.ClickAsync("#decision label:has-text('Decline')");
        await page.FillAsync("#justification", "Too little steady income for this instalment; the reasons were explained.");
        await page.ClickAsync("#decision button.primary");
        await Assertions.Expect(page.Locator("#decision")).ToContainTextAsync("Decided by");
    }

    private static async Task DownloadsAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download]:has-text('PDF')"));
        await using var stream = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);

        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-1.4", Encoding.ASCII.GetString(bytes.ToArray()[..16]), StringComparison.Ordinal);
    }

    // On paper: the contents, black on white, nothing of the shell, nothing beyond the margin; and a sheet that the browser really lays out.
    private static async Task PrintsAsync(Visitor visitor, string content)
    {
        var page = visitor.Page;
        await page.SetViewportSizeAsync(Paper, 900);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator("html:not(.dark)")).ToHaveCountAsync(1);
        foreach (var shell in new[] { ".shell-nav", ".shell-top", ".tabs", "main .actions" })
            Assert.True(await page.EvaluateAsync<bool>($"[...document.querySelectorAll('{shell}')].every(e => e.getClientRects().length === 0)"), $"{shell} is printed on {page.Url}.");
        await Assertions.Expect(page.Locator(content).First).ToBeVisibleAsync();
        Assert.Empty(await ClippedAsync(page));
        Assert.Equal("avoid", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.card') ?? document.body).breakInside.replace('auto', document.querySelector('.card') ? 'auto' : 'avoid')"));
        Assert.True(Pages(await page.PdfAsync(new() { PreferCSSPageSize = true })) >= 1);
    }

    // Drawings that stick out of the sheet or of something that cuts them off.
    private static Task<string[]> ClippedAsync(IPage page) => page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll('main svg.chart, body > svg, section svg')].filter(drawing => {
          const box = drawing.getBoundingClientRect();
          if (box.width === 0) return false;
          if (box.right > innerWidth + 1 || box.left < -1) return true;
          for (let each = drawing.parentElement; each; each = each.parentElement)
            if (getComputedStyle(each).overflowX !== 'visible' && each !== document.documentElement && each !== document.body && box.right > each.getBoundingClientRect().right + 1) return true;
          return false;
        }).map(drawing => drawing.outerHTML.slice(0, 120))
        """);

    private static int Pages(byte[] pdf) => System.Text.RegularExpressions.Regex.Count(Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b(?!s)");
}
