using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Rollouts;

/// <summary>One rollout: both sides as they decide, limits, the means to steer, who is decided otherwise, and what was done.</summary>
public sealed partial class RolloutPage
{
    private static readonly string[] Tabs = ["live", "swap", "history"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private Actor? _actor;
    private WatchedRollout? _watched;
    private IReadOnlyList<TimelineEntry> _history = [];
    private IReadOnlyList<Problem> _problems = [];
    private string _over = "";
    private string? _message;
    private bool _failed;
    private bool _busy;
    private bool _following;

    /// <summary>The rollout.</summary>
    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] private string? Tab { get; set; }

    [Inject] private RolloutDesk Desk { get; set; } = null!;

    [Inject] private RolloutReader Reader { get; set; } = null!;

    [Inject] private PersonNames Names { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private string Current => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    private bool MaySteer => _actor?.May(Permission.PromoteModels) == true;

    private string About => Texts.T("rollout.about", RolloutWords.ModeOf(_watched!.Rollout), _watched.Rollout.Champion, _watched.Rollout.ScorecardId, Formats.Time(_watched.Rollout.StartedAt, Zone));

    private string Over => Texts.T("rollout.over", Formats.Time(_watched!.Rollout.EndedAt!.Value, Zone), _over);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        await LookAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => UntilLeavingAsync(FollowAsync);

    // It may be read only after the first rendering.
    private async Task FollowAsync()
    {
        if (_following || _watched?.Rollout.Runs != true) return;
        _following = true;
        using var timer = new PeriodicTimer(Pause, Time);
        while (_watched?.Rollout.Runs == true && await timer.WaitForNextTickAsync(Leaving))
        {
            if (_busy) continue;
            await LookAsync();
            StateHasChanged();
        }
    }

    private async Task LookAsync()
    {
        if (!(await Reader.WatchAsync(Id, _actor!, Leaving)).TryGet(out var watched, out var problems))
        {
            _problems = problems;
            return;
        }

        if (watched.Rollout.RowVersion != _watched?.Rollout.RowVersion) await ReadHistoryAsync(watched.Rollout);
        _watched = watched;
    }

    private async Task ReadHistoryAsync(Rollout rollout)
    {
        var events = (await Desk.HistoryAsync(rollout.Id, _actor!, Leaving)).Value;
        var names = Names.Of(events.Select(change => change.ActorId));
        _over = rollout.EndedBy is { } by ? names.GetValueOrDefault(by, "") : "";
        _history = [.. events.Select(change => new TimelineEntry(change.At, Texts.T("rollout.event." + change.Kind, RolloutWords.ShareOf(change.Share), names.GetValueOrDefault(change.ActorId, ""), change.Note)))];
    }

    private async Task ActAsync(SteeringAct act)
    {
        if (_busy) return;
        _busy = true;
        var rollout = _watched!.Rollout;
        var outcome = act.Kind switch
        {
            SteeringKind.Promote => await Desk.PromoteAsync(Id, rollout.RowVersion, act.Note, _actor!, Leaving),
            SteeringKind.RollBack => await Desk.RollBackAsync(Id, rollout.RowVersion, act.Note, _actor!, Leaving),
            SteeringKind.End => await Desk.EndAsync(Id, rollout.RowVersion, act.Note, _actor!, Leaving),
            SteeringKind.Limits => await Desk.ChangeGuardrailsAsync(Id, act.Limits!, rollout.RowVersion, act.Note, _actor!, Leaving),
            _ => await Desk.ChangeShareAsync(Id, act.Share, rollout.RowVersion, act.Note, _actor!, Leaving),
        };
        _failed = !outcome.Succeeded;
        _message = outcome.TryGet(out var changed, out var problems) ? Done(act.Kind, changed) : Words.Of(problems);
        await LookAsync();
        _busy = false;
    }

    private static string Done(SteeringKind kind, Rollout rollout) => kind switch
    {
        SteeringKind.Promote => Texts.T("rollout.done.promoted", rollout.Challenger),
        SteeringKind.RollBack => Texts.T("rollout.done.rolledBack", rollout.Challenger),
        SteeringKind.End => Texts.T("rollout.done.ended"),
        SteeringKind.Limits => Texts.T("rollout.done.limitsChanged"),
        _ => Texts.T("rollout.done.shareChanged", RolloutWords.ShareOf(rollout.Share)),
    };
}
