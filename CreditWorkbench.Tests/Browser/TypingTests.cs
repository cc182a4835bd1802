using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>What somebody types into a form stays there, however slow the line is.</summary>
[Collection(BrowserGroup.Name)]
public sealed class TypingTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Fact]
    public async Task Form_TypedOverASlowLine_KeepsEveryLetter()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.SlowAsync(400);
        await officer.OpenAsync("/applications/new?scorecard=trust");

        await officer.Page.Locator("#name").PressSequentiallyAsync("Ratna Kusumawardani", new() { Delay = 60 });

        await Assertions.Expect(officer.Page.Locator("#name")).ToHaveValueAsync("Ratna Kusumawardani");
        await Assertions.Expect(officer.Page.Locator("#name")).ToBeFocusedAsync();
    }
}
