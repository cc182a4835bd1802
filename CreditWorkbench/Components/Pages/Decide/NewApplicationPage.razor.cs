using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Takes an application in: who, consent, data, check. Scorecard, applicant, application and step stand in the address, so the draft can be continued anywhere.</summary>
public sealed partial class NewApplicationPage
{
    private const int MostDrafts = 5;
    private static readonly string[] Names = ["who", "consent", "data", "check"];
    private IReadOnlyList<ScorecardDefinition> _scorecards = [];
    private Applicant? _applicant;
    private CreditApplication? _application;
    private IReadOnlyList<CaseSummary> _drafts = [];
    private IReadOnlySet<string> _closed = new HashSet<string>();
    private IReadOnlyList<KeptStatement> _statements = [];
    private bool _ready;
    private int _step;
    private string? _loaded;

    [SupplyParameterFromQuery] private string? Scorecard { get; set; }

    [SupplyParameterFromQuery(Name = "applicant")] private Guid? ApplicantId { get; set; }

    [SupplyParameterFromQuery(Name = "application")] private Guid? ApplicationId { get; set; }

    [SupplyParameterFromQuery] private string? Step { get; set; }

    [Inject] private CaseReader Cases { get; set; } = null!;

    [Inject] private IStatementStore Kept { get; set; } = null!;

    [Inject] private ApplicationDesk Desk { get; set; } = null!;

    private string? ScorecardId => _application?.ScorecardId ?? Scorecard;

    private ScorecardDefinition? Definition => _scorecards.FirstOrDefault(definition => definition.Id == ScorecardId);

    private string Title => _applicant is null ? Texts.T("nav.newApplication") : Texts.T("intake.title", _applicant.Name);

    private IReadOnlyList<Crumb> CrumbTrail => [new(Texts.T("nav.applications"), "/applications"), new(_application?.Number ?? Texts.T("intake.new"))];

    private IReadOnlyList<StepperStep> StepperSteps =>
    [
        new(Texts.T("intake.who"), _applicant is null ? null : Words.Of(_applicant.Kind)), new(Texts.T("intake.consent")), new(Texts.T("intake.data")), new(Texts.T("intake.check")),
    ];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = $"{Scorecard}|{ApplicantId}|{ApplicationId}|{Step}";
        if (_loaded == asked) return;
        _loaded = asked;
        if (_scorecards.Count == 0) _scorecards = await Catalog.ListAsync(Leaving);
        if (ApplicationId is null) _application = null;
        if (ApplicationId is null && ApplicantId is null) _applicant = null;
        if (ApplicationId is { } application && application != _application?.Id) _application = await Applications.FindAsync(application, Leaving);
        if ((_application?.ApplicantId ?? ApplicantId) is { } applicant && applicant != _applicant?.Id) _applicant = await Applicants.FindAsync(applicant, Leaving);
        var wanted = Array.IndexOf(Names, Step);
        _step = _applicant is null ? 0 : Math.Min(wanted >= 0 ? wanted : _application is null ? 1 : 2, _application is null ? 1 : 3);
        if (_step == 0) await ReadDraftsAsync();
        if (_step >= 2) await ReadAroundAsync(_application!);
        _ready = true;
    }

    private async Task ReadDraftsAsync()
    {
        var actor = await ActorAsync();
        var mine = new ApplicationQuery(ApplicationState.Draft) { CreatedBy = actor.Id, PageSize = MostDrafts };
        _drafts = (await Cases.ListAsync(mine, actor, Leaving)).TryGet(out var page, out _) ? page.Items : [];
    }

    // What the form must know before it is shown: which sources have no consent, and which statements were read.
    private async Task ReadAroundAsync(CreditApplication application)
    {
        if (Definition is not { } definition) return;
        _closed = ConsentCheck.ClosedSources(definition, await Applicants.ConsentsAsync(application.ApplicantId, Leaving), Clock.Now);
        _statements = await Kept.OfApplicationAsync(application.Id, Leaving);
    }

    private Task ChosenAsync((string Scorecard, Applicant Applicant) chosen)
    {
        _applicant = chosen.Applicant;
        Navigation.NavigateTo($"/applications/new?scorecard={Uri.EscapeDataString(chosen.Scorecard)}&applicant={chosen.Applicant.Id}&step=consent");
        return Task.CompletedTask;
    }

    private async Task ToDataAsync()
    {
        if (_application is null)
        {
            var empty = new InputRecord(Definition!, [.. Definition!.Inputs.Select(_ => InputValue.Missing)]);
            var opened = await Desk.OpenAsync(_applicant!.Id, new ApplicationRequest(empty, null, null, _applicant.BranchId), await ActorAsync(), Leaving);
            if (!opened.Succeeded) return;
            _application = opened.Value;
        }
        GoTo(2);
    }

    private void GoTo(int step) => Navigation.NavigateTo($"/applications/new?application={_application?.Id}&scorecard={ScorecardId}&applicant={_applicant?.Id}&step={Names[step]}");
}
