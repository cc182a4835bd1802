using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Whoever writes a client system tries a call from the page, with the own session.</summary>
[Collection(BrowserGroup.Name)]
public sealed partial class DeveloperTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Fact]
    public async Task Console_ExampleSent_ShowsStatusHeadersAndBody()
    {
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        await analyst.EnterAsAsync("tomi.hartono@example.com");
        await analyst.OpenAsync("/developers");

        await analyst.Page.FillAsync("#console-path", "/api/v1/scorecards/nobody/predict");
        await analyst.Page.ClickAsync("#console-send");

        await Assertions.Expect(analyst.Page.Locator("#console-answer")).ToContainTextAsync("scorecard.notFound");
        await Assertions.Expect(analyst.Page.Locator("[role=status] .badge").First).ToHaveTextAsync(NotFound());
    }

    [GeneratedRegex("^404")]
    private static partial Regex NotFound();
}
