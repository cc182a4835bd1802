using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CreditWorkbench.Web.Components.Pages.Build.Scorecards;

/// <summary>Editor of a dictionary: checked while it is typed, tried on a form, compared with what is in force, saved as a draft, published.</summary>
public sealed partial class ScorecardEditorPage
{
    private Actor? _actor;
    private ShelvedScorecard? _card;
    private ScorecardDraft? _draft;
    private CheckedScorecard? _checked;
    private CodeEditor? _editor;
    private TextHistory _history = new("");
    private string _text = "";
    private string _why = "";
    private string? _message;
    private bool _failed;
    private bool _busy;
    private TextFile? _file;

    /// <summary>Scorecard of the address.</summary>
    [Parameter] public string Id { get; set; } = "";

    private string SavedText => _draft?.SourceText ?? _card?.Current?.SourceText ?? "";

    private bool IsChanged => _text != SavedText;

    private string Status => Texts.T(IsChanged ? "cards.unsaved" : _draft is null ? "cards.asInForce" : "cards.savedDraft");

    private string? Obstacle =>
        _actor?.May(Permission.PromoteModels) != true ? Texts.T("cards.mayNotPublish")
        : _checked?.Reading.Definition is null ? Texts.Count("cards.faultsFirst", _checked?.Reading.Problems.Count ?? 0)
        : IsChanged ? Texts.T("cards.saveFirst")
        : _draft is null || !_checked.Change.Any ? Texts.T("cards.nothingToPublish")
        : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (!(await Desk.FindAsync(Id, _actor!, Leaving)).TryGet(out _card, out var problems))
        {
            (_message, _failed) = (Words.Of(problems), true);
            return;
        }

        _draft = _card.Draft;
        _text = SavedText;
        _history = new TextHistory(_text);
        Check();
    }

    private async Task TypedAsync(string text)
    {
        if (text == _text) return;
        _history.Add(text);
        await ShowAsync(text);
    }

    private async Task UndoAsync()
    {
        await TakeTypedAsync();
        await ReplaceTextAsync(_history.Undo());
    }

    private Task RedoAsync() => ReplaceTextAsync(_history.Redo());

    private async Task ReplaceTextAsync(string text)
    {
        if (_editor is not null) await _editor.WriteAsync(text);
        await ShowAsync(text);
    }

    private async Task ShowAsync(string text)
    {
        (_text, _message) = (text, null);
        Check();
        var reading = _checked!.Reading;
        if (_editor is not null) await _editor.MarkAsync(LinesOf(reading.Problems), LinesOf(reading.Warnings));
    }

    // What was typed within the last moment has not been told yet.
    private async Task TakeTypedAsync()
    {
        if (_editor is not null) await TypedAsync(await _editor.ReadAsync());
    }

    private void Check() => _checked = ScorecardDesk.Check(Id, _text, _card!.Current);

    private Task GoAsync(long line) => _editor?.GoAsync(line) ?? Task.CompletedTask;

    private async Task SaveAsync()
    {
        await AloneAsync(async () =>
        {
            await TakeTypedAsync();
            var saved = await Desk.SaveDraftAsync(Id, _text, _draft?.RowVersion ?? 0, _actor!, Leaving);
            _failed = !saved.TryGet(out var draft, out var problems);
            _draft = draft ?? _draft;
            _message = _failed ? Words.Of(problems) : Texts.T("cards.draftKept");
        });
    }

    private async Task PublishAsync()
    {
        await AloneAsync(async () =>
        {
            await TakeTypedAsync();
            if (Obstacle is not null) return;
            var published = await Desk.PublishAsync(Id, _draft!.RowVersion, _why, _actor!, Leaving);
            _failed = !published.TryGet(out var definition, out var problems);
            _message = _failed ? Words.Of(problems) : Texts.T("cards.published", Id, definition!.Version);
            if (_failed) return;
            _why = "";
            var said = _message;
            await LoadAsync();
            _message = said;
        });
    }

    private async Task DiscardAsync()
    {
        await AloneAsync(async () =>
        {
            var dropped = await Desk.DiscardAsync(Id, _actor!, Leaving);
            (_failed, _message) = (!dropped.Succeeded, dropped.Succeeded ? Texts.T("cards.discarded") : Words.Of(dropped.Problems));
            if (_failed) return;
            if (_card!.Current is null)
            {
                Navigation.NavigateTo("/scorecards");
                return;
            }

            var said = _message;
            await LoadAsync();
            await ReplaceTextAsync(_text);
            _message = said;
        });
    }

    private async Task ReplaceAsync(InputFileChangeEventArgs change)
    {
        await AloneAsync(async () =>
        {
            _failed = change.File.Size > ScorecardReader.LongestFile;
            _message = _failed ? Texts.T("problem.scorecard.file.long", Formats.Integer(ScorecardReader.LongestFile)) : null;
            if (_failed) return;
            await TakeTypedAsync();
            using var reader = new StreamReader(change.File.OpenReadStream(ScorecardReader.LongestFile));
            var text = await reader.ReadToEndAsync(Leaving);
            _history.Add(text);
            await ReplaceTextAsync(text);
        });
    }

    private async Task AloneAsync(Func<Task> work)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            await work();
        }
        finally
        {
            _busy = false;
        }
    }

    private void Export() => _file = new TextFile($"{Id}.yaml", "application/yaml;charset=utf-8", _text);

    private static long[] LinesOf(IReadOnlyList<Problem> problems) => [.. problems.Select(problem => problem.Row).OfType<long>().Distinct()];
}
