using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>One input with its value.</summary>
/// <param name="Input">Definition.</param>
/// <param name="Value">Accepted value.</param>
/// <param name="Source">Where it comes from, in words.</param>
public sealed record DataRow(InputDefinition Input, InputValue Value, string Source);

/// <summary>What is known about the application: values with their origin, the applicant (masked), consent.</summary>
public sealed partial class DataTab
{
    private IReadOnlyList<DataRow>? _rows;
    private IReadOnlyList<DataColumn<DataRow>> _columns = [];
    private IReadOnlyDictionary<string, ValueSource> _stated = new Dictionary<string, ValueSource>();
    private IReadOnlySet<string> _vaulted = new HashSet<string>();
    private Applicant? _clear;
    private string _reason = "";
    private string? _error;
    private string? _done;

    /// <summary>The case.</summary>
    [Parameter, EditorRequired] public CaseFile File { get; set; } = null!;

    private Applicant Shown => _clear ?? File.View.Applicant;

    private bool Editable => !File.View.Application.WasDecided && File.View.Application.State != ApplicationState.Withdrawn && File.Reader.May(Permission.TakeIn);

    private bool IsTrial => File.View.Application.WasDecided && File.Reader.May(Permission.TakeIn);

    private IReadOnlyList<SourceDefinition> Withdrawable =>
        [.. File.View.Definition.Sources.Where(source => source.NeedsConsent && File.View.Consents.Any(c => c.ScorecardId == File.View.Definition.Id && c.Source == source.Name && c.IsActive(Clock.Now)))];

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var definition = File.View.Definition;
        _stated = ValueSources.FromText(File.View.Application.SourcesJson);
        _vaulted = SensitiveInputs.ForAuditsOnly(definition);
        _rows = InputRecordJson.FromText(definition, File.View.Application.ValuesJson) is { Succeeded: true } read
            ? [.. definition.Inputs.Select(input => new DataRow(input, read.Value[input.Name], SourceOf(input, read.Value[input.Name])))]
            : null;
        _columns =
        [
            new("input", Texts.T("data.input"), r => Words.Of(r.Input.Label)) { SortBy = r => Words.Of(r.Input.Label) },
            new("value", Texts.T("explanation.value"), ValueWords) { Numeric = true },
            new("source", Texts.T("explanation.source"), r => r.Source) { SortBy = r => r.Source, WideOnly = true },
            new("use", Texts.T("data.use"), UseWords) { WideOnly = true },
        ];
    }

    private async Task RevealAsync()
    {
        var outcome = await Desk.RevealAsync(File.View.Applicant.Id, _reason, File.Reader, Leaving);
        if (outcome.TryGet(out var applicant, out var problems)) (_clear, _error) = (applicant, null);
        else _error = Words.Of(problems);
    }

    private async Task WithdrawAsync(SourceDefinition source)
    {
        var outcome = await Desk.WithdrawSourceAsync(File.View.Applicant.Id, File.View.Definition.Id, source.Name, File.Reader, Leaving);
        _done = outcome.Succeeded ? await WithoutAsync(source) : Words.Of(outcome.Problems);
        await File.ReloadAsync();
    }

    // Before a decision a withdrawal counts at once: the score is worked out again without the source.
    private async Task<string> WithoutAsync(SourceDefinition source)
    {
        var application = File.View.Application;
        if (application.WasDecided) return Texts.T("data.withdrawAfter", Words.Of(source.Label));
        if (application.State is not (ApplicationState.Scored or ApplicationState.InReview)) return Texts.T("data.withdrawn", Words.Of(source.Label));
        var scored = await Scoring.ScoreAsync(application.Id, File.Reader, Leaving);
        if (!scored.TryGet(out var score, out var problems)) return Words.Of(problems);
        if (application.State == ApplicationState.InReview && await Reviews.OpenAsync(application.Id, File.Reader, Leaving) is { Succeeded: false } kept) return Words.Of(kept.Problems);
        return Texts.T("data.withdrawnScored", Words.Of(source.Label), score.Score.Issued);
    }

    // After a decision nothing changes; what the score would be is worked out under the release that issued it, and shown.
    private async Task TryWithoutAsync(SourceDefinition source)
    {
        _done = null;
        var score = File.View.Score!;
        if (!(await WhatIf.OpenAsync(score.Id, File.Reader, Leaving)).TryGet(out var session, out var problems))
        {
            _done = Words.Of(problems);
            return;
        }
        var levers = session.Levers.Select(lever => lever.Input).Where(input => input.Source == source.Name && input.AlsoFrom.Count == 0);
        var changes = levers.ToDictionary(input => input.Name, _ => InputValue.Missing);
        _done = changes.Count == 0 ? Texts.T("data.trialSame", Words.Of(source.Label))
            : session.Try(changes).TryGet(out var trial, out problems)
                ? Texts.T("data.trialResult", Words.Of(source.Label), trial.Scored.Score.Issued, Formats.Signed(trial.Scored.Score.Issued - score.Score.Issued, 0), score.Score.Issued)
                : Words.Of(problems);
    }

    // What only audits read is not with the application any more, whether it was stated or not.
    private string ValueWords(DataRow row) => row switch
    {
        _ when _vaulted.Contains(row.Input.Name) => Texts.T("data.vaulted"),
        { Input.Pii: not null } when _clear is null => Masked(row),
        _ => Words.Of(row.Input, row.Value),
    };

    private static string Masked(DataRow row) => row.Value.Kind == InputValueKind.Missing ? Texts.T("value.missing") : PersonalDataMask.Name(row.Value.Text ?? "");

    private string SourceOf(InputDefinition input, InputValue value)
    {
        if (value.Kind == InputValueKind.Missing) return Texts.T("origin.imputed");
        if (_stated.GetValueOrDefault(input.Name) is { } stated) return stated.Evidence is { } evidence ? $"{Texts.T("origin." + ValueSources.Word(stated.Origin))}: {evidence}" : Texts.T("origin." + ValueSources.Word(stated.Origin));
        var name = File.View.Score?.Provenance.GetValueOrDefault(input.Name) ?? input.Source;
        return File.View.Definition.Sources.FirstOrDefault(source => source.Name == name) is { } known ? Words.Of(known.Label) : name;
    }

    private static string UseWords(DataRow row) => Texts.T(row.Input.Sensitive ? "data.sensitive" : row.Input.Pii is not null ? "data.pii" : "data.scored");
}
