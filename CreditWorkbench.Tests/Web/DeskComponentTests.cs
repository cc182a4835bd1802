using System.Security.Claims;
using System.Text;
using Bunit;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Components.Pages.Decide;
using CreditWorkbench.Web.Components.Pages.Decide.Applicants;
using CreditWorkbench.Web.Components.Pages.Decide.Cases;
using CreditWorkbench.Web.Components.Pages.Decide.WhatIf;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Cards and pages of the officer's desk on a real store: trials, notes, documents, objections, replay, offers, applicants.</summary>
public sealed class DeskComponentTests(TrustModel trust) : PageTests, IClassFixture<TrustModel>, IAsyncLifetime
{
    private static readonly Actor Maya = Of(Roles.SeniorOfficer);
    private static readonly Actor Ines = Of(Roles.Auditor);
    private readonly TemporaryFolder _folder = new();
    private readonly InCulture _culture = new("en");
    private Workbench _workbench = null!;

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workbench = await Workbench.OpenAsync(_folder.Path);
        await _workbench.PromoteAsync("trust", trust.Package);
        Services.AddSingleton(_workbench.Get<CaseFileDesk>());
        Services.AddSingleton(_workbench.Get<ObjectionDesk>());
        Services.AddSingleton(_workbench.Get<ReplayDesk>());
        Services.AddSingleton(_workbench.Get<WhatIfDesk>());
        Services.AddSingleton(_workbench.Get<ApplicantDesk>());
        Services.AddSingleton(_workbench.Get<ApplicationDesk>());
        Services.AddSingleton(_workbench.Get<CaseReader>());
        Services.AddSingleton(_workbench.Get<CaseFeed>());
        Services.AddSingleton(_workbench.Get<IApplicantStore>());
        Services.AddSingleton(_workbench.Get<IScorecardCatalog>());
        Services.AddSingleton(new ApplicantReader(_workbench.Get<IApplicantStore>(), _workbench.Get<IApplicationStore>(), _workbench.Get<CaseReader>()));
        AddClock(TimeProvider.System);
        BeInteractive();
    }

    [Fact]
    public async Task Case_ChangedBySomebodyElse_IsReadAgainAndTold()
    {
        var file = await FileAsync(1);
        var page = Open<CaseFrame>($"/applications/{file.View.Application.Id}/score", Roles.LoanOfficer, parameters => parameters
            .Add(frame => frame.Id, file.View.Application.Id).Add(frame => frame.Tab, "score").Add(frame => frame.ChildContent, shown => $"<p id=\"state\">{shown.View.Case!.State}</p>"));
        page.WaitForAssertion(() => Assert.Equal("Waiting", page.Find("#state").TextContent), Patience);

        await _workbench.Review.ClaimAsync(file.View.Case!.Id, Maya, Cancellation);

        page.WaitForAssertion(() => Assert.Contains("This case changed", page.Find("[aria-live=polite]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("Claimed", page.Find("#state").TextContent);
    }

    [Fact]
    public async Task WhatIf_LeverMoved_ShowsTheTrialAndKeepsItAsAScenario()
    {
        var file = await FileAsync(1);
        var session = (await _workbench.Get<WhatIfDesk>().OpenAsync(file.View.Score!.Id, Maya, Cancellation)).Value;
        var card = Render<WhatIfCard>(p => p.Add(c => c.File, file).Add(c => c.Session, session));
        var issued = file.View.Score.Score.Issued;
        Assert.Equal(issued.ToString(System.Globalization.CultureInfo.InvariantCulture), card.Find(".trial .value").TextContent);
        Assert.True(card.Find(".keep button").HasAttribute("disabled"));

        card.Find("#lever-utility_payment_consistency").Input("0.05");
        card.WaitForAssertion(() => Assert.NotEmpty(card.FindAll("[data-drawing=trial] svg")), Patience);
        var trial = card.Find(".trial").GetAttribute("data-trial");
        card.Find(".keep input").Change("Pays late");
        card.Find(".keep").Submit();

        card.WaitForAssertion(() => Assert.Contains("Pays late", card.Find(".scenarios thead").TextContent, StringComparison.Ordinal), Patience);
        Assert.NotEqual(issued.ToString(System.Globalization.CultureInfo.InvariantCulture), trial);
        card.Find(".card-head .button").Click();
        card.WaitForAssertion(() => Assert.Equal("0", card.FindAll(".trial .value")[1].TextContent), Patience);
    }

    [Fact]
    public async Task Notes_Saved_StandInTheTimelineAndAnEmptyOneIsRefused()
    {
        var file = await FileAsync(2);
        var folder = new CaseFolder([], [], [], []);
        var changed = 0;
        var card = Render<NotesCard>(p => p.Add(c => c.File, file).Add(c => c.Folder, folder).Add(c => c.OnChanged, () => changed++));

        card.Find("button[aria-expanded=false]").Click();
        card.Find("form").Submit();
        card.WaitForAssertion(() => Assert.NotEmpty(card.FindAll("#note-error")), Patience);
        card.Find("#note").Input("Called the employer.");
        card.Find("form").Submit();

        card.WaitForAssertion(() => Assert.Empty(card.FindAll("form")), Patience);
        Assert.Equal(1, changed);
        Assert.Equal("Called the employer.", Assert.Single((await _workbench.Get<CaseFileDesk>().OpenAsync(file.View.Application.Id, Maya, Cancellation)).Value.Notes).Text);
    }

    [Fact]
    public async Task Documents_GoodAndHostile_AreFiledOrRefusedInWords()
    {
        var file = await FileAsync(3);
        var card = Render<DocumentsCard>(p => p.Add(c => c.File, file).Add(c => c.Folder, new CaseFolder([], [], [], [])));
        card.WaitForAssertion(() => Assert.False(card.Find("#document-file").HasAttribute("disabled")), Patience);
        var input = card.FindComponent<InputFile>();

        input.UploadFiles(InputFileContent.CreateFromBinary("%PDF-1.7 payslip"u8.ToArray(), "payslip.pdf", contentType: "application/pdf"));
        card.WaitForAssertion(() => Assert.Contains("payslip.pdf", card.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
        input.UploadFiles(InputFileContent.CreateFromBinary("<html>"u8.ToArray(), "page.pdf", contentType: "application/pdf"));

        card.WaitForAssertion(() => Assert.Contains("no PDF", card.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Single((await _workbench.Get<CaseFileDesk>().OpenAsync(file.View.Application.Id, Maya, Cancellation)).Value.Documents);
    }

    [Fact]
    public async Task Documents_ForAReaderWithoutPersonalData_AreNamedByKindOnly()
    {
        var file = await FileAsync(4);
        var document = new CaseDocument(Guid.CreateVersion7(), file.View.Application.Id, "income", "Dewi payslip.pdf", "application/pdf", 2_048, Maya.Id, "Maya", DateTimeOffset.UnixEpoch);

        var card = Render<DocumentsCard>(p => p.Add(c => c.File, new CaseFile(file.View, Ines, () => Task.CompletedTask)).Add(c => c.Folder, new CaseFolder([], [document], [], [])));

        Assert.DoesNotContain("Dewi", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("input, a"));
    }

    [Fact]
    public async Task Objection_Recorded_ReopensTheCase()
    {
        var file = await DeclinedAsync();
        var form = Render<ObjectionForm>(p => p.Add(c => c.File, file));

        form.Find("button").Click();
        form.Find("#grounds").Input("The lease income was left out.");
        form.Find("form").Submit();

        form.WaitForAssertion(() => Assert.Empty(form.FindAll("form")), Patience);
        var folder = (await _workbench.Get<CaseFileDesk>().OpenAsync(file.View.Application.Id, Maya, Cancellation)).Value;
        Assert.Equal("The lease income was left out.", Assert.Single(folder.Objections).Grounds);
        Assert.Empty(Render<ObjectionForm>(p => p.Add(c => c.File, new CaseFile(file.View, Ines, () => Task.CompletedTask))).FindAll("button"));
    }

    [Fact]
    public async Task Replay_ForWhoMay_SaysEqualToTheBit()
    {
        var file = await FileAsync(5);

        var button = Render<ReplayButton>(p => p.Add(c => c.ScoreId, file.View.Score!.Id).Add(c => c.Reader, Ines));
        button.Find("button").Click();

        button.WaitForAssertion(() => Assert.Contains("Equal to the bit", button.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(Render<ReplayButton>(p => p.Add(c => c.ScoreId, file.View.Score!.Id).Add(c => c.Reader, Maya)).FindAll("button"));
    }

    [Fact]
    public async Task Offers_OfACase_AreSearchedShownAndTaken()
    {
        var file = await FileAsync(6);
        CounterOfferTaken? taken = null;

        var list = Render<OffersList>(p => p.Add(c => c.File, file).Add(c => c.OnTake, offer => taken = new(offer.Amount)));

        list.WaitForAssertion(() => Assert.DoesNotContain(list.FindAll("[role=status]"), each => each.TextContent.Contains('\u2026', StringComparison.Ordinal)), Patience);
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll("li svg")), Patience);
        if (list.FindAll("button") is not [var first, ..]) return;
        first.Click();
        Assert.True(taken!.Amount > 0);
    }

    [Fact]
    public async Task Who_ADuplicate_IsAskedAboutBeforeItIsRegistered()
    {
        var known = await _workbench.RegisterAsync(7);
        (string Scorecard, Applicant Applicant)? chosen = null;
        var step = Render<WhoStep>(p => p.AddCascadingValue(Task.FromResult(Person(Roles.LoanOfficer))).Add(s => s.Scorecards, [trust.Definition]).Add(s => s.OnChosen, given => chosen = given));

        step.Find("main form, form").Submit();
        step.WaitForAssertion(() => Assert.NotEmpty(step.FindAll("#name-error")), Patience);
        step.Find("#name").Change("Somebody Else");
        step.Find("#email").Change(known.Email);
        step.Find("form").Submit();
        step.WaitForAssertion(() => Assert.Contains("Sari Dewi 7", step.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
        step.Find("[role=alert] li button").Click();

        Assert.Equal((trust.Definition.Id, known.Id), (chosen!.Value.Scorecard, chosen.Value.Applicant.Id));
        Assert.False(step.FindComponent<UnsavedGuard>().Instance.When());
    }

    [Fact]
    public async Task Applicants_ListedAndOpened_ShowTheirCasesAndTimelineAndAreMaskedForAnAuditor()
    {
        var file = await FileAsync(8);
        var list = Open<ApplicantsPage>("/applicants", Roles.LoanOfficer);
        list.WaitForAssertion(() => Assert.Contains("Sari Dewi 8", list.Find("tbody").TextContent, StringComparison.Ordinal), Patience);

        var page = Open<ApplicantPage>("/applicants", Roles.LoanOfficer, p => p.Add(a => a.Id, file.View.Applicant.Id));
        page.WaitForAssertion(() => Assert.Contains(file.View.Application.Number, page.Find("#applicant-cases").TextContent, StringComparison.Ordinal), Patience);

        Assert.Contains(file.View.Application.Number, page.Find("#timeline").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("#timeline time"));
    }

    [Fact]
    public async Task Applicant_ForAnAuditor_HasNoName()
    {
        var file = await FileAsync(9);

        var page = Open<ApplicantPage>("/applicants", Roles.Auditor, p => p.Add(a => a.Id, file.View.Applicant.Id));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#applicant-cases")), Patience);

        Assert.DoesNotContain("Sari Dewi", page.Markup, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _workbench.DisposeAsync();
        _folder.Dispose();
        _culture.Dispose();
    }

    private static Actor Of(string role) => new(Guid.CreateVersion7(), role, ActorKind.User, Roles.PermissionsOf([role]));

    private async Task<CaseFile> FileAsync(int number)
    {
        var applicant = await _workbench.RegisterAsync(number);
        await _workbench.ConsentAsync(applicant.Id, trust.Definition);
        var application = await _workbench.ApplyAsync(applicant.Id, trust.Applicants(40)[number]);
        Assert.True((await _workbench.Scoring.ScoreAsync(application.Id, Maya, Cancellation)).Succeeded);
        Assert.True((await _workbench.Review.OpenAsync(application.Id, Maya, Cancellation)).Succeeded);
        return new CaseFile((await _workbench.Get<CaseReader>().FindAsync(application.Id, Maya, Cancellation)).Value, Maya, () => Task.CompletedTask);
    }

    private async Task<CaseFile> DeclinedAsync()
    {
        for (var i = 10; ; i++)
        {
            var file = await FileAsync(i);
            if (file.View.Score!.Policy.Recommendation != Recommendation.Decline) continue;
            await _workbench.Review.ClaimAsync(file.View.Case!.Id, Maya, Cancellation);
            Assert.True((await _workbench.Review.DecideAsync(file.View.Case.Id, new DecisionRequest(Verdict.Decline, "Too little steady income."), Maya, Cancellation)).Succeeded);
            return new CaseFile((await _workbench.Get<CaseReader>().FindAsync(file.View.Application.Id, Maya, Cancellation)).Value, Maya, () => Task.CompletedTask);
        }
    }

    private sealed record CounterOfferTaken(double Amount);
}
