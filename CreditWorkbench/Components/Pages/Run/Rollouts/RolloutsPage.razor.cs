using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Rollouts;

/// <summary>All rollouts, and the way to start one.</summary>
public sealed partial class RolloutsPage
{
    private Actor? _actor;
    private IReadOnlyList<Rollout>? _rollouts;
    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();
    private IReadOnlyList<DataColumn<Rollout>> _columns = [];
    private bool _starting;

    /// <summary>NAME@V to start with: a link from the registry.</summary>
    [SupplyParameterFromQuery] private string? Challenger { get; set; }

    private bool MayStart => _actor?.May(Permission.PromoteModels) == true;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _starting = Challenger is not null && MayStart;
        _columns =
        [
            new("challenger", Texts.T("rollout.challenger"), rollout => rollout.Challenger) { SortBy = rollout => rollout.Challenger, Cell = rollout => builder => Cells.Link(builder, $"/rollouts/{rollout.Id}", rollout.Challenger) },
            new("champion", Texts.T("rollout.champion"), rollout => rollout.Champion) { SortBy = rollout => rollout.Champion, WideOnly = true },
            new("scorecard", Texts.T("rollout.scorecard"), rollout => rollout.ScorecardId) { SortBy = rollout => rollout.ScorecardId, Filter = ColumnFilterKind.Choice, WideOnly = true },
            new("mode", Texts.T("rollout.mode"), RolloutWords.ModeOf) { SortBy = RolloutWords.ModeOf, PhoneOrder = 1 },
            new("state", Texts.T("rollout.state"), rollout => Words.Of(rollout.State))
            {
                SortBy = rollout => rollout.State, Filter = ColumnFilterKind.Choice, PhoneOrder = 3, Cell = rollout => builder => Cells.Badge(builder, RolloutWords.ToneOf(rollout.State), Words.Of(rollout.State)),
            },
            new("started", Texts.T("rollout.started"), rollout => Formats.Time(rollout.StartedAt, Zone)) { SortBy = rollout => rollout.StartedAt, NoWrap = true, PhoneOrder = 2 },
            new("by", Texts.T("rollout.startedBy"), rollout => _names.GetValueOrDefault(rollout.StartedBy, "")) { SortBy = rollout => _names.GetValueOrDefault(rollout.StartedBy, ""), WideOnly = true },
        ];
        var rollouts = (await Desk.ListAsync(null, _actor, Leaving)).Value;
        _names = Names.Of(rollouts.Select(rollout => rollout.StartedBy));
        _rollouts = rollouts;
    }
}
