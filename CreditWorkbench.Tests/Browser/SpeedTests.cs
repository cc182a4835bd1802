using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>How long a click on a stored score takes until its page can be used, printed for the record; nothing is asserted on clocks.</summary>
/// <remarks><c>dotnet test --filter FullyQualifiedName~SpeedTests --logger "console;verbosity=detailed"</c> on a quiet machine.</remarks>
[Collection(BrowserGroup.Name)]
[Trait("Category", "Long")]
public sealed class SpeedTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const int Rounds = 7;

    [Fact]
    public async Task Case_ClickedInTheBrowser_TellsHowLongItTakesToBeUsable()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        var page = officer.Page;
        await officer.EnterAsAsync("maya.putri@example.com");
        var output = TestContext.Current.TestOutputHelper!;
        foreach (var (tab, shown) in new[] { ("score", "[data-drawing=gauge] svg"), ("explanation", "[data-drawing=waterfall] svg"), ("review", "#decision") })
        {
            var times = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                await officer.OpenAsync("/reviews");
                await page.Locator("#queue tbody tr a").First.WaitForAsync();
                times.Add(await ClickAsync(page, tab, shown));
            }

            Assert.All(times, time => Assert.True(time > 0));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"click on a stored case -> {tab} usable: first {times[0]:0} ms, then median {times.Skip(1).Order().ElementAt((Rounds - 1) / 2):0} ms"));
        }
    }

    // From the click to the first frame in which the page shows what it is for; the address is the same application's tab.
    private static async Task<double> ClickAsync(IPage page, string tab, string shown)
    {
        var clock = Stopwatch.StartNew();
        await page.EvaluateAsync("""
            ([tab, shown]) => new Promise(done => {
              const link = document.querySelector('#queue tbody tr a');
              link.href = link.href.replace(/\/review$/, '/' + tab);
              const watch = new MutationObserver(look);
              function look() { if (!document.querySelector('#queue') && document.querySelector(shown)) { watch.disconnect(); requestAnimationFrame(() => done()); } }
              watch.observe(document.body, { childList: true, subtree: true });
              link.click();
              look();
            })
            """, new[] { tab, shown });
        return clock.Elapsed.TotalMilliseconds;
    }
}
