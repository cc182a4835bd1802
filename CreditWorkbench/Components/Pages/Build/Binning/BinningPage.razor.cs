using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Binning;

/// <summary>Bins of one column of a data set: figures as training sees them, edges that are dragged, a journal of every edit.</summary>
public sealed partial class BinningPage
{
    private IReadOnlyDictionary<Guid, string> _people = new Dictionary<Guid, string>();
    private Actor? _actor;
    private DatasetVersion? _version;
    private IReadOnlyList<BinningColumn>? _columns;
    private BinningSheet? _sheet;
    private IReadOnlyList<DataColumn<BinFigures>> _table = [];
    private IReadOnlyList<Problem> _problems = [];
    private List<BinningState> _states = [];
    private int _at;
    private bool _busy;
    private string _said = "";
    private TextFile? _file;
    private (Guid, string?, string?)? _read;

    /// <summary>Data set of the address.</summary>
    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] private string? Column { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    private bool MayEdit => _actor?.May(Permission.BuildModels) == true;

    private string Title => _version is null ? Texts.T("nav.data") : Texts.T("binning.title", _version.Reference);

    private List<BinFigures> Regular => [.. _sheet!.Bins.Where(bin => bin.Kind == BinKind.Regular)];

    private DateOnly? FromDate => DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private ChartTwin Twin => new(
        [Texts.T("binning.bin"), Texts.T("binning.rows"), Texts.T("binning.rate"), Texts.T("binning.interval"), Texts.T("binning.woe"), Texts.T("binning.information")],
        [.. _sheet!.Bins.Select(bin => (IReadOnlyList<string>)[BinWords.Of(bin), Formats.Integer(bin.Rows), Rate(bin.Rate), Interval(bin), Formats.Number(bin.Woe, 3), Formats.Number(bin.Information, 4)])],
        $"{_version!.Reference}; {_sheet.Column}");

    private RenderFragment<BinFigures> ActionsCell => bin => builder =>
    {
        var index = Regular.IndexOf(bin);
        if (!MayEdit || index < 0) return;
        builder.OpenComponent<BinActions>(0);
        builder.AddComponentParameter(1, nameof(BinActions.Name), BinWords.Of(bin));
        builder.AddComponentParameter(2, nameof(BinActions.CanMerge), !_busy && index < Regular.Count - 1);
        builder.AddComponentParameter(3, nameof(BinActions.CanSplit), !_busy && BinEdges.Split(_sheet!, index) is not null);
        builder.AddComponentParameter(4, nameof(BinActions.OnMerge), EventCallback.Factory.Create(this, () => EditAsync("merged", BinEdges.Merged(_sheet!, index))));
        builder.AddComponentParameter(5, nameof(BinActions.OnSplit), EventCallback.Factory.Create(this, () => BinEdges.Split(_sheet!, index) is { } split ? EditAsync("split", split) : Task.CompletedTask));
        builder.CloseComponent();
    };

    /// <inheritdoc/>
    protected override void OnInitialized() => _table =
    [
        new("bin", Texts.T("binning.bin"), BinWords.Of) { PhoneOrder = 0 },
        new("rows", Texts.T("binning.rows"), bin => Formats.Integer(bin.Rows)) { Numeric = true, PhoneOrder = 2 },
        new("share", Texts.T("binning.share"), bin => Formats.Percent((double)bin.Rows / Math.Max(1, _sheet!.Bins.Sum(one => one.Rows)))) { Numeric = true, WideOnly = true },
        new("rate", Texts.T("binning.rate"), bin => Rate(bin.Rate)) { Numeric = true, PhoneOrder = 1 },
        new("interval", Texts.T("binning.interval"), Interval) { Numeric = true, WideOnly = true },
        new("woe", Texts.T("binning.woe"), bin => Formats.Number(bin.Woe, 3)) { Numeric = true, PhoneOrder = 3 },
        new("iv", Texts.T("binning.information"), bin => Formats.Number(bin.Information, 4)) { Numeric = true, WideOnly = true },
        new("later", Texts.T("binning.later"), bin => bin.LaterRows == 0 ? Formats.Unknown : Formats.Percent((double)bin.LaterBad / bin.LaterRows)) { Numeric = true, WideOnly = true },
        new("actions", Texts.T("binning.actions"), _ => "") { Cell = ActionsCell, HiddenTitle = true, NotExported = true, FullRow = true, PhoneOrder = 5 },
    ];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Id, Column, From)) return;
        var other = _read?.Item1 != Id;
        _read = (Id, Column, From);
        _actor ??= await ActorAsync();
        if (other && !await LoadAsync()) return;
        if (_columns is not { Count: > 0 } columns) return;
        var column = Column is { } asked && columns.Any(one => one.Name == asked) ? asked : columns[0].Name;
        var opened = await Task.Run(() => Desk.OpenAsync(Id, column, FromDate, _actor, Leaving), Leaving);
        if (!opened.TryGet(out var sheet, out _problems)) return;
        (_sheet, _states) = (sheet, [BinningState.Searched, .. sheet.Journal.Select(BinningDesk.StateOf)]);
        _at = _states.Count - 1;
        if (sheet.Journal.Any(entry => entry.By != _actor.Id)) _people = Names.Of(sheet.Journal.Select(entry => entry.By));
    }

    private async Task<bool> LoadAsync()
    {
        (_columns, _sheet) = (null, null);
        if (!(await Datasets.FindAsync(Id, _actor!, Leaving)).TryGet(out _version, out _problems)) return false;
        StateHasChanged();
        // Reading the rows takes seconds: beside the circuit, so that the page answers meanwhile.
        return (await Task.Run(() => Desk.ColumnsAsync(Id, _actor!, Leaving), Leaving)).TryGet(out _columns, out _problems);
    }

    private void ChooseColumn(string? column) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("column", column));

    private void ChooseFrom(string? day) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("from", string.IsNullOrEmpty(day) ? null : day));

    private Task MoveAsync((int Edge, float To) move) => BinEdges.Moved(_sheet!, move.Edge, move.To) is { } state ? EditAsync("moved", state) : Task.CompletedTask;

    private Task TrendAsync(string? name) => Enum.TryParse<BinTrend>(name, out var trend) ? EditAsync("trend", new BinningState(trend, null, null)) : Task.CompletedTask;

    private Task ResetAsync() => EditAsync("reset", BinningState.Searched);

    private async Task StepAsync(int step)
    {
        var to = Math.Clamp(_at + step, 0, _states.Count - 1);
        if (to == _at || !await KeepAsync(step < 0 ? "undone" : "redone", _states[to])) return;
        _at = to;
    }

    private async Task EditAsync(string kind, BinningState state)
    {
        if (!await KeepAsync(kind, state)) return;
        _states.RemoveRange(_at + 1, _states.Count - _at - 1);
        _states.Add(state);
        _at = _states.Count - 1;
    }

    // A search bound to a trend is kept as the edges that it found: that is what training takes.
    private async Task<bool> KeepAsync(string kind, BinningState state)
    {
        if (_busy || _sheet is null) return false;
        _busy = true;
        try
        {
            if (state is { IsEdited: false, Trend: not BinTrend.Automatic })
            {
                var tried = await Task.Run(() => Desk.TryAsync(Id, _sheet.Column, FromDate, state, _actor!, Leaving), Leaving);
                if (!tried.TryGet(out var found, out _problems)) return false;
                state = found.IsCategory ? state with { Groups = found.Groups } : state with { Edges = found.Edges };
            }

            var kept = await Task.Run(() => Desk.EditAsync(_sheet, kind, state, _actor!, Leaving), Leaving);
            if (!kept.TryGet(out var sheet, out _problems)) return false;
            _sheet = sheet;
            _said = $"{Texts.T("binning.saved", Texts.T("binning.kind." + kind))} {Sentence}";
            return true;
        }
        finally
        {
            _busy = false;
        }
    }

    private string Sentence
    {
        get
        {
            var rates = Regular.Where(bin => bin.Rows > 0).Select(bin => bin.Rate).DefaultIfEmpty(0).ToList();
            return Texts.T("binning.sentence", _sheet!.Column, Formats.Integer(Regular.Count), Formats.Number(_sheet.InformationValue, 3), Formats.Percent(rates.Min()), Formats.Percent(rates.Max()));
        }
    }

    private async Task ExportAsync()
    {
        if ((await Desk.ParametersAsync(Id, _actor!, Leaving)).TryGet(out var json, out _problems)) _file = new TextFile($"{_version!.Name}-{_version.Number}-bins.json", "application/json;charset=utf-8", json);
    }

    private bool IsEdited(BinningColumn column) => column.Name == _sheet?.Column ? _sheet.State.IsEdited : column.IsEdited;

    private static string StateText(BinningEntry entry)
    {
        var state = BinningDesk.StateOf(entry);
        return state.Edges is { } edges ? string.Join(" | ", edges.Select(BinWords.Number))
            : state.Groups is { } groups ? string.Join(" | ", groups.Select(group => string.Join(", ", group.Take(3))))
            : Texts.T("binning.trend." + state.Trend);
    }

    private static string Rate(double rate) => double.IsNaN(rate) ? Formats.Unknown : Formats.Percent(rate);

    private static string Interval(BinFigures bin) => double.IsNaN(bin.Low) ? Formats.Unknown : $"{Formats.Percent(bin.Low)} – {Formats.Percent(bin.High)}";
}
