using Bunit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Web.Components.Pages.Build.Registry;
using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class RegistryPagesTests : PageTests
{
    private static readonly Actor Builder = new(Guid.NewGuid(), "Ayu", ActorKind.User, Enum.GetValues<Permission>().ToHashSet());
    private readonly RegistryRoom _room = new(new ModelsInMemory(), TimeProvider.System);
    private readonly InCulture _culture = new("en");

    public RegistryPagesTests()
    {
        _room.AddTo(Services);
        Services.AddSingleton(new RegistryReader(_room.Models, _room.Governance, _room.Registry, ids => ids.Distinct().ToDictionary(id => id, id => id == Builder.Id ? "Ayu" : id == Actor.System.Id ? "System" : "Budi")));
        AddClock(TimeProvider.System);
        BeInteractive();
    }

    private static CancellationToken Now => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfVersions_ShowsStageEvidenceAndWhoDecides()
    {
        await Approved.PromoteAsync(_room.Registry, _room.Gates, (await _room.Registry.RegisterAsync("trial", TinyPackage.Model, Actor.System, Now)).Value, Now);
        await _room.Registry.RegisterAsync("trial", TinyPackage.Other, Actor.System, Now);

        var page = Open<RegistryPage>("/models", Roles.Auditor);

        var rows = page.WaitForElements("#models tbody tr", 2, Patience);
        Assert.Contains("trial@2", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["Production", "7 of 7"], rows[1].QuerySelectorAll(".badge").Select(badge => badge.TextContent));
        Assert.Contains("trial@1", page.WaitForElement("#decided-answer a", Patience).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#package-file"));
        page.FindAll("#models tbody input[type=checkbox]")[0].Change(true);
        page.FindAll("#models tbody input[type=checkbox]")[1].Change(true);
        Assert.Equal("/models/compare?a=trial%402&b=trial%401", page.WaitForElement("#compare", Patience).GetAttribute("href"));
    }

    [Fact]
    public async Task Approval_ByAnother_SaysWhatIsOpenThenPutsItIntoProduction()
    {
        await StagedAsync();
        await _room.Approvals.RequestAsync("trial@1", "Better than the rule.", Builder, Now);
        var page = Open<ModelPage>("/models/trial/1?tab=approval", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Name, "trial").Add(one => one.Version, 1));
        page.WaitForElement("#approval .note.caution", Patience);
        Assert.Contains("Fairness", page.Find("#approval .note.caution").TextContent, StringComparison.Ordinal);

        page.Find("#approval-note").Input("Agreed.");
        page.Find("#approve").Click();
        page.WaitForAssertion(() => Assert.Contains("Nobody has reviewed", page.Find("main > .note").TextContent, StringComparison.Ordinal), Patience);
        await RegistryRoom.SignAsync(_room.Gates, (await _room.Registry.FindAsync("trial@1", Now)).Value, new Actor(Reader, "Budi", ActorKind.User, Roles.PermissionsOf([Roles.RiskAnalyst])), Now);
        page.Find("#approval-note").Input("Agreed.");
        page.Find("#approve").Click();

        page.WaitForAssertion(() => Assert.Equal("Production", page.Find(".page-head .badge").TextContent), Patience);
        Assert.Contains("Approved", page.Find("#approvals").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_ReviewedByAnother_StandsWithNameAndNote()
    {
        await StagedAsync();
        var page = Open<ModelPage>("/models/trial/1?tab=gates", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Name, "trial").Add(one => one.Version, 1));
        page.WaitForElement("#gate-Fairness button", Patience).Click();

        page.WaitForElement("#sign-Fairness", Patience).Input("Every group lies within four fifths.");
        page.Find("#gate-Fairness .primary").Click();

        page.WaitForAssertion(() => Assert.Equal("Passed", page.Find("#gate-Fairness .badge").TextContent), Patience);
        Assert.Contains("Budi: Every group lies within four fifths.", page.Find("#gate-Fairness").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lineage", "#lineage", "0f0f")]
    [InlineData("package", "#signature", "Verified")]
    [InlineData("history", "#changes", "Registered by Ayu")]
    [InlineData("overview", "#release", "trial")]
    public async Task Tab_OfAVersion_ShowsItsPart(string tab, string card, string text)
    {
        await StagedAsync();

        var page = Open<ModelPage>($"/models/trial/1?tab={tab}", Roles.Auditor, parameters => parameters.Add(one => one.Name, "trial").Add(one => one.Version, 1));

        page.WaitForAssertion(() => Assert.NotEmpty(page.Find(card).QuerySelectorAll("dd, li")), Patience);
        Assert.Contains(text, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#stage-note"));
    }

    [Fact]
    public async Task Compare_TwoVersions_MarksWhatDiffers()
    {
        await StagedAsync();
        await _room.Registry.RegisterAsync("trial", TinyPackage.Other with { Lineage = TinyPackage.Other.Lineage with { ParametersJson = """{"trees":3}""" } }, Builder, Now);

        var page = Open<CompareModelsPage>("/models/compare?a=trial%401&b=trial%402", Roles.Auditor);

        var trees = page.WaitForElements("#compared tbody tr", Patience).Single(row => row.QuerySelector("td")!.TextContent == "trees");
        Assert.Equal(["trees", "2", "3", "differs"], trees.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public void Version_Unknown_SaysSo()
    {
        var page = Open<ModelPage>("/models/nobody/7", Roles.Auditor, parameters => parameters.Add(one => one.Name, "nobody").Add(one => one.Version, 7));

        page.WaitForAssertion(() => Assert.Contains("No such version", page.Markup, StringComparison.Ordinal), Patience);
    }

    private async Task StagedAsync()
    {
        await _room.Registry.RegisterAsync("trial", TinyPackage.Model, Builder, Now);
        await _room.Registry.ChangeStageAsync("trial@1", ModelStage.Staging, "Validated.", Builder, Now);
        await _room.Gates.WaiveAsync((await _room.Registry.FindAsync("trial@1", Now)).Value, EvidenceGate.Calibration, "Calibrated at its origin.", new Actor(Reader, "Budi", ActorKind.User, Builder.Permissions), Now);
    }

    protected override void Dispose(bool disposing)
    {
        _culture.Dispose();
        base.Dispose(disposing);
    }
}
