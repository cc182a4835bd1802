using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide.Overview;

/// <summary>What waits for the reader and how the portfolio does; period and scorecard stand in the address.</summary>
public sealed partial class OverviewPage
{
    private const int NextShown = 6;
    private static readonly int[] Periods = [30, 90, 365];
    private Actor? _actor;
    private PortfolioView? _view;
    private IReadOnlyList<WaitingItem>? _items;
    private IReadOnlyList<ScorecardDefinition> _scorecards = [];
    private IReadOnlyList<CaseSummary> _next = [];
    private IReadOnlyList<Problem> _problems = [];
    private (int Period, string? Scorecard) _shown;
    private string _role = Roles.Viewer;
    private bool _busy;

    /// <summary>Days that the figures look back.</summary>
    [SupplyParameterFromQuery] public int? Days { get; set; }

    /// <summary>One scorecard; null for all.</summary>
    [SupplyParameterFromQuery] public string? Scorecard { get; set; }

    private int Period => Days is { } days && Periods.Contains(days) ? days : Periods[0];

    private ScorecardDefinition? Chosen => _scorecards.FirstOrDefault(definition => definition.Id == Scorecard);

    private ScorecardDefinition? Drawn => _scorecards.FirstOrDefault(definition => definition.Id == _view?.Drawn);

    // A viewer sees figures only: nothing waits for somebody who may do nothing.
    private bool HasWork => _actor!.Permissions.Count > 1;

    private string Note => Texts.T("overview.note", Period, Formats.Date(Clock.Today.AddDays(-Period)), Formats.Date(Clock.Today), Chosen is { } one ? Words.Of(one.Title) : Texts.T("overview.all"));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _role = await RoleAsync();
        _scorecards = await Catalog.ListAsync(Leaving);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // The first answer of the server is the page with its places empty: it can be used at once, and the numbers come when they are there.
        if (_actor is null || !RendererInfo.IsInteractive || _shown == (Period, Chosen?.Id) && _view is not null) return;
        var asked = _shown = (Period, Chosen?.Id);
        _busy = true;
        // Beside the circuit: a store that works on the caller's thread would hold every click.
        var (portfolio, work) = await Task.Run(() => ReadAsync(asked), Leaving);
        if (asked != _shown) return;
        if (portfolio.TryGet(out var view, out var problems)) (_view, _items, _next, _problems) = (view, work.Items, work.Next, []);
        else _problems = problems;
        _busy = false;
    }

    private async Task<(Outcome<PortfolioView> Portfolio, Work Work)> ReadAsync((int Period, string? Scorecard) asked)
    {
        var outcome = await Portfolio.ReadAsync(asked.Period, asked.Scorecard, Zone, _actor!, Leaving);
        if (!outcome.TryGet(out var view, out _) || !HasWork) return (outcome, new Work(null, []));
        var items = await Waiting.ReadAsync(_actor!, view.Now, Clock.Now, Leaving);
        var next = _actor!.May(Permission.Review) && (await Cases.QueueAsync(new CaseQuery(CaseState.Waiting) { PageSize = NextShown }, _actor, Leaving)).TryGet(out var page, out _) ? page.Items : [];
        return (outcome, new Work(items, next));
    }

    // What waits for the reader, and the next cases of the queue.
    private sealed record Work(IReadOnlyList<WaitingItem>? Items, IReadOnlyList<CaseSummary> Next);

    private static string Address(int days, string? scorecard) =>
        (days == Periods[0], string.IsNullOrEmpty(scorecard)) switch
        {
            (true, true) => "/overview",
            (true, false) => $"/overview?scorecard={Uri.EscapeDataString(scorecard!)}",
            (false, true) => $"/overview?days={days}",
            _ => $"/overview?days={days}&scorecard={Uri.EscapeDataString(scorecard!)}",
        };
}
