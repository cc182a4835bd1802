using Bunit;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.ModelBuilding;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Web.Components.Pages.Build.Explain;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class ExplanationPageTests : PageTests
{
    private readonly ModelsInMemory _models = new();
    private readonly StudyFilesInMemory _files = new();
    private readonly InCulture _culture = new("en");

    public ExplanationPageTests()
    {
        Services.AddSingleton<IModelStore>(_models);
        Services.AddSingleton<IStudyFiles>(_files);
        AddClock(TimeProvider.System);
        Services.AddSingleton(new StudyDesk(new ReleaseSource(_models, TestKeys.Shared, TimeProvider.System), _files, threads: 2));
        BeInteractive();
    }

    // A study runs on threads of its own and the page follows it; on a busy machine that takes its time.
    [Fact]
    public void Page_WithoutAModel_SaysWhereModelsComeFrom()
    {
        var page = Open<GlobalPage>("/explanations", Roles.RiskAnalyst);

        Assert.Contains("No model yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithAModel_ShowsImportanceOfItsBackgroundAndSaysSo()
    {
        await RegisterAsync();

        var page = Open<GlobalPage>("/explanations", Roles.Auditor);

        page.WaitForElement("#importance svg", Patience);
        Assert.Contains("background rows that the package carries", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#study-upload"));
        Assert.Contains("No outcomes", page.Find("#permutation").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAFile_ShowsItsTableTwinWithUnits()
    {
        await RegisterAsync();
        var file = _files.Add("rows.csv", StudyDeskTests.Csv(200));

        var page = Open<GlobalPage>($"/explanations?data={file.Hash.Short}", Roles.RiskAnalyst);
        page.WaitForElement("#importance button[aria-pressed]", Patience).Click();

        page.WaitForAssertion(
            () => Assert.Equal(["Factor", "Mean points, up or down", "From (95 %)", "To (95 %)", "Mean points", "Share"], page.FindAll("#importance th").Select(cell => cell.TextContent)), Patience);
        Assert.Contains(page.FindAll("#importance tbody td"), cell => cell.TextContent == "Debt service");
        Assert.NotNull(page.Find("#study-upload"));
    }

    [Fact]
    public async Task Page_DeleteOfAFile_AsksFirstThenRemovesItAndShowsTheBackground()
    {
        await RegisterAsync();
        var file = _files.Add("rows.csv", StudyDeskTests.Csv(200));
        var page = Open<GlobalPage>($"/explanations?data={file.Hash.Short}", Roles.RiskAnalyst);

        page.WaitForElement("#importance svg", Patience);
        page.Find("#study-remove button").Click();

        Assert.Contains("Delete rows.csv?", page.Find("#study-remove").TextContent, StringComparison.Ordinal);
        Assert.Single(await _files.ListAsync(Xunit.TestContext.Current.CancellationToken));
        page.Find("#study-remove button.danger").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("data=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        Assert.Empty(await _files.ListAsync(Xunit.TestContext.Current.CancellationToken));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#study-remove")), Patience);
    }

    [Fact]
    public async Task Page_ReaderWhoMayNotBuild_IsOfferedNoDelete()
    {
        await RegisterAsync();
        var file = _files.Add("rows.csv", StudyDeskTests.Csv(200));

        var page = Open<GlobalPage>($"/explanations?data={file.Hash.Short}", Roles.Auditor);

        page.WaitForElement("#importance svg", Patience);
        Assert.Empty(page.FindAll("#study-remove"));
    }

    [Fact]
    public async Task Page_OfAFileThatDoesNotFit_SaysWhyAndOffersTheBackground()
    {
        await RegisterAsync();
        var file = _files.Add("other.csv", "a,b\n1,2\n");

        var page = Open<GlobalPage>($"/explanations?data={file.Hash.Short}", Roles.RiskAnalyst);

        Assert.Contains("no column of this model", page.WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);
        page.FindAll("button").First(button => button.TextContent.Contains("background", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("data=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Page_OfRows_ExplainsTheRowOfTheAddressAndStepsOn()
    {
        await RegisterAsync();
        var file = _files.Add("rows.csv", StudyDeskTests.Csv(200));

        var page = Open<RowPage>($"/explanations/rows?data={file.Hash.Short}&row=12", Roles.RiskAnalyst);

        Assert.StartsWith("Row 12: why the score is", page.WaitForElement("#row-waterfall-head", Patience).TextContent.Trim(), StringComparison.Ordinal);
        page.Find("#row-picker .table-wrap").KeyDown("j");
        page.WaitForAssertion(() => Assert.Contains("row=13", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Page_SearchForARowThatIsNotThere_SaysHowFarRowsGo()
    {
        await RegisterAsync();
        var file = _files.Add("rows.csv", StudyDeskTests.Csv(200));
        var page = Open<RowPage>($"/explanations/rows?data={file.Hash.Short}", Roles.Auditor);

        page.WaitForElement("#row-search", Patience).Change("4000");

        Assert.Contains("There is no row 4000. Rows go up to 200", page.WaitForElement("#row-picker .error", Patience).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTwoRows_ShowsWhatMakesTheDifference()
    {
        await RegisterAsync();
        var file = _files.Add("rows.csv", StudyDeskTests.Csv(200));

        var page = Open<RowPage>($"/explanations/rows?data={file.Hash.Short}&row=3&with=23", Roles.RiskAnalyst);

        Assert.Contains("Row 3 against row 23", page.WaitForElement("#row-difference-head", Patience).TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("#row-difference svg[role=img]"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _culture.Dispose();
        base.Dispose(disposing);
    }

    private async Task RegisterAsync() => await _models.AddAsync(
        Releases.Registered(TinyPackage.Model), Signed.Of(TinyPackage.Model), new AuditDraft(Actor.System, "model.registered", "tiny", new Dictionary<string, string?>()), Xunit.TestContext.Current.CancellationToken);
}
