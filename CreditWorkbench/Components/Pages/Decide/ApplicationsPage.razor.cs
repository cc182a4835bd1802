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
    private const int PageSize = 25;
    private const int MostApplicants = 20;
    private static readonly string?[] States = [null, .. Enum.GetNames<ApplicationState>()];
    private Actor? _actor;
    private IReadOnlyList<CaseSummary>? _rows;
    private IReadOnlyList<Problem> _problems = [];
    private int _total;
    private string _typed = "";
    private string? _shown;

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private int? Page { get; set; }

    private int PageNow => Math.Max(1, Page ?? 1);

    private IReadOnlyList<DataColumn<CaseSummary>> Columns =>
    [
        new("applicant", Texts.T("queue.applicant"), r => $"{r.ApplicantName} {r.Application.Number}") { SortBy = r => r.ApplicantName, Cell = CaseCells.Applicant("") },
        new("scorecard", Texts.T("queue.scorecard"), r => r.Application.ScorecardId) { WideOnly = true, SortBy = r => r.Application.ScorecardId },
        new("amount", Texts.T("queue.amount"), CaseCells.Amount) { Numeric = true, PhoneOrder = 3, SortBy = r => r.Application.Amount?.MinorUnits },
        new("score", Texts.T("chart.score"), r => r.Score is { } s ? $"{s.Score.Issued} {s.Score.Grade}" : Formats.Unknown) { Numeric = true, SortBy = r => r.Score?.Score.Issued, PhoneOrder = 1 },
        new("state", Texts.T("queue.state"), r => Words.Of(r.Application.State)) { SortBy = r => r.Application.State, PhoneOrder = 2 },
        new("created", Texts.T("applications.created"), r => Formats.Time(r.Application.CreatedAt, Zone)) { WideOnly = true, SortBy = r => r.Application.CreatedAt },
    ];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = $"{Q}|{State}|{PageNow}";
        if (asked == _shown) return;
        (_shown, _typed) = (asked, Q ?? "");
        _actor ??= await ActorAsync();
        var outcome = string.IsNullOrWhiteSpace(Q) ? await ListAsync(Query()) : await FindAsync(Q.Trim());
        if (outcome.TryGet(out var page, out var problems)) (_rows, _total, _problems) = (page.Items, page.Total, []);
        else (_rows, _total, _problems) = ([], 0, problems);
    }

    private ApplicationQuery Query() => new(Enum.TryParse<ApplicationState>(State, out var state) ? state : null) { Page = PageNow, PageSize = PageSize };

    private Task<Outcome<Page<CaseSummary>>> ListAsync(ApplicationQuery query) => Reader.ListAsync(query, _actor!, Leaving);

    private async Task<Outcome<Page<CaseSummary>>> FindAsync(string words)
    {
        var byNumber = await ListAsync(Query() with { Number = words.ToUpperInvariant() });
        if (!byNumber.Succeeded || byNumber.Value.Total > 0 || !_actor!.May(Permission.RevealPersonalData)) return byNumber;
        var rows = new List<CaseSummary>();
        foreach (var applicant in (await Applicants.SearchAsync(words, 1, MostApplicants, Leaving)).Items)
        {
            if (!(await ListAsync(Query() with { ApplicantId = applicant.Id, Page = 1 })).TryGet(out var page, out var problems)) return Outcome<Page<CaseSummary>>.Refused(problems);
            rows.AddRange(page.Items);
        }
        return new Page<CaseSummary>(rows, rows.Count);
    }

    private void SearchAsync() => Navigation.NavigateTo(_typed.Trim().Length == 0 ? "/applications" : "/applications?q=" + Uri.EscapeDataString(_typed.Trim()));

    private string Address(string? state, int page) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["state"] = state, ["page"] = page > 1 ? page : null });
}
