using System.Globalization;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CreditWorkbench.Web.Components.Pages.Run.Batches;

/// <summary>Files of rows that the reader has scored: hand one in, see how far each is, what was rejected, call it off, fetch the results. Who looks after jobs sees everybody's,
/// without rows and results.</summary>
public sealed partial class BatchesPage
{
    private const int Newest = 200;
    private Actor? _actor;
    private IReadOnlyList<Batch>? _batches;
    private IReadOnlyList<ScorecardDefinition> _scorecards = [];
    private IReadOnlyList<DataColumn<Batch>> _columns = [];
    private IReadOnlyList<string>? _message;
    private SheetExplanation _explain = SheetExplanation.Top4;
    private string _scorecard = "";
    private string _basis = LegalBases.Codes[0];
    private string? _id;
    private bool _asking;
    private bool _busy;
    private bool _failed;
    private bool _mayHandIn;
    private bool _mayOversee;
    private double? _sent;

    /// <summary>The chosen batch.</summary>
    [SupplyParameterFromQuery(Name = "batch")] private string? BatchId { get; set; }

    /// <summary><c>all</c>: everybody's batches; else the reader's own.</summary>
    [SupplyParameterFromQuery(Name = "whose")] private string? Whose { get; set; }

    private bool Everybodys => _mayOversee && (Whose == "all" || !_mayHandIn);

    private Batch? Chosen => Guid.TryParse(BatchId, out var id) ? _batches?.FirstOrDefault(batch => batch.Id == id) : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        (_mayHandIn, _mayOversee) = (_actor.May(Permission.ScoreStateless), _actor.May(Permission.ManageJobs));
        _scorecards = await Scorecards.ListAsync(Leaving);
        // One that can score comes first: without a model in production every file is refused.
        var serving = (await Models.ListAsync(null, Leaving)).Where(model => model.Stage == ModelStage.Production).Select(model => model.ScorecardId).ToHashSet(StringComparer.Ordinal);
        _scorecard = (_scorecards.FirstOrDefault(card => serving.Contains(card.Id)) ?? (_scorecards is [var first, ..] ? first : null))?.Id ?? "";
        _columns =
        [
            new("scorecard", Texts.T("batches.scorecard"), batch => batch.ScorecardId) { SortBy = batch => batch.ScorecardId, Cell = batch => builder => Cells.Link(builder, $"/batches?{(Everybodys && _mayHandIn ? "whose=all&" : "")}batch={batch.Id}", batch.ScorecardId) },
            new("state", Texts.T("jobs.state"), StateOf) { SortBy = batch => batch.State, Filter = ColumnFilterKind.Choice, PhoneOrder = 3, Cell = batch => builder => Cells.Badge(builder, ToneOf(batch), StateOf(batch)) },
            new("progress", Texts.T("jobs.progress"), batch => batch.EndedAt is null ? Formats.Percent(batch.Share, 0) : Formats.Unknown) { PhoneOrder = 1, Numeric = true },
            new("rows", Texts.T("batches.rows"), batch => Formats.Integer(batch.Rows)) { SortBy = batch => batch.Rows, Numeric = true, WideOnly = true },
            new("rejected", Texts.T("batches.rejected"), batch => Formats.Integer(batch.Rejected)) { SortBy = batch => batch.Rejected, Numeric = true, WideOnly = true },
            new("created", Texts.T("jobs.created"), batch => Formats.Time(batch.CreatedAt, Zone)) { SortBy = batch => batch.CreatedAt, NoWrap = true, PhoneOrder = 2 },
        ];
        await ReadAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_batches is not null) await ReadAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? WatchAsync(Jobs.ChangedAsync, LookAsync) : Task.CompletedTask;

    private async Task<bool> LookAsync()
    {
        await ReadAsync();
        StateHasChanged();
        return true;
    }

    private async Task ReadAsync() =>
        _batches = Everybodys ? (await Desk.ListAllAsync(1, Newest, _actor!, Leaving)).Value.Items : (await Desk.ListAsync(1, Newest, _actor!, Leaving)).Items;

    private bool IsOwn(Batch batch) => batch.OwnerId == _actor!.Id;

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        if (_busy) return;
        (_busy, _sent, _message) = (true, 0, null);
        try
        {
            var file = chosen.File;
            await using var stream = new CountingStream(file.OpenReadStream(ApiRoutes.LargestBatch, Leaving), sent => _ = InvokeAsync(() => ShowSent((double)sent / Math.Max(1, file.Size))));
            var request = new BatchRequest(_scorecard, _explain, string.IsNullOrWhiteSpace(_id) ? null : _id.Trim(), [_basis], null);
            var taken = await Desk.TakeAsync(request, stream, _actor!, Time.GetUtcNow(), Leaving);
            _failed = !taken.Succeeded;
            if (_failed)
            {
                _message = [.. taken.Problems.Take(10).Select(Words.Of)];
                return;
            }

            (_asking, _message) = (false, [Texts.T("batches.taken", file.Name)]);
            await ReadAsync();
            Navigation.NavigateTo($"/batches?batch={taken.Value.Id}");
        }
        catch (IOException)
        {
            (_failed, _message) = (true, [Texts.T("batches.broken")]);
        }
        finally
        {
            (_busy, _sent) = (false, null);
        }
    }

    private void ShowSent(double share)
    {
        if (!_busy || share - _sent < 0.01) return;
        _sent = share;
        StateHasChanged();
    }

    private async Task CancelAsync(Batch batch)
    {
        var outcome = await Desk.CancelAsync(batch.Id, _actor!, Leaving);
        _failed = !outcome.Succeeded;
        _message = [_failed ? Words.Of(outcome.Problems) : Texts.T("batches.cancelled")];
        await ReadAsync();
    }

    private static string StateOf(Batch batch) => Texts.T($"BatchState.{batch.State}");

    private static string BasisOf(Batch batch) => string.Join(", ", batch.LegalBasis.Split(',').Select(code => Texts.TOr($"legalBasis.{code}", code)));

    private static string ResultsOf(Batch batch, string format) => $"{ApiRoutes.V1}/batches/{batch.Id}/results?format={format}";

    private static string Whole(double share) => Math.Round(Math.Clamp(share, 0, 1) * 100).ToString(CultureInfo.InvariantCulture);

    private static Tone ToneOf(Batch batch) => batch.State switch
    {
        BatchState.Completed => batch.Rejected > 0 ? Tone.Caution : Tone.Favourable,
        BatchState.Failed => Tone.Adverse,
        BatchState.Running => Tone.Accent,
        BatchState.Queued => Tone.Outline,
        _ => Tone.Neutral,
    };
}
