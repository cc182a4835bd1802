using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide.WhatIf;

/// <summary>What the score would be if values were different: sliders within the dictionary's bounds, the bars of the trial, scenarios side
/// by side. Nothing here touches the issued score.</summary>
public sealed partial class WhatIfCard
{
    private const int First = 6;
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(150);
    private readonly Dictionary<string, InputValue> _changes = new(StringComparer.Ordinal);
    private IReadOnlyList<Scenario> _scenarios = [];
    private IReadOnlyList<Problem> _problems = [];
    private CancellationTokenSource? _moving;
    private WhatIfTrial? _issued;
    private WhatIfTrial? _trial;
    private WhatIfSession? _opened;
    private WaterfallFigure? _figure;
    private string _name = "";
    private string? _told;
    private bool _all;
    private bool _busy;

    /// <summary>The case.</summary>
    [Parameter, EditorRequired] public CaseFile File { get; set; } = null!;

    /// <summary>Trials on its score.</summary>
    [Parameter, EditorRequired] public WhatIfSession Session { get; set; } = null!;

    /// <summary>What stands below the sliders.</summary>
    [Parameter] public RenderFragment? Below { get; set; }

    /// <summary>What stands below the scenarios.</summary>
    [Parameter] public RenderFragment? Beside { get; set; }

    private WhatIfTrial Trial => _trial ?? _issued!;

    private int Change => Trial.Scored.Score.Issued - Session.Score.Score.Issued;

    private bool MayKeep => File.Reader.May(Permission.Score);

    private IEnumerable<WhatIfLever> Shown => _all ? Session.Levers : Session.Levers.Where((lever, i) => i < First || _changes.ContainsKey(lever.Input.Name));

    private string Fixed => string.Join(", ", Session.Definition.Inputs.Where(input => input.Sensitive).Select(input => Words.Of(input.Label)));

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_opened, Session)) return;
        _opened = Session;
        _changes.Clear();
        _issued = Session.Try(_changes).Value;
        (_trial, _figure) = (null, null);
        var kept = await Desk.ListAsync(File.View.Application.Id, File.Reader, Leaving);
        _scenarios = kept.Succeeded ? kept.Value : [];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _moving?.Cancel();
            _moving?.Dispose();
        }
        base.Dispose(disposing);
    }

    private InputValue ValueOf(WhatIfLever lever) => _changes.TryGetValue(lever.Input.Name, out var value) ? value : lever.Now;

    // The number follows the hand at once; the trial waits until the hand rests.
    private async Task MoveAsync(WhatIfLever lever, InputValue value)
    {
        if (value == lever.Now) _changes.Remove(lever.Input.Name);
        else _changes[lever.Input.Name] = value;
        if (_moving is not null) await _moving.CancelAsync();
        _moving?.Dispose();
        var mine = _moving = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        var token = mine.Token;
        await Task.Delay(Settling, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!token.IsCancellationRequested) Work();
    }

    private void Work()
    {
        if (!Session.Try(_changes).TryGet(out var trial, out _problems!)) return;
        _trial = trial;
        _figure = _changes.Count == 0 || trial.Explanation is not { } bars ? null : new WaterfallFigure(
            Texts.T("explanation.base"), bars.BasePoints, [.. bars.Contributions.Select(c => new WaterfallFactor(Words.Of(c.Label), Words.Of(c.DisplayValue), c.Points))],
            bars.Rounding, bars.Clip, trial.Scored.Score.Issued, CaseFigures.Band(Session.Definition, trial.Scored.Score.Issued).Tone, trial.Policy.ApproveFrom);
        _told = Change switch
        {
            0 => Texts.T("whatif.toldSame", trial.Scored.Score.Issued),
            > 0 => Texts.Count("whatif.toldMore", Change, trial.Scored.Score.Issued),
            _ => Texts.Count("whatif.toldLess", -Change, trial.Scored.Score.Issued),
        };
    }

    private async Task ResetAsync()
    {
        if (_moving is not null) await _moving.CancelAsync();
        _changes.Clear();
        Work();
    }

    private async Task OpenAsync(Scenario scenario)
    {
        if (_moving is not null) await _moving.CancelAsync();
        _changes.Clear();
        foreach (var (input, value) in scenario.Changes) _changes[input] = value;
        Work();
    }

    private async Task KeepAsync()
    {
        if (_busy) return;
        _busy = true;
        var name = _name.Trim().Length > 0 ? _name : Texts.T("whatif.unnamed", (char)('A' + _scenarios.Count));
        var kept = await Desk.KeepAsync(Session, name, new Dictionary<string, InputValue>(_changes), File.Reader, Leaving);
        if (kept.TryGet(out var scenario, out _problems!)) (_scenarios, _name) = ([.. _scenarios, scenario], "");
        _busy = false;
    }

    private async Task DropAsync(Scenario scenario)
    {
        if (_busy) return;
        _busy = true;
        var dropped = await Desk.DropAsync(scenario, File.Reader, Leaving);
        if (dropped.TryGet(out var id, out _problems!)) _scenarios = [.. _scenarios.Where(kept => kept.Id != id)];
        _busy = false;
    }
}
