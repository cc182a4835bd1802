using System.Collections.Concurrent;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Every page of the access table in both languages and themes: legible to a screen reader, not wider than the window, silent on the console.
/// With the variable WORKBENCH_SCREENSHOTS set, pictures are kept.</summary>
[Collection(BrowserGroup.Name)]
public sealed class PageLookTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const int PagesPerVisitor = 6;
    private const int AtOnce = 3;
    private static readonly bool Keep = Environment.GetEnvironmentVariable("WORKBENCH_SCREENSHOTS") is { Length: > 0 };
    private static readonly AxeRunOptions Contrast = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    // Pages that say by their status that something is missing: the browser notes it on its console.
    private static readonly string[] Refusals = ["/not-found", "/error", "/denied"];

    [Fact]
    public Task Pages_InEnglishOnAScreen_HaveNoSeriousFindingInEitherTheme() => LookAtAllAsync("en", 1440);

    [Fact]
    [Trait("Category", "Long")]
    public Task Pages_InIndonesianOnATelephone_HaveNoSeriousFindingInEitherTheme() => LookAtAllAsync("id", 390);

    private async Task LookAtAllAsync(string language, int width)
    {
        var samples = await SamplesAsync();
        var found = new ConcurrentBag<string>();
        var looks = AccessTable.Pages.GroupBy(page => PersonFor(page.Value), page => samples.Address(page.Key))
            .SelectMany(group => group.Chunk(PagesPerVisitor).Select(paths => (Person: group.Key, Paths: paths)));

        await Parallel.ForEachAsync(looks, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (look, _) =>
        {
            await using var visitor = await chromium.VisitAsync(workbench.Url, width, language: language, calm: true);
            if (look.Person is { } person) await visitor.EnterAsAsync(person);
            foreach (var path in look.Paths) await LookAsync(visitor, path, language, width, found);
        });

        Assert.True(found.IsEmpty, string.Join(Environment.NewLine, found.Distinct().Order(StringComparer.Ordinal)));
    }

    private static async Task LookAsync(Visitor visitor, string path, string language, int width, ConcurrentBag<string> found)
    {
        var page = visitor.Page;
        await visitor.OpenAsync(path);
        await page.Locator("h1").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        var name = $"{path} ({language}, {width})";
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (wide > width) found.Add($"{name}: {wide} pixels wide");
        await PictureAsync(page, path, language, width, "light");
        Add(found, $"{name}, light", await page.RunAxe());
        await page.EvaluateAsync("workbenchTheme.choose('dark')");
        await PictureAsync(page, path, language, width, "dark");
        Add(found, $"{name}, dark", await page.RunAxe(Contrast));
        await page.EvaluateAsync("workbenchTheme.choose('light')");
        if (!Refusals.Contains(path)) foreach (var complaint in visitor.Complaints) found.Add($"{name}: {complaint}");
        visitor.Complaints.Clear();
    }

    private static void Add(ConcurrentBag<string> found, string name, AxeResult result)
    {
        foreach (var violation in result.Violations.Where(violation => violation.Impact is "serious" or "critical"))
            found.Add($"{name}: {violation.Id} ({violation.Impact}) {string.Join(" ", violation.Nodes.Select(node => node.Html))}");
    }

    private static async Task PictureAsync(IPage page, string path, string language, int width, string theme)
    {
        if (!Keep) return;
        var name = path.Trim('/').Replace('/', '-');
        await page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Pictures, $"{(name.Length == 0 ? "home" : name)}-{width}-{language}-{theme}.png"), FullPage = true });
    }

    /// <summary>The first of the demo people whom the rule admits; null for pages that need no sign-in.</summary>
    private static string? PersonFor(AccessRule rule) =>
        rule.Open ? null : DemoUsers.All.First(user => rule.Admits(Roles.PermissionsOf([user.Role]).ToHashSet())).Email;

    private async Task<PageSamples> SamplesAsync()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync(PersonFor(AccessRule.May(Permission.Review))!);
        await officer.OpenAsync("/reviews");
        var review = await officer.Page.Locator("#queue tbody a[href^='/applications/']").First.GetAttributeAsync("href");
        await officer.OpenAsync("/applicants");
        var applicant = await officer.Page.Locator("tbody a[href^='/applicants/']").First.GetAttributeAsync("href");
        await using var admin = await chromium.VisitAsync(workbench.Url);
        await admin.EnterAsAsync(PersonFor(AccessRule.May(Permission.ManageUsers))!);
        await admin.OpenAsync("/users");
        var user = await admin.Page.Locator("#users tbody a[href^='/users/']").First.GetAttributeAsync("href");
        return new PageSamples(review!.Split('/')[2], user!.Split('/')[2], applicant!.Split('/')[2]);
    }
}
