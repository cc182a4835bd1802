using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Applications, newest first. Search finds an application by its number, and, for those who may see personal data, by e-mail, telephone, national id or a word of the name.</summary>
public sealed partial class ApplicationsPage
{
    private const int MostApplicants = 20;
    private static readonly string?[] States = [null, .. Enum.GetNames<ApplicationState>()];
    private Actor? _actor;
    private DataTable<CaseSummary>? _table;
    private IReadOnlyList<Problem> _problems = [];
    private string? _shown;
    private IReadOnlyDictionary<string, string> _titles = new Dictionary<string, string>();

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private int? Page { get; set; }

    [SupplyParameterFromQuery] private string? Sort { get; set; }

    [SupplyParameterFromQuery] private bool Desc { get; set; }

    private TableState Held => new(Q ?? "", Sort, Desc, Math.Max(1, Page ?? 1));

    private IReadOnlyList<DataColumn<CaseSummary>> Columns =>
    [
        new("number", Texts.T("queue.applicant"), r => $"{r.ApplicantName} {r.Application.Number}") { SortBy = r => r.Application.Number, Cell = CaseCells.Applicant("") },
        new("scorecard", Texts.T("queue.scorecard"), r => _titles.GetValueOrDefault(r.Application.ScorecardId, r.Application.ScorecardId)) { WideOnly = true, SortBy = r => r.Application.ScorecardId },
        new("amount", Texts.T("queue.amount"), CaseCells.Amount) { Numeric = true, PhoneOrder = 3, SortBy = r => r.Application.Amount?.MinorUnits },
        new("score", Texts.T("chart.score"), r => r.Score is { } s ? $"{s.Score.Issued} {s.Score.Grade}" : Formats.Unknown) { Numeric = true, PhoneOrder = 1 },
        new("state", Texts.T("queue.state"), r => Words.Of(r.Application.State)) { SortBy = r => r.Application.State, PhoneOrder = 2 },
        new("created", Texts.T("applications.created"), r => Formats.Time(r.Application.CreatedAt, Zone)) { WideOnly = true, SortBy = r => r.Application.CreatedAt },
    ];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _titles = (await Scorecards.ListAsync(Leaving)).ToDictionary(card => card.Id, card => Words.Of(card.Title), StringComparer.Ordinal);
        _actor = await ActorAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // A chip narrows what the source reads without touching the table's own state.
        if (_shown == State) return;
        _shown = State;
        if (_table is not null) await _table.RefreshAsync();
    }

    private async Task<TablePage<CaseSummary>> ReadAsync(TableQuery asked, CancellationToken cancellationToken)
    {
        var query = new ApplicationQuery(Enum.TryParse<ApplicationState>(State, out var state) ? state : null)
        {
            Order = OrderOf(asked.State.Sort),
            Ascending = asked.State.Sort is not null && !asked.State.Descending,
            Page = asked.Skip / Math.Max(1, asked.Take) + 1,
            PageSize = asked.Take,
        };
        var outcome = string.IsNullOrWhiteSpace(asked.State.Search) ? await ListAsync(query) : await FindAsync(query, asked.State.Search.Trim());
        return outcome.TryGet(out var page, out _problems!) ? new TablePage<CaseSummary>(page.Items, page.Total) : new TablePage<CaseSummary>([], 0);
    }

    private static ListOrder OrderOf(string? column) => column switch
    {
        "number" => ListOrder.Number,
        "amount" => ListOrder.Amount,
        "state" => ListOrder.State,
        "scorecard" => ListOrder.Scorecard,
        _ => ListOrder.Created,
    };

    private Task<Outcome<Page<CaseSummary>>> ListAsync(ApplicationQuery query) => Reader.ListAsync(query, _actor!, Leaving);

    private async Task<Outcome<Page<CaseSummary>>> FindAsync(ApplicationQuery query, string words)
    {
        var byNumber = await ListAsync(query with { Number = words.ToUpperInvariant() });
        if (!byNumber.Succeeded || byNumber.Value.Total > 0 || !_actor!.May(Permission.RevealPersonalData)) return byNumber;
        var rows = new List<CaseSummary>();
        foreach (var applicant in (await Applicants.SearchAsync(words, 1, MostApplicants, Leaving)).Items)
        {
            if (!(await ListAsync(query with { ApplicantId = applicant.Id, Page = 1 })).TryGet(out var page, out var problems)) return Outcome<Page<CaseSummary>>.Refused(problems);
            rows.AddRange(page.Items);
        }
        return new Page<CaseSummary>(rows, rows.Count);
    }

    private void Hold(TableState state) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = state.Search.Length > 0 ? state.Search : null,
        ["sort"] = state.Sort,
        ["desc"] = state.Descending ? true : null,
        ["page"] = state.Page > 1 ? state.Page : null,
    }), replace: true);

    private string Address(string? state) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["state"] = state, ["page"] = null });
}
