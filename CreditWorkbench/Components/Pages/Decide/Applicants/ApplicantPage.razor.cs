using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide.Applicants;

/// <summary>One applicant: applications, everything that happened, consents with their texts, personal data behind a reason.</summary>
public sealed partial class ApplicantPage
{
    private Actor? _actor;
    private ApplicantView? _view;
    private Applicant? _clear;
    private IReadOnlyList<Problem> _problems = [];
    private Guid _read;
    private string _reason = "";
    private string? _error;

    /// <summary>Applicant.</summary>
    [Parameter] public Guid Id { get; set; }

    [Inject] private ApplicantReader Reader { get; set; } = null!;

    [Inject] private ApplicantDesk Desk { get; set; } = null!;

    [Inject] private ApplicationDesk Applications { get; set; } = null!;

    private Applicant Shown => _clear ?? _view!.Applicant;

    private bool MayTakeIn => _actor?.May(Permission.TakeIn) == true;

    private static IReadOnlyList<Crumb> CrumbTrail => [new(Texts.T("nav.applicants"), "/applicants"), new(Texts.T("people.title"))];

    private IReadOnlyList<TimelineEntry> Entries => [.. _view!.Cases.SelectMany(view => CaseTimeline.Of(view)).Append(new(_view.Applicant.CreatedAt, Texts.T("people.opened"))).Distinct()];

    private IReadOnlyList<DataColumn<CaseView>> Columns =>
    [
        new("number", Texts.T("people.number"), row => row.Application.Number) { Cell = Link, SortBy = row => row.Application.Number },
        new("scorecard", Texts.T("queue.scorecard"), row => Words.Of(row.Definition.Title)) { WideOnly = true },
        new("score", Texts.T("chart.score"), row => row.Score is { } score ? $"{score.Score.Issued} {score.Score.Grade}" : Formats.Unknown) { Numeric = true, SortBy = row => row.Score?.Score.Issued, PhoneOrder = 1 },
        new("state", Texts.T("queue.state"), row => Words.Of(row.Application.State)) { SortBy = row => row.Application.State, PhoneOrder = 2 },
        new("created", Texts.T("applications.created"), row => Formats.Time(row.Application.CreatedAt, Zone)) { SortBy = row => row.Application.CreatedAt, WideOnly = true },
        new("again", Texts.T("people.again"), _ => "") { HiddenTitle = true, Cell = Again, NotExported = true, PhoneOrder = 3 },
    ];

    private static RenderFragment<CaseView> Link => row => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", $"/applications/{row.Application.Id}");
        builder.AddContent(2, row.Application.Number);
        builder.CloseElement();
        if (row.Application.LinkedTo is null) return;
        builder.OpenElement(3, "small");
        builder.AddContent(4, Texts.T("people.linked"));
        builder.CloseElement();
    };

    // What is decided cannot be scored again; a new application starts from its values.
    private RenderFragment<CaseView> Again => row => builder =>
    {
        if (!MayTakeIn || !(row.Application.WasDecided || row.Application.State == ApplicationState.Withdrawn)) return;
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "type", "button");
        builder.AddAttribute(2, "class", "button small");
        builder.AddAttribute(3, "onclick", EventCallback.Factory.Create(this, () => RenewAsync(row)));
        builder.AddContent(4, Texts.T("people.again"));
        builder.CloseElement();
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == Id) return;
        _read = Id;
        _actor ??= await ActorAsync();
        if (!(await Reader.FindAsync(Id, _actor, Leaving)).TryGet(out _view, out var problems)) _problems = problems;
    }

    private static string TitleOf(Applicant applicant) => applicant.ErasedAt is null ? applicant.Name : Texts.T("people.erased");

    private string SourceOf(Consent consent) =>
        _view!.Cases.FirstOrDefault(view => view.Definition.Id == consent.ScorecardId)?.Definition.Sources.FirstOrDefault(source => source.Name == consent.Source) is SourceDefinition known ? Words.Of(known.Label) : consent.Source;

    private string StandingOf(Consent consent) => consent switch
    {
        { WithdrawnAt: { } at } => Texts.T("people.withdrawn", Formats.Date(at, Zone)),
        _ when consent.IsActive(Clock.Now) => Texts.T("people.until", Formats.Date(consent.ExpiresAt, Zone)),
        _ => Texts.T("people.expired"),
    };

    private async Task RevealAsync()
    {
        if ((await Desk.RevealAsync(Id, _reason, _actor!, Leaving)).TryGet(out var applicant, out var problems)) (_clear, _error) = (applicant, null);
        else _error = Words.Of(problems);
    }

    private async Task RenewAsync(CaseView earlier)
    {
        if ((await Applications.RenewAsync(earlier.Application.Id, earlier.Definition, _actor!, Leaving)).TryGet(out var draft, out var problems))
            Navigation.NavigateTo($"/applications/new?application={draft.Id}&step=consent");
        else _problems = problems;
    }
}
