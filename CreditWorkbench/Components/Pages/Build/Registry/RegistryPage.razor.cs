using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CreditWorkbench.Web.Components.Pages.Build.Registry;

/// <summary>Every model version with its stage and evidence, and which release decided when.</summary>
public sealed partial class RegistryPage
{
    private readonly List<string> _chosen = [];
    private Actor? _actor;
    private IReadOnlyList<ModelLine>? _lines;
    private IReadOnlyList<string> _scorecards = [];
    private IReadOnlyList<DataColumn<ModelLine>> _columns = [];
    private string? _message;
    private bool _failed;
    private bool _busy;

    /// <summary>Version that earlier addresses named here.</summary>
    [SupplyParameterFromQuery] private string? Model { get; set; }

    private string CompareAddress => $"/models/compare?a={Uri.EscapeDataString(_chosen[0])}&b={Uri.EscapeDataString(_chosen[1])}";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        if (Model is { } named && (await Desk.FindAsync(named, Leaving)).TryGet(out var model, out _))
        {
            Navigation.NavigateTo(RegistryWords.Address(model), replace: true);
            return;
        }

        _columns =
        [
            new("tick", Texts.T("registry.compare"), _ => "") { Cell = TickCell, HiddenTitle = true, NotExported = true, WideOnly = true },
            new("model", Texts.T("models.model"), line => line.Model.Reference) { SortBy = line => line.Model.Reference, Cell = LinkCell, NoWrap = true, PhoneOrder = 0 },
            new("scorecard", Texts.T("queue.scorecard"), line => line.Model.ScorecardId) { SortBy = line => line.Model.ScorecardId, Filter = ColumnFilterKind.Choice, PhoneOrder = 2 },
            new("family", Texts.T("models.family"), line => RegistryWords.Family(line.Model)) { SortBy = line => line.Model.Family, Filter = ColumnFilterKind.Choice, WideOnly = true },
            new("auc", Texts.T("models.auc"), line => line.Auc is { } auc ? Formats.Number(auc, 3) : Formats.Unknown) { Numeric = true, SortBy = line => line.Auc, WideOnly = true },
            new("stage", Texts.T("models.stage"), line => Words.Of(line.Model.Stage)) { SortBy = line => line.Model.Stage, Filter = ColumnFilterKind.Choice, Cell = StageCell, PhoneOrder = 1 },
            new("gates", Texts.T("registry.gates"), line => RegistryWords.Count(line.Gates)) { SortBy = line => line.Gates.Count(gate => gate.Holds), Cell = GatesCell, PhoneOrder = 3 },
            new("cutoffs", Texts.T("registry.cutoffs"), line => Cutoffs(line.Model)) { Numeric = true, SortBy = line => line.Model.ApproveFrom, WideOnly = true },
            new("release", Texts.T("models.release"), line => line.Model.ReleaseHash.Short) { NoWrap = true, WideOnly = true, HiddenAtFirst = true },
            new("created", Texts.T("models.created"), line => Formats.Time(line.Model.CreatedAt, Zone)) { SortBy = line => line.Model.CreatedAt, WideOnly = true, NoWrap = true },
        ];
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _lines = await Reader.ListAsync(Leaving);
        _scorecards = [.. _lines.Select(line => line.Model.ScorecardId).Distinct().Order(StringComparer.Ordinal)];
    }

    private void Tick(string reference)
    {
        if (!_chosen.Remove(reference) && _chosen.Count < 2) _chosen.Add(reference);
    }

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var outcome = await TakeAsync(chosen.File);
            _failed = !outcome.Succeeded;
            _message = _failed ? Words.Of(outcome.Problems) : Texts.T("registry.uploaded", outcome.Value.Reference);
            if (!_failed) await ReadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<Outcome<RegisteredModel>> TakeAsync(IBrowserFile file)
    {
        const long limit = (long)RegistryDesk.LargestUpload << 20;
        if (file.Size > limit) return RegistryProblems.TooLarge(RegistryDesk.LargestUpload);
        using var bytes = new MemoryStream();
        await using (var stream = file.OpenReadStream(limit, Leaving)) await stream.CopyToAsync(bytes, Leaving);
        return await Desk.UploadAsync(bytes.ToArray(), null, _actor!, Leaving);
    }

    private static string Cutoffs(RegisteredModel model) => model.ApproveFrom is { } approve && model.DeclineBelow is { } decline ? $"{Formats.Integer(decline)} / {Formats.Integer(approve)}" : Formats.Unknown;
}
