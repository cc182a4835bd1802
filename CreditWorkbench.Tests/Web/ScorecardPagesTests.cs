using Bunit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Web.Components.Pages.Build.Scorecards;
using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class ScorecardPagesTests : PageTests, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly InCulture _culture = new("en");
    private Workbench _workbench = null!;
    private ScorecardDesk _desk = null!;

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workbench = await Workbench.OpenAsync(_folder.Path);
        _desk = new ScorecardDesk(_workbench.Get<IScorecardShelf>(), _workbench.Get<IModelStore>(), TimeProvider.System);
        Services.AddSingleton(_desk);
        Services.AddSingleton(new TrialDesk(_workbench.Lines));
        AddClock(TimeProvider.System);
        BeInteractive();
    }

    [Fact]
    public void List_WithoutScorecards_SaysWhereTheyComeFrom()
    {
        var page = Open<ScorecardsPage>("/scorecards", Roles.Auditor);

        page.WaitForAssertion(() => Assert.Contains("No scorecard yet", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll("#card-import"));
    }

    [Fact]
    public async Task List_PublishedWithADraft_ShowsBothStatesAndHashes()
    {
        await PublishAsync();
        await _desk.SaveDraftAsync("tiny", "half", 0, People.Analyst, Cancellation);

        var page = Open<ScorecardsPage>("/scorecards", Roles.RiskAnalyst);

        var row = page.WaitForElement("#scorecards tbody tr", Patience);
        Assert.Equal(["In use", "Draft"], row.QuerySelectorAll(".badge").Select(badge => badge.TextContent));
        Assert.Contains(ScorecardDesk.Check("tiny", ScorecardFiles.Tiny, null).Reading.Definition!.ScoringHash.Short, row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_OfAScorecard_ReadsItsPartsInTheReadersLanguage()
    {
        await PublishAsync();

        var page = Open<ScorecardPage>("/scorecards/tiny", Roles.Auditor, parameters => parameters.Add(one => one.Id, "tiny"));

        page.WaitForElement("#doc-inputs", Patience);
        Assert.Contains("Months without arrears", page.Find("#doc-inputs").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("a"), link => link.TextContent.Contains("Edit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfAnUnknownScorecard_SaysSo()
    {
        await PublishAsync();

        var page = Open<ScorecardPage>("/scorecards/nothing", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, "nothing"));

        page.WaitForAssertion(() => Assert.Contains("There is no such scorecard", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Editor_TextWithFaults_ListsEachWithItsLineAndRefusesToPublish()
    {
        await PublishAsync();
        var text = ScorecardFiles.Tiny.Replace("direction: rises", "direction: sideways", StringComparison.Ordinal);
        var line = Array.FindIndex(text.ReplaceLineEndings("\n").Split('\n'), one => one.Contains("sideways", StringComparison.Ordinal)) + 1;
        await _desk.SaveDraftAsync("tiny", text, 0, People.Analyst, Cancellation);

        var page = Open<ScorecardEditorPage>("/scorecards/tiny/edit", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, "tiny"));

        var fault = page.WaitForElement("#faults .fault", Patience);
        Assert.Contains($"Line {line}", fault.TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("#card-publish").HasAttribute("disabled"));
        Assert.Contains("The form waits", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editor_ScoreWithoutAModel_SaysWhy()
    {
        await PublishAsync();
        var page = Open<ScorecardEditorPage>("/scorecards/tiny/edit", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, "tiny"));

        page.WaitForElement("#card-fill", Patience).Click();
        page.Find("#card-try").Click();

        page.WaitForAssertion(() => Assert.Contains("No model is in production", page.Find("#form-preview .note").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Editor_DraftThatChangesInputs_SaysThatModelsAreTiedToTheOldOnes()
    {
        await PublishAsync();
        await _desk.SaveDraftAsync("tiny", ScorecardFiles.Tiny.Replace("range: [0, 120]", "range: [0, 240]", StringComparison.Ordinal), 0, People.Analyst, Cancellation);

        var page = Open<ScorecardEditorPage>("/scorecards/tiny/edit", Roles.RiskAnalyst, parameters => parameters.Add(one => one.Id, "tiny"));

        Assert.Equal("The scoring hash changes", page.WaitForElement("#change-head", Patience).TextContent.Trim());
        Assert.Single(page.FindAll("#change .difference li.added"));
        Assert.False(page.Find("#card-publish").HasAttribute("disabled"));
    }

    [Fact]
    public void History_Texts_GoBackAndForthAndForgetWhatWasUndone()
    {
        var history = new TextHistory("a");
        history.Add("b");
        history.Add("b");
        history.Add("c");

        Assert.Equal(("b", "a", "a"), (history.Undo(), history.Undo(), history.Undo()));
        Assert.Equal("b", history.Redo());
        history.Add("d");
        Assert.False(history.CanRedo);
        Assert.Equal("b", history.Undo());
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _workbench.DisposeAsync();
        _folder.Dispose();
        _culture.Dispose();
    }

    private async Task PublishAsync()
    {
        var draft = (await _desk.ImportAsync(ScorecardFiles.Tiny, People.Analyst, Cancellation)).Value;
        Assert.Empty((await _desk.PublishAsync("tiny", draft.RowVersion, "", People.Analyst, Cancellation)).Problems);
    }
}
