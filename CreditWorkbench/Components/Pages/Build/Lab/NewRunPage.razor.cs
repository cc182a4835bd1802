using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>Designs a run: rows, parts, candidates, tuning. What the design would deal is shown as one types.</summary>
public sealed partial class NewRunPage
{
    private static readonly string[] Balances = ["none", "weights", "smote"];
    private static readonly string[] BinParameters = ["edges", "groups"];
    private static readonly string[] Calibrations = ["auto", "platt", "isotonic", "beta", "none"];
    private LabDesign _design = new();
    private IReadOnlyList<LabSource>? _sources;
    private LabPreview? _preview;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<Problem> _unread = [];
    private bool _reading;
    private bool _busy;
    private bool _touched;
    private bool _previewed;
    private int _asked;

    /// <summary>Rows to begin with: <c>dataset:ID</c> or <c>scorecard:ID</c>.</summary>
    [SupplyParameterFromQuery] private string? Data { get; set; }

    /// <summary>A run whose design is taken over.</summary>
    [SupplyParameterFromQuery] private Guid? From { get; set; }

    /// <summary>A column that is left out from now on.</summary>
    [SupplyParameterFromQuery] private string? Exclude { get; set; }

    /// <summary>Bin edges of the points scorecard, as its parameter writes them.</summary>
    [SupplyParameterFromQuery] private string? Edges { get; set; }

    /// <summary>Groups of categories of the points scorecard, as its parameter writes them.</summary>
    [SupplyParameterFromQuery] private string? Groups { get; set; }

    [Inject] private BinningDesk Bins { get; set; } = null!;

    private LabSource? Chosen => _sources?.FirstOrDefault(IsChosen);

    private string DatesHint => _preview?.Dates is { } dates ? Texts.T("lab.dates", Formats.Date(dates.First), Formats.Date(dates.Last)) : Texts.T("lab.noDates");

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (!(await Desk.SourcesAsync(Reader!, Leaving)).TryGet(out var sources, out var problems))
        {
            (_sources, _problems) = ([], problems);
            return;
        }

        _sources = sources;
        if (From is { } id && (await Desk.FindAsync(id, Reader!, Leaving)).TryGet(out var view, out _)) _design = LabDesign.Of(view.Run.Request);
        else await TakeAsync(sources.FirstOrDefault(source => KeyOf(source.Data) == Data) ?? (sources.Count > 0 ? sources[0] : null));
        if (Exclude is { Length: > 0 } column && _design.Data is { } data) _design.Data = data with { Excluded = [.. data.Excluded.Union([column])] };
        if (Edges is { Length: > 0 }) _design.Parameters[("scorecard", "edges")] = Edges;
        if (Groups is { Length: > 0 }) _design.Parameters[("scorecard", "groups")] = Groups;
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender)
    {
        // The page stands first; the rows are looked at once it is known which.
        if (_previewed || _design.Data is null) return Task.CompletedTask;
        _previewed = true;
        return PreviewAsync();
    }

    private static string KeyOf(LabData data) => $"{(data.Kind == LabDataKind.Dataset ? "dataset" : "scorecard")}:{data.Key}";

    private static string? Text(ChangeEventArgs change) => change.Value?.ToString() is { Length: > 0 } text ? text : null;

    // The name of the field as the form writes it, for refusals of the desk.
    private static string? FieldName(string? field) => field is not null && Texts.Has("lab.field." + field) ? Texts.T("lab.field." + field) : field;

    private IEnumerable<LabSource> Of(LabDataKind kind) => _sources!.Where(source => source.Data.Kind == kind);

    private bool IsChosen(LabSource source) => _design.Data is { } data && KeyOf(data) == KeyOf(source.Data);

    private async Task TakeAsync(LabSource? source)
    {
        if (source is null) return;
        if (_design.Title.Length == 0 || _sources!.Any(other => _design.Title == other.Name)) _design.Title = source.Name;
        _design.Data = source.Data;
        _design.Rows = source.Data.Rows?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        _design.OutOfTimeFrom = null;
        await TakeBinsAsync(source.Data);
    }

    // Bins that an analyst set for these rows come along; they stand in their fields, where they can be changed.
    private async Task TakeBinsAsync(LabData data)
    {
        foreach (var name in BinParameters) _design.Parameters.Remove(("scorecard", name));
        if (data.Kind != LabDataKind.Dataset || !Guid.TryParse(data.Key, out var id)) return;
        if (!(await Bins.ParametersAsync(id, Reader!, Leaving)).TryGet(out var json, out _)) return;
        using var parameters = JsonDocument.Parse(json);
        var edits = parameters.RootElement.GetProperty("scorecard");
        foreach (var name in BinParameters)
            if (edits.TryGetProperty(name, out var value)) _design.Parameters[("scorecard", name)] = value.GetRawText();
    }

    private async Task ChooseSourceAsync(string? key)
    {
        await TakeAsync(_sources!.FirstOrDefault(source => KeyOf(source.Data) == key));
        await PreviewAsync();
    }

    private Task ChangeDataAsync(Func<LabData, LabData> change)
    {
        _design.Data = change(_design.Data!);
        return PreviewAsync();
    }

    private Task SplitAsync(bool eighty)
    {
        _design.IsEighty = eighty;
        return PreviewAsync();
    }

    // Only the answer to the last question is shown.
    private async Task PreviewAsync()
    {
        var asked = ++_asked;
        (_reading, _unread) = (true, []);
        if (!_design.ToRequest().TryGet(out var request, out var problems))
        {
            (_reading, _preview, _unread) = (false, null, problems);
            return;
        }

        StateHasChanged();
        var outcome = await Task.Run(() => Desk.PreviewAsync(request, Reader!, Leaving), Leaving);
        if (asked != _asked) return;
        _reading = false;
        if (outcome.TryGet(out var preview, out problems)) _preview = preview;
        else (_preview, _unread) = (null, problems);
        if (_preview is { IsOrdinal: true })
        {
            _design.Families.Clear();
            _design.Families.Add("forest");
        }

        StateHasChanged();
    }

    private async Task StartAsync()
    {
        if (_busy) return;
        _busy = true;
        var outcome = _design.ToRequest().TryGet(out var request, out var problems)
            ? await Task.Run(() => Desk.StartAsync(request, Reader!, Leaving), Leaving)
            : Outcome<LabRun>.Refused(problems);
        _busy = false;
        if (outcome.TryGet(out var run, out problems))
        {
            _touched = false;
            Navigation.NavigateTo($"/lab/runs/{run.Id}");
        }
        else _problems = problems;
    }
}
