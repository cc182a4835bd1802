using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build;

/// <summary>Model versions with their stage, lineage and figures; the chosen one stands in the address.</summary>
public sealed partial class ModelsPage
{
    private Actor? _actor;
    private IReadOnlyList<RegisteredModel>? _models;
    private IReadOnlyList<DataColumn<RegisteredModel>> _columns = [];
    private IReadOnlyList<StageChange> _history = [];
    private string _why = "";
    private string? _message;
    private bool _failed;
    private Guid _read;

    [SupplyParameterFromQuery] private string? Model { get; set; }

    private RegisteredModel? Chosen => _models?.FirstOrDefault(m => m.Reference == Model) ?? _models?.FirstOrDefault(m => m.Stage == ModelStage.Production) ?? (_models is { Count: > 0 } ? _models[0] : null);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("model", Texts.T("models.model"), m => m.Reference) { SortBy = m => m.Reference, Cell = LinkCell },
            new("scorecard", Texts.T("queue.scorecard"), m => m.ScorecardId) { SortBy = m => m.ScorecardId, WideOnly = true },
            new("family", Texts.T("models.family"), m => Texts.TOr("family." + m.Family, m.Family)) { SortBy = m => m.Family, WideOnly = true },
            new("auc", Texts.T("models.auc"), m => Figure(m, "cv", "auc", "mean") is { } auc ? Formats.Number(auc, 3) : Formats.Unknown) { Numeric = true, SortBy = m => Figure(m, "cv", "auc", "mean") },
            new("stage", Texts.T("models.stage"), m => Words.Of(m.Stage)) { SortBy = m => m.Stage },
            new("created", Texts.T("models.created"), m => Formats.Time(m.CreatedAt, Zone)) { SortBy = m => m.CreatedAt, WideOnly = true },
        ];
        _models = await Models.ListAsync(null, Leaving);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Chosen is not { } chosen || chosen.Id == _read) return;
        _read = chosen.Id;
        _history = await Models.HistoryAsync(chosen.Id, Leaving);
    }

    private async Task MoveAsync(RegisteredModel model, ModelStage stage)
    {
        var outcome = await Desk.ChangeStageAsync(model.Reference, stage, _why, _actor!, Leaving);
        _failed = !outcome.Succeeded;
        _message = _failed ? Words.Of(outcome.Problems) : Texts.T("models.moved", model.Reference, Words.Of(stage));
        if (_failed) return;
        _why = "";
        _models = await Models.ListAsync(null, Leaving);
        _history = await Models.HistoryAsync(model.Id, Leaving);
    }

    private static IReadOnlyList<ModelStage> Next(ModelStage stage) => stage switch
    {
        ModelStage.Dev => [ModelStage.Staging, ModelStage.Archived],
        ModelStage.Staging => [ModelStage.Production, ModelStage.Dev],
        ModelStage.Production => [ModelStage.Archived],
        _ => [ModelStage.Production],
    };

    private static Tone ToneOf(ModelStage stage) => stage switch
    {
        ModelStage.Production => Tone.Favourable,
        ModelStage.Staging => Tone.Caution,
        ModelStage.Archived => Tone.Neutral,
        _ => Tone.Outline,
    };

    private static IEnumerable<(string Name, string Value)> ReportFacts(RegisteredModel model)
    {
        if (Figure(model, "rows") is { } rows) yield return (Texts.T("models.rows"), Formats.Integer((long)rows));
        if (Figure(model, "cv", "auc", "mean") is { } auc)
            yield return (Texts.T("models.auc"), Figure(model, "cv", "auc", "sd") is { } sd ? $"{Formats.Number(auc, 3)} \u00B1 {Formats.Number(sd, 3)}" : Formats.Number(auc, 3));
        if (Figure(model, "test", "auc") is { } test)
            yield return (Texts.T("models.testAuc"), Figure(model, "test", "aucLow") is { } low && Figure(model, "test", "aucHigh") is { } high ? Texts.T("models.interval", Formats.Number(test, 3), Formats.Number(low, 3), Formats.Number(high, 3)) : Formats.Number(test, 3));
        if (Figure(model, "test", "ks") is { } ks) yield return (Texts.T("models.ks"), Formats.Number(ks, 3));
        if (Figure(model, "test", "brier") is { } brier) yield return (Texts.T("models.brier"), Formats.Number(brier, 4));
        if (Figure(model, "test", "eceAfter") is { } ece) yield return (Texts.T("models.ece"), Formats.Number(ece, 4));
    }

    private static double? Figure(RegisteredModel model, params string[] path)
    {
        using var report = JsonDocument.Parse(model.ReportJson.Length == 0 ? "{}" : model.ReportJson);
        var at = report.RootElement;
        foreach (var name in path)
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        return at.ValueKind == JsonValueKind.Number ? at.GetDouble() : null;
    }

    private static RenderFragment LinkCell(RegisteredModel model) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", "/models?model=" + Uri.EscapeDataString(model.Reference));
        builder.AddContent(2, model.Reference);
        builder.CloseElement();
    };
}
