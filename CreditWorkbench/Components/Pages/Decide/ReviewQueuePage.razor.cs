using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Cases that need a person, most urgent first; filter, search and order stand in the address.</summary>
public sealed partial class ReviewQueuePage
{
    private const int Most = 500;
    private static readonly string[] Filters = ["all", "mine", "free", "second", "decided"];
    private Actor? _actor;
    private IReadOnlyList<CaseSummary>? _rows;
    private IReadOnlyList<DataColumn<CaseSummary>> _columns = [];
    private IReadOnlyList<Problem> _problems = [];
    private bool _busy;

    [SupplyParameterFromQuery] private string? Filter { get; set; }

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private string? Sort { get; set; }

    [SupplyParameterFromQuery] private bool Desc { get; set; }

    [SupplyParameterFromQuery] private int? Page { get; set; }

    private string CurrentFilter => Filters.Contains(Filter) ? Filter! : "all";

    private TableState TableHeld => new(Q ?? "", Sort, Desc, Page ?? 1);

    private List<CaseSummary> Open => Filtered("all");

    private List<CaseSummary> Shown => Filtered(CurrentFilter);

    private CaseSummary? Next => Filtered("free").FirstOrDefault();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("left", Texts.T("queue.left"), r => Formats.Duration(r.Case!.DueAt - Clock.Now)) { SortBy = r => r.Case!.DueAt, Cell = LeftCell, PhoneOrder = 2 },
            new("applicant", Texts.T("queue.applicant"), r => $"{r.ApplicantName} {r.Application.Number}") { SortBy = r => r.ApplicantName, Cell = CaseCells.Applicant("/review") },
            new("scorecard", Texts.T("queue.scorecard"), r => r.Application.ScorecardId) { WideOnly = true, SortBy = r => r.Application.ScorecardId },
            new("amount", Texts.T("queue.amount"), CaseCells.Amount) { Numeric = true, WideOnly = true, SortBy = r => r.Application.Amount?.MinorUnits },
            new("score", Texts.T("chart.score"), r => r.Score is { } s ? $"{s.Score.Issued} {s.Score.Grade}" : "") { Numeric = true, SortBy = r => r.Score?.Score.Issued, PhoneOrder = 1 },
            new("why", Texts.T("queue.why"), r => r.Score is { } s ? Words.Of(s.Policy.Recommendation) : "") { WideOnly = true },
            new("state", Texts.T("queue.state"), StateWords) { SortBy = r => r.Case!.State, WideOnly = true },
            new("do", Texts.T("queue.do"), _ => "") { HiddenTitle = true, NotExported = true, Numeric = true, Cell = ActionCell, PhoneOrder = 3 },
        ];
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var outcome = await Reader.QueueAsync(new CaseQuery { PageSize = Most }, _actor!, Leaving);
        _rows = outcome.TryGet(out var page, out _problems!) ? page.Items : [];
    }

    private List<CaseSummary> Filtered(string filter) => [.. (_rows ?? []).Where(row => filter switch
    {
        "mine" => row.Case!.State != CaseState.Decided && row.Case.ClaimedBy == _actor!.Id,
        "free" => row.Case!.State == CaseState.Waiting,
        "second" => row.Case!.State == CaseState.SecondApproval,
        "decided" => row.Case!.State == CaseState.Decided,
        _ => row.Case!.State != CaseState.Decided,
    })];

    private void Hold(TableState state) => GoTo(CurrentFilter, state);

    private void GoTo(string filter, TableState state) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["filter"] = filter == "all" ? null : filter,
        ["q"] = state.Search.Length > 0 ? state.Search : null,
        ["sort"] = state.Sort,
        ["desc"] = state.Descending ? true : null,
        ["page"] = state.Page > 1 ? state.Page : null,
    }), replace: true);

    private async Task ClaimAsync(CaseSummary row)
    {
        _busy = true;
        var outcome = await Desk.ClaimAsync(row.Case!.Id, _actor!, Leaving);
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo($"/applications/{row.Application.Id}/review");
            return;
        }
        await ReadAsync();
        (_problems, _busy) = (outcome.Problems, false);
    }

    private static string StateWords(CaseSummary row) => row.Case is { State: CaseState.Claimed } open ? open.ClaimedByName ?? Words.Of(open.State) : Words.Of(row.Case!.State);

    private RenderFragment LeftCell(CaseSummary row) => builder =>
    {
        builder.OpenComponent<CaseClock>(0);
        builder.AddComponentParameter(1, nameof(CaseClock.DueAt), row.Case!.DueAt);
        builder.AddComponentParameter(2, nameof(CaseClock.Closed), row.Case.State == CaseState.Decided);
        builder.CloseComponent();
    };

    private RenderFragment ActionCell(CaseSummary row) => builder =>
    {
        if (row.Case!.State == CaseState.Waiting && _actor!.May(Permission.Decide))
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "type", "button");
            builder.AddAttribute(2, "class", "button small");
            builder.AddAttribute(3, "disabled", _busy);
            builder.AddAttribute(4, "aria-label", Texts.T("queue.claimCase", row.Application.Number));
            builder.AddAttribute(5, "onclick", EventCallback.Factory.Create(this, () => ClaimAsync(row)));
            builder.AddContent(6, Texts.T("review.claim"));
            builder.CloseElement();
            return;
        }
        builder.OpenElement(7, "a");
        builder.AddAttribute(8, "class", "button small");
        builder.AddAttribute(9, "href", $"/applications/{row.Application.Id}/review");
        builder.AddAttribute(10, "aria-label", Texts.T("queue.openCase", row.Application.Number));
        builder.AddContent(11, Texts.T("action.open"));
        builder.CloseElement();
    };
}
