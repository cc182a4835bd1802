using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Who applies: a new person or company, somebody known, or a draft to go on with. Somebody who shares an identifier with a known
/// applicant is registered only after a person said that this is somebody else.</summary>
public sealed partial class WhoStep
{
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<Applicant> _like = [];
    private IReadOnlyList<Applicant>? _found;
    private ApplicantKind _kind;
    private string _scorecard = "", _name = "", _email = "", _phone = "", _nationalId = "", _contact = "", _language = Words.Here, _search = "";
    private ElementReference _summary;
    private bool _toSummary;
    private bool _busy;
    private bool _chosen;

    /// <summary>Scorecards in production or not.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<ScorecardDefinition> Scorecards { get; set; } = [];

    /// <summary>Scorecard of the address.</summary>
    [Parameter] public string? Scorecard { get; set; }

    /// <summary>Applicant of the address, for whom only the scorecard is asked; null for a new one.</summary>
    [Parameter] public Applicant? Chosen { get; set; }

    /// <summary>The reader's own drafts, newest first.</summary>
    [Parameter] public IReadOnlyList<CaseSummary> Drafts { get; set; } = [];

    /// <summary>Raised with the scorecard and the applicant.</summary>
    [Parameter] public EventCallback<(string Scorecard, Applicant Applicant)> OnChosen { get; set; }

    [Inject] private ApplicantDesk Desk { get; set; } = null!;

    [Inject] private ApplicantReader Reader { get; set; } = null!;

    private bool Unsaved => !_chosen && (_name, _email, _phone, _nationalId, _contact) != ("", "", "", "", "");

    private bool IsCompany => _kind == ApplicantKind.Company;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var asked = Scorecards.FirstOrDefault(definition => definition.Id == Scorecard);
        _kind = Chosen?.Kind ?? (asked?.SubjectIsCompany == true ? ApplicantKind.Company : ApplicantKind.Person);
        _scorecard = asked is not null && Fitting(_kind).Contains(asked) ? asked.Id : FirstFitting();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toSummary) return;
        _toSummary = false;
        await _summary.FocusAsync();
    }

    private IEnumerable<ScorecardDefinition> Fitting(ApplicantKind kind) => Scorecards.Where(definition => definition.SubjectIsCompany == (kind == ApplicantKind.Company));

    private string FirstFitting() => (Fitting(_kind).FirstOrDefault(definition => definition.Id == "trust") ?? Fitting(_kind).FirstOrDefault())?.Id ?? "";

    private string? ErrorOf(string field) => _problems.FirstOrDefault(problem => problem.Field == field) is { } problem ? Words.Of(problem) : null;

    private void KindChanged(ChangeEventArgs change)
    {
        if (Enum.TryParse<ApplicantKind>(change.Value?.ToString(), out var kind)) (_kind, _problems, _like) = (kind, [], []);
        if (Fitting(_kind).All(definition => definition.Id != _scorecard)) _scorecard = FirstFitting();
    }

    private async Task RegisterAsync(bool isSomebodyElse)
    {
        if (_busy) return;
        _busy = true;
        var request = new ApplicantRequest(_kind, _name, _email, _phone, _nationalId, _language, null) { ContactName = _contact, EvenIfDuplicate = isSomebodyElse };
        var actor = await ActorAsync();
        var outcome = await Desk.RegisterAsync(request, actor, Leaving);
        (_problems, _like) = ([], []);
        if (outcome.TryGet(out var applicant, out var problems)) await ChooseAsync(applicant);
        else if (problems.Any(problem => problem.Code == "applicant.duplicate") && (await Desk.LikeAsync(request, actor, Leaving)).TryGet(out var like, out _)) (_like, _toSummary) = (like, true);
        else (_problems, _toSummary) = (problems, true);
        _busy = false;
    }

    private Task ChooseAsync(Applicant applicant)
    {
        _chosen = true;
        return OnChosen.InvokeAsync((_scorecard, applicant));
    }

    private async Task SearchAsync()
    {
        _found = null;
        if (_search.Trim().Length > 0 && (await Reader.ListAsync(_search, 1, 10, await ActorAsync(), Leaving)).TryGet(out var page, out _)) _found = page.Items;
    }
}
