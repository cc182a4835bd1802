using System.Text;
using Bunit;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Components.Pages.Build.Binning;
using CreditWorkbench.Web.Components.Pages.Build.Data;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class DatasetPagesTests : PageTests, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly InCulture _culture = new("en");
    private Workbench _workbench = null!;
    private DatasetDesk _desk = null!;

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workbench = await Workbench.OpenAsync(_folder.Path);
        _desk = new DatasetDesk(_workbench.Get<IDatasetStore>(), _workbench.Get<IDatasetFiles>(), TimeProvider.System);
        var open = new OpenDatasets(_desk);
        Services.AddSingleton(_desk);
        Services.AddSingleton<PersonNames>();
        Services.AddSingleton(new QualityDesk(open));
        Services.AddSingleton(new BinningDesk(open, _workbench.Get<IBinningJournal>(), TimeProvider.System));
        AddClock(TimeProvider.System);
        BeInteractive();
    }

    [Fact]
    public void List_WithoutDataSets_OffersTheWizardToWhoMayUseIt()
    {
        var page = Open<DatasetsPage>("/data", Roles.RiskAnalyst);

        page.WaitForAssertion(() => Assert.Contains("No data set yet", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == "/data/import");
    }

    [Fact]
    public async Task Wizard_OfAFile_ProposesTriesAndKeeps()
    {
        var file = (await _desk.BringAsync("loans.csv", new MemoryStream(Encoding.UTF8.GetBytes(Csv(300))), People.Analyst, Cancellation)).Value;

        var page = Open<ImportPage>($"/data/import?file={file.Content.Hex}", Roles.RiskAnalyst);

        Assert.Equal("-9", page.WaitForElement("input[aria-label='Special codes of months']", Patience).GetAttribute("value"));
        Assert.Equal(["true", "false"], page.FindAll("#outcome .chip").Select(chip => chip.GetAttribute("aria-pressed")).OrderDescending());
        page.Find("#data-try").Click();
        page.WaitForElement("#data-keep", Patience);
        Assert.Contains("300", page.Find("#trial .figures").TextContent, StringComparison.Ordinal);
        page.Find("#data-name").Change("loans");
        page.Find("#data-keep").Click();
        page.WaitForAssertion(() => Assert.Matches("/data/[0-9a-f-]{36}$", Services.GetRequiredService<NavigationManager>().Uri), Patience);
        Assert.Equal("loans@1", Assert.Single((await _desk.ListAsync(People.Analyst, Cancellation)).Value).Reference);
    }

    [Fact]
    public async Task Wizard_OfAHeaderSeenBefore_UsesItsMappingAndRecognisesTheContent()
    {
        await KeepAsync(300);
        var file = (await _desk.BringAsync("loans.csv", new MemoryStream(Encoding.UTF8.GetBytes(Csv(300))), People.Analyst, Cancellation)).Value;

        var page = Open<ImportPage>($"/data/import?file={file.Content.Hex}", Roles.RiskAnalyst);

        page.WaitForAssertion(() => Assert.Contains("The mapping of loans is used", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("This content is stored already", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_PartsThatOneColumnPlays_LeaveTheOneThatHadThem()
    {
        var draft = new ImportDraft(await InspectAsync("id,months,default\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"{i},{i % 7},{i % 2}\n"))), null);

        draft.Give(draft.Columns[1], ColumnPart.Id);

        Assert.Equal([ColumnPart.Excluded, ColumnPart.Id, ColumnPart.Target], draft.Columns.Select(column => column.Part));
        Assert.Equal("months", draft.ToMapping()!.Id);
    }

    [Fact]
    public async Task Draft_Weight_IsOneColumnThatIsKeptInTheMappingAndNotLearnt()
    {
        var draft = new ImportDraft(await InspectAsync("months,w,v,default\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"{i % 7},{1 + i % 3},{1 + i % 4},{i % 2}\n"))), null);

        draft.Give(draft.Columns[1], ColumnPart.Weight);
        draft.Give(draft.Columns[2], ColumnPart.Weight);
        var mapping = draft.ToMapping()!;
        var again = new ImportDraft(await InspectAsync("months,w,v,default\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"{i % 7},{1 + i % 3},{1 + i % 4},{i % 2}\n"))), null);
        again.Take(mapping);

        Assert.Equal(("v", "v"), (mapping.Weight, again.ToMapping()!.Weight));
        Assert.Equal(ColumnPart.Feature, draft.Columns[1].Part);
        Assert.Equal("v", mapping.ToInference("loans").Weight);
        Assert.False(mapping.SaysTheSame(mapping with { Weight = null }));
    }

    [Fact]
    public async Task Report_Finding_IsAcknowledgedWithAReason()
    {
        var id = await KeepAsync(300, repeated: true);
        var page = Open<QualityPage>($"/data/{id}", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, id));
        page.WaitForElement("#quality-findings tbody tr", Patience);

        await page.InvokeAsync(() => page.FindAll("#quality-findings tbody tr").Single(row => row.TextContent.Contains("Duplicate rows", StringComparison.Ordinal)).QuerySelector("button")!.Click());
        page.WaitForElement("#quality-findings tbody input", Patience);
        await page.InvokeAsync(() => page.Find("#quality-findings tbody input").Change("Two sources deliver the same customers."));
        await page.InvokeAsync(() => page.Find("#quality-findings .acknowledge .primary").Click());

        page.WaitForAssertion(() => Assert.Contains("Two sources deliver", page.Find("#quality-findings").TextContent, StringComparison.Ordinal), Patience);
        Assert.Single((await _desk.AcknowledgedAsync(id, People.Analyst, Cancellation)).Value);
    }

    [Fact]
    public async Task Report_ToAnAuditor_IsReadOnly()
    {
        var id = await KeepAsync(300, repeated: true);

        var page = Open<QualityPage>($"/data/{id}", Roles.Auditor, parameters => parameters.Add(one => one.Id, id));

        page.WaitForElement("#quality-findings tbody tr", Patience);
        Assert.Empty(page.FindAll("#quality-findings tbody button"));
    }

    [Fact]
    public async Task Bins_MergedUndoneAndRedone_StandInTheJournal()
    {
        var id = await KeepAsync(900);
        var page = Open<BinningPage>($"/data/{id}/binning?column=income", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, id));
        page.WaitForElement("#bins tbody tr", Patience);
        var before = page.FindAll("#bins tbody tr").Count;

        page.FindAll("#bins .bin-actions button")[0].Click();
        page.WaitForAssertion(() => Assert.Equal(before - 1, page.FindAll("#bins tbody tr").Count), Patience);
        page.WaitForElement("#binning-undo:not([disabled])", Patience).Click();
        page.WaitForAssertion(() => Assert.Equal(before, page.FindAll("#bins tbody tr").Count), Patience);
        page.WaitForElement("#binning-redo:not([disabled])", Patience).Click();

        page.WaitForAssertion(() => Assert.Equal(["redone", "undone", "bins merged"], page.FindAll("#journal li div").Select(entry => entry.ChildNodes[0].TextContent)), Patience);
    }

    [Fact]
    public async Task Bins_EdgeByKeyboard_MovesOneStepOfTheLadder()
    {
        var id = await KeepAsync(900);
        var page = Open<BinningPage>($"/data/{id}/binning?column=income", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, id));
        var edge = page.WaitForElement(".bin-edge", Patience);
        var at = edge.GetAttribute("aria-valuetext");

        edge.KeyDown("ArrowLeft");

        page.WaitForAssertion(() => Assert.NotEqual(at, page.Find(".bin-edge").GetAttribute("aria-valuetext")), Patience);
        Assert.Contains("edge moved", page.Find("#journal").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bins_DropOfTheBrowser_OutsideTheLadderIsIgnored()
    {
        var id = await KeepAsync(900);
        var page = Open<BinningPage>($"/data/{id}/binning?column=income", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, id));
        page.WaitForElement("bin-edges", Patience);

        foreach (var hostile in new[] { "", "0", "0:99999", "-1:3", "0:-3", "a:b", "7:7:7" }) page.Find("bin-edges").Change(hostile);

        Assert.Contains("No edit yet", page.Find("#journal").TextContent, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _workbench.DisposeAsync();
        _folder.Dispose();
        _culture.Dispose();
    }

    private static async Task<FileInspection> InspectAsync(string csv) => (await FileInspector.InspectAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(csv)), null, Cancellation)).Value;

    private async Task<Guid> KeepAsync(int rows, bool repeated = false)
    {
        var file = (await _desk.BringAsync("loans.csv", new MemoryStream(Encoding.UTF8.GetBytes(Csv(rows, repeated))), People.Analyst, Cancellation)).Value;
        var mapping = new DatasetMapping("default", ["1"]) { Specials = new Dictionary<string, IReadOnlyList<string>> { ["months"] = ["-9"] } };
        return (await _desk.AddAsync(file.Content, "loans", mapping, People.Analyst, Cancellation)).Value.Id;
    }

    private static string Csv(int rows, bool repeated = false) => "months,income,purpose,default\n" + string.Concat(Enumerable.Range(0, rows).Select(i => repeated && i >= rows - 10 ? i - 20 : i).Select(i =>
        $"{(i % 11 == 0 ? -9 : i * 37 % 60)},{2_000 + i * 71 % 3_000},{(i % 3 == 0 ? "car" : "home")},{(i * 0.61803398875 % 1 < 0.55 - i * 71 % 3_000 / 6_500.0 ? 1 : 0)}\n"));
}
