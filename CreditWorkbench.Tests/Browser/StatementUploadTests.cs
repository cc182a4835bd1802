using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>A real account goes through the statement upload to a score; its numbers are worked out once more here, from the file alone.</summary>
[Collection(BrowserGroup.Name)]
public sealed class StatementUploadTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Account = "2982";
    private const double RupiahPerCrown = 700;

    [Fact]
    public async Task Statement_OfARealAccount_GoesToAScoreWithTheNumbersOfAnIndependentCalculation()
    {
        var rows = Rows();
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(page, "Jana Novakova");
        await Intake.ConsentAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Read a statement" }).ClickAsync();

        await ReadAsync(page, rows);
        await AssertNumbersAsync(page, new BerkaStatement(rows, RupiahPerCrown));
        await AssertRowsBehindAsync(page);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Take \\d+ values over$") }).ClickAsync();

        await page.ReachesAsync("**step=data**");
        await Assertions.Expect(page.Locator("#income_regularity_score-origin")).ToHaveValueAsync("Bank");
        await ScoreAsync(page);
        Assert.Empty(officer.Complaints);
    }

    private static async Task ReadAsync(IPage page, IReadOnlyList<string> rows)
    {
        await page.Locator("#statement-file:not([disabled])").SetInputFilesAsync(new FilePayload { Name = "account-2982.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', rows)) });
        await page.Locator("#mapping").WaitForAsync();
        await ChooseAsync(page, "date-form", "yyMMdd");
        await ChooseAsync(page, "direction-by", "Column");
        await ChooseAsync(page, "map-direction", "type");
        await ChangeAsync(page, "out-words", "withdrawal, withdrawal in cash");
        await ChooseAsync(page, "map-category", "operation");
        await ChooseAsync(page, "map-counterparty", "k_symbol");
        await ChangeAsync(page, "currency", "CZK");
        await ChangeAsync(page, "rate", RupiahPerCrown.ToString(CultureInfo.InvariantCulture));
        await ChangeAsync(page, "as-of", "1998-06-30");
        await ChangeAsync(page, "bank-name", "Berka");
        foreach (var (category, one) in BerkaStatement.Classes) await page.GetByRole(AriaRole.Combobox, new() { Name = "Class of " + category, Exact = true }).SelectOptionAsync(one);
        await Assertions.Expect(page.Locator("#derived")).ToContainTextAsync("full months");
    }

    private static async Task AssertNumbersAsync(IPage page, BerkaStatement expected)
    {
        // Each change of the mapping is read anew; the page gets there, and then every digit must be right.
        foreach (var (input, value) in expected.Metrics)
        {
            try
            {
                await page.WaitForFunctionAsync(
                    "([input, value]) => { const told = document.querySelector(`[data-input=${input}]`)?.dataset.value; return told && Math.abs(Number(told) - value) <= 1e-9 * Math.max(1, Math.abs(value)); }",
                    new object[] { input, value }, new() { Timeout = 30_000 });
            }
            catch (TimeoutException)
            {
                Assert.Fail($"{input}: the page says {await page.Locator($"[data-input={input}]").GetAttributeAsync("data-value")}, the file {value.ToString("R", CultureInfo.InvariantCulture)}");
            }
        }
    }

    private static async Task AssertRowsBehindAsync(IPage page)
    {
        var button = page.Locator("#derived tr:has([data-input=income_regularity_score]) button");
        var count = int.Parse((await button.InnerTextAsync()).Split(' ')[0], CultureInfo.InvariantCulture);
        await button.ClickAsync();

        await Assertions.Expect(page.Locator("#behind tbody tr")).ToHaveCountAsync(Math.Min(12, count));
        await Assertions.Expect(page.Locator("#behind tbody")).ToContainTextAsync("Income");
        await Assertions.Expect(button).ToBeFocusedAsync();
    }

    private static async Task ScoreAsync(IPage page)
    {
        await page.FillAsync("#amount", "60,000,000");
        await page.FillAsync("#term", "24");
        await page.FillAsync("#address_stability_years", "6");
        await page.FillAsync("#age_years", "41");
        await page.ClickAsync("button:has-text('Check data')");
        await page.ReachesAsync("**step=check**");
        await page.Locator("#check .button.primary").ClickAsync();
        await page.ReachesAsync("**/score");
        await Assertions.Expect(page.Locator("[data-drawing=gauge] svg text.strong").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[3-9]\\d\\d$"));
    }

    private static Task ChooseAsync(IPage page, string id, string value) => page.Locator("#" + id).SelectOptionAsync(value);

    private static async Task ChangeAsync(IPage page, string id, string value)
    {
        await page.Locator("#" + id).FillAsync(value);
        await page.Locator("#" + id).BlurAsync();
    }

    private static IReadOnlyList<string> Rows()
    {
        using var file = new GZipStream(File.OpenRead(RealData.File("berka/transactions.csv.gz")), CompressionMode.Decompress);
        using var lines = new StreamReader(file);
        var kept = new List<string> { lines.ReadLine()! };
        while (lines.ReadLine() is { } line)
            if (line.Split(';')[1] == Account) kept.Add(line);
        return kept;
    }
}
