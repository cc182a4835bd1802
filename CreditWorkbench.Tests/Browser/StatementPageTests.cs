using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The statement page on a small file: what is refused is named with the chosen form of dates, nothing of the preview is cut off, and what was taken over lasts.</summary>
[Collection(BrowserGroup.Name)]
public sealed class StatementPageTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Fact]
    public async Task Statement_OfWrongDates_NamesTheChosenFormThenShowsEveryColumnAndKeepsItsValues()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(page, "Dian Purwanti");
        await Intake.ConsentAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Read a statement" }).ClickAsync();
        await page.Locator("#statement-file:not([disabled])").SetInputFilesAsync(new FilePayload { Name = "account.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Intake.Statement(TimeProvider.System.GetUtcNow())) });
        await Assertions.Expect(page.Locator("#derived")).ToContainTextAsync("full months");

        await page.Locator("#date-form").SelectOptionAsync("yyMMdd");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("is not a date of the chosen form yyMMdd (261120)");
        await page.Locator("#date-form").SelectOptionAsync("yyyy-MM-dd");
        await Assertions.Expect(page.Locator("#preview thead")).ToContainTextAsync("Balance");

        Assert.True(await page.EvaluateAsync<bool>("(() => { const wrap = document.querySelector('#preview .table-wrap'); return wrap.scrollWidth <= wrap.clientWidth + 1; })()"), "A column of the preview is cut off.");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Take \\d+ values over$") }).ClickAsync();
        await page.ReachesAsync("**step=data**");
        var taken = await page.Locator("#monthly_transaction_count").InputValueAsync();
        await page.ReloadAsync();
        await page.Locator(".shell[data-ready]").WaitForAsync();
        Assert.NotEqual("", taken);
        await Assertions.Expect(page.Locator("#monthly_transaction_count")).ToHaveValueAsync(taken);
        await Assertions.Expect(page.Locator("#income_regularity_score-origin")).ToHaveValueAsync("Bank");
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Shell_NamesOfButtons_HoldWhatTheyShow()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/reviews");
        await officer.Page.Locator("#queue tbody tr").First.WaitForAsync();

        var result = await officer.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["label-content-name-mismatch"] } });

        Assert.Empty(result.Violations.SelectMany(violation => violation.Nodes).Select(node => node.Html));
    }
}
