using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Hosting;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>An analyst starts a canary, widens it and takes it back.</summary>
[Collection(BrowserGroup.Name)]
public sealed class RolloutTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Analyst = "tomi.hartono@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Canary_StartedAtTenPercent_IsRaisedToAllAndRolledBack()
    {
        Assert.SkipUnless(Chromium.IsThere, "Chromium is not installed.");
        var challenger = await StageAsync();
        await using var analyst = await chromium.VisitAsync(workbench.Url);
        var page = analyst.Page;
        await analyst.EnterAsAsync(Analyst);

        await analyst.OpenAsync("/rollouts");
        await page.ClickAsync("#rollout-open");
        await Assertions.Expect(page.Locator("#rollout-challenger")).ToContainTextAsync(challenger);
        await page.SelectOptionAsync("#rollout-challenger", challenger);
        await page.ClickAsync("#mode-Canary");
        await Assertions.Expect(page.Locator("#rollout-share")).ToHaveValueAsync("10");
        await page.FillAsync("#rollout-why", "Try it on a tenth.");
        await page.ClickAsync("#rollout-start");
        await page.ReachesAsync("**/rollouts/*");
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("10");
        await Assertions.Expect(page.Locator("#guardrail-Approval")).ToContainTextAsync("Waits for cases");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));

        await page.Locator("#rollout-steer button:has-text('100')").First.ClickAsync();
        await page.FillAsync("#steer-why", "It does well.");
        await page.ClickAsync("#steer-set");
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("100");
        await Assertions.Expect(page.Locator("#steer-set")).ToBeDisabledAsync();

        await page.FillAsync("#steer-why", "Enough.");
        await page.ClickAsync("#steer-back button");
        await page.ClickAsync("#steer-back button.danger");
        await Assertions.Expect(page.Locator("#rollout-state")).ToHaveTextAsync("Rolled back");
        await page.ClickAsync(".page-tabs a >> nth=2");
        await Assertions.Expect(page.Locator("#rollout-history li")).ToHaveCountAsync(3);
        await page.ClickAsync(".page-tabs a >> nth=1");
        await Assertions.Expect(page.Locator("main .card")).Not.ToHaveCountAsync(0);
        Assert.Empty(analyst.Complaints);
    }

    // The model in production once more, as if it had been trained on other rows: another package, so another release.
    private async Task<string> StageAsync()
    {
        await using var host = await WorkbenchHost.OpenAsync(Path.GetDirectoryName(workbench.Rows), Cancellation);
        var (models, desk) = (host.Services.GetRequiredService<IModelStore>(), host.Services.GetRequiredService<RegistryDesk>());
        var champion = (await models.InProductionAsync("trust", Cancellation))!;
        var package = new PackageLoader(host.Services.GetRequiredService<IPackageKeys>()).Load(await models.PackageAsync(champion.Id, Cancellation), champion).Value;
        var registered = (await desk.RegisterAsync("rolled", package with { Lineage = package.Lineage with { Seed = package.Lineage.Seed + 1 } }, Actor.System, Cancellation)).Value;
        var staged = await desk.ChangeStageAsync(registered.Reference, ModelStage.Staging, "Looked at for this test.", Actor.System, Cancellation);
        Assert.True(staged.Succeeded, string.Join(' ', staged.Problems));
        await RegistryRoom.SignAsync(host.Services.GetRequiredService<GateDesk>(), registered, People.Risk, Cancellation);
        return staged.Value.Reference;
    }
}
