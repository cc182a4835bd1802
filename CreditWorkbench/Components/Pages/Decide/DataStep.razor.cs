using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>The form that the dictionary describes; checked as each field is left and on submit, saved as a draft each time.</summary>
public sealed partial class DataStep
{
    private IReadOnlyList<Problem> _problems = [];
    private CreditApplication _current = null!;
    private DateTimeOffset? _savedAt;
    private string _amount = "";
    private string _term = "";
    private string? _amountError;
    private string? _termError;
    private bool _busy;
    private bool _toSummary;
    private Task<bool> _lastSave = Task.FromResult(true);
    private ElementReference _summary;

    /// <summary>Dictionary of the scorecard.</summary>
    [Parameter, EditorRequired] public ScorecardDefinition Definition { get; set; } = null!;

    /// <summary>The draft.</summary>
    [Parameter, EditorRequired] public CreditApplication Application { get; set; } = null!;

    /// <summary>Raised with the draft after each save.</summary>
    [Parameter] public EventCallback<CreditApplication> OnSaved { get; set; }

    /// <summary>Raised when everything is good and saved.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    /// <summary>Raised by the button Back.</summary>
    [Parameter] public EventCallback OnBack { get; set; }

    private DataForm Form { get; set; } = null!;

    private bool AsksTerms => Definition.Inputs.All(input => input.Role is not (InputRole.Amount or InputRole.Term));

    private string SavedWords => _savedAt is { } at ? Texts.T("intake.saved", Formats.Time(at, Zone)) : "";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _current = Application;
        Form = new DataForm(Definition, Application.ValuesJson, CultureInfo.CurrentCulture);
        _amount = Application.Amount?.Major.ToString("N0", CultureInfo.CurrentCulture) ?? "";
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
        if (entry.Error is null) await SaveAsync(Form.Draft);
    }

    private async Task TermsAsync(Action take)
    {
        take();
        (_amountError, _termError) = (null, null);
        if (Typed.TryDecimal(_amount, out var amount)) _amount = amount.ToString("N0", CultureInfo.CurrentCulture);
        else if (_amount.Length > 0) _amountError = Texts.T("problem.field.notNumber", _amount, "", "", "", "");
        if (_term.Length > 0 && !Typed.TryDecimal(_term, out _)) _termError = Texts.T("problem.field.notNumber", _term, "", "", "", "");
        if (_amountError is null && _termError is null) await SaveAsync(Form.Draft);
    }

    private async Task SubmitAsync()
    {
        _busy = true;
        if (Form.CheckAll().TryGet(out var record, out var problems))
        {
            _problems = [];
            if (await SaveAsync(() => record)) await OnDone.InvokeAsync();
        }
        else
        {
            (_problems, _toSummary) = (problems, true);
        }
        _busy = false;
    }

    // A field that is left by clicking the button starts a save of its own. Saves go one after the other, each on the version that
    // the one before it made; side by side the second would be refused as stale.
    private Task<bool> SaveAsync(Func<InputRecord> values) => _lastSave = SaveAfterAsync(_lastSave, values);

    private async Task<bool> SaveAfterAsync(Task<bool> before, Func<InputRecord> values)
    {
        await Task.WhenAny(before);
        var record = values();
        var (amount, term) = Terms(record);
        var request = new ApplicationRequest(record, amount is { } major ? Money.FromMajor(major, Definition.Currency) : null, term, _current.BranchId, _current.LinkedTo);
        var outcome = await Desk.ChangeAsync(_current.Id, _current.Version, request, await ActorAsync(), Leaving);
        if (!outcome.TryGet(out var saved, out var problems))
        {
            _problems = problems;
            return false;
        }
        (_current, _savedAt) = (saved, Clock.Now);
        await OnSaved.InvokeAsync(saved);
        return true;
    }

    private (decimal? Amount, int? Term) Terms(InputRecord record)
    {
        if (AsksTerms)
            return (Typed.TryDecimal(_amount, out var amount) ? amount : null, Typed.TryDecimal(_term, out var term) ? (int)term : null);
        return ((decimal?)NumberOf(record, InputRole.Amount), (int?)NumberOf(record, InputRole.Term));
    }

    private double? NumberOf(InputRecord record, InputRole role) =>
        Definition.Inputs.FirstOrDefault(input => input.Role == role) is { } input && record[input.Name] is { Kind: InputValueKind.Number } value ? value.Number : null;

    private string LabelOf(Problem problem) => problem.Field is { } name && Definition.Input(name) is { } input ? Words.Of(input.Label) : problem.Field ?? "";
}
