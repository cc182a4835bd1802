using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>The form that the dictionary describes; checked as each field is left and on submit, saved as a draft each time.</summary>
public sealed partial class DataStep : IAsyncDisposable
{
    private readonly Guid _session = Guid.NewGuid();
    private Actor? _actor;
    private Task<bool>? _queued;
    private IReadOnlyList<Problem> _problems = [];
    private CreditApplication _current = null!;
    private DateTimeOffset? _savedAt;
    private string _amount = "";
    private string _term = "";
    private string? _amountError;
    private string? _termError;
    private bool _busy;
    private bool _toSummary;
    private Task<bool> _running = Task.FromResult(true);
    private ElementReference _summary;

    /// <summary>Dictionary of the scorecard.</summary>
    [Parameter, EditorRequired] public ScorecardDefinition Definition { get; set; } = null!;

    /// <summary>The draft.</summary>
    [Parameter, EditorRequired] public CreditApplication Application { get; set; } = null!;

    /// <summary>Sources without consent.</summary>
    [Parameter] public IReadOnlySet<string> Closed { get; set; } = new HashSet<string>();

    /// <summary>Statements that were read for this application, newest first.</summary>
    [Parameter] public IReadOnlyList<KeptStatement> Statements { get; set; } = [];

    /// <summary>Raised with the draft after each save.</summary>
    [Parameter] public EventCallback<CreditApplication> OnSaved { get; set; }

    /// <summary>Raised when everything is good and saved.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    /// <summary>Raised by the button Back.</summary>
    [Parameter] public EventCallback OnBack { get; set; }

    private DataForm Form { get; set; } = null!;

    private bool AsksTerms => Definition.Inputs.All(input => input.Role is not (InputRole.Amount or InputRole.Term));

    private bool IsSaving => _queued is not null || !_running.IsCompleted;

    private string SavedWords => IsSaving ? Texts.T("intake.saving") : _savedAt is { } at ? Texts.T("intake.saved", Formats.Time(at, Zone)) : "";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _current = Application;
        Form = new DataForm(Definition, Application.ValuesJson, CultureInfo.CurrentCulture, Application.SourcesJson, Closed);
        _amount = Application.Amount is { } stated ? Typed.Amount(stated.Major) : "";
        _term = Application.TermMonths?.ToString(CultureInfo.CurrentCulture) ?? "";
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toSummary) return;
        _toSummary = false;
        await _summary.FocusAsync();
    }

    private async Task LeftAsync(DataEntry entry)
    {
        Form.Check(entry);
        if (_problems.Count > 0) _problems = [.. _problems.Where(problem => problem.Field != entry.Input.Name)];
        if (entry.Error is null) await SaveAsync();
    }

    private async Task TermsAsync(Action take)
    {
        take();
        (_amountError, _termError) = (null, null);
        if (Typed.TryDecimal(_amount, out var amount)) _amount = Typed.Amount(amount);
        else if (_amount.Length > 0) _amountError = Texts.T("problem.field.notNumber", _amount, "", "", "", "");
        if (_term.Length > 0 && !Typed.TryWhole(_term, out _)) _termError = Texts.T("problem.field.notNumber", _term, "", "", "", "");
        if (_amountError is null && _termError is null) await SaveAsync();
    }

    private async Task SubmitAsync()
    {
        if (_busy) return;
        _busy = true;
        if (Form.CheckAll().TryGet(out _, out var problems))
        {
            _problems = [];
            if (await SaveAsync() && await CloseAsync()) await OnDone.InvokeAsync();
        }
        else
        {
            (_problems, _toSummary) = (AsShown(problems), true);
        }
        _busy = false;
    }

    private IReadOnlyList<Problem> AsShown(IReadOnlyList<Problem> problems)
    {
        var fields = Definition.Sources.SelectMany(source => Form.Entries.Where(entry => entry.Input.Source == source.Name)).Select(entry => entry.Input.Name).ToList();
        return [.. problems.OrderBy(problem => fields.IndexOf(problem.Field ?? ""))];
    }

    private async Task FilledAsync()
    {
        _problems = [];
        await SaveAsync();
    }

    // Saves go one after the other, each on the version that the one before it made; side by side the second would be refused as stale.
    // What is typed while one runs goes into the next one, however many fields it is.
    private Task<bool> SaveAsync() => _queued ??= SaveAfterAsync(_running);

    private async Task<bool> SaveAfterAsync(Task<bool> before)
    {
        await Task.Yield();
        await Task.WhenAny(before);
        _running = _queued!;
        _queued = null;
        var record = Form.Draft();
        var (amount, term) = Terms(record);
        var request = new ApplicationRequest(record, amount is { } major ? Money.FromMajor(major, Definition.Currency) : null, term, _current.BranchId, _current.LinkedTo) { Sources = Form.Sources };
        _actor ??= await ActorAsync();
        var saved = await Desk.SaveDraftAsync(_current.Id, _current.Version, request, _session, _actor, Leaving);
        if (saved.Problems.Any(problem => problem.Code == "version.stale") && await OnlyNumberedAnewAsync())
            saved = await Desk.SaveDraftAsync(_current.Id, _current.Version, request, _session, _actor, Leaving);
        return await TakeAsync(saved);
    }

    // The form that was left a moment ago may have told the trail just now: another version of the same values.
    private async Task<bool> OnlyNumberedAnewAsync()
    {
        if (await Applications.FindAsync(_current.Id, Leaving) is not { } stored) return false;
        var same = (stored.ValuesJson, stored.SourcesJson, stored.Amount, stored.TermMonths) == (_current.ValuesJson, _current.SourcesJson, _current.Amount, _current.TermMonths);
        if (same) _current = stored;
        return same;
    }

    private async Task BackAsync()
    {
        await SaveAsync();
        await CloseAsync();
        await OnBack.InvokeAsync();
    }

    private async Task<bool> CloseAsync()
    {
        _actor ??= await ActorAsync();
        return await TakeAsync(await Desk.CloseEditsAsync(_current.Id, _actor, Leaving));
    }

    private async Task<bool> TakeAsync(Outcome<CreditApplication> outcome)
    {
        if (!outcome.TryGet(out var saved, out var problems))
        {
            _problems = problems;
            return false;
        }
        (_current, _savedAt) = (saved, Clock.Now);
        await OnSaved.InvokeAsync(saved);
        return true;
    }

    /// <summary>Leaving the form ends the typing: the trail is told what was typed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(_queued ?? _running);
        if (_actor is not null) await Desk.CloseEditsAsync(_current.Id, _actor, CancellationToken.None);
        Dispose();
    }

    private (decimal? Amount, int? Term) Terms(InputRecord record)
    {
        if (AsksTerms)
            return (Typed.TryDecimal(_amount, out var amount) ? amount : null, Typed.TryWhole(_term, out var term) ? term : null);
        return ((decimal?)NumberOf(record, InputRole.Amount), (int?)NumberOf(record, InputRole.Term));
    }

    private double? NumberOf(InputRecord record, InputRole role) =>
        Definition.Inputs.FirstOrDefault(input => input.Role == role) is { } input && record[input.Name] is { Kind: InputValueKind.Number } value ? value.Number : null;

    private string LabelOf(Problem problem) => problem.Field is { } name && Definition.Input(name) is { } input ? Words.Of(input.Label) : problem.Field ?? "";
}
