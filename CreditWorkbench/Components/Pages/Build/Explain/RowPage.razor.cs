using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Components.Pages.Decide;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Why one row of a study has its score; row, order and comparison stand in the address.</summary>
public sealed partial class RowPage
{
    private int _row;
    private RowCase? _case;
    private RowCase? _compared;
    private IReadOnlyList<Problem> _problems = [];
    private bool _inMargin;
    private bool _byFamily;
    private WaterfallFigure? _figure;
    private WaterfallFigure? _difference;
    private IntervalFigure? _margin;
    private ChartTwin? _twin;
    private ChartTwin? _marginTwin;
    private ChartTwin? _differenceTwin;
    private TableState _state = new(Sort: "points", Descending: true);
    private IReadOnlyList<int> _all = [];
    private IReadOnlyList<DataColumn<int>> _columns = [];

    /// <summary>One-based data row of the file.</summary>
    [SupplyParameterFromQuery] private long? Row { get; set; }

    /// <summary>Data row of the file that the row is compared with.</summary>
    [SupplyParameterFromQuery] private long? With { get; set; }

    /// <summary>Order of the list: file, low or high.</summary>
    [SupplyParameterFromQuery] private string? Order { get; set; }

    private string OrderNow => Order is "low" or "high" ? Order : "file";

    private string GlobalAddress => Navigation.GetUriWithQueryParameters("/explanations", new Dictionary<string, object?> { ["model"] = Model, ["data"] = Data, ["baseline"] = Baseline });

    private AttributionMethod OtherMethod => Method == AttributionMethod.Interventional ? AttributionMethod.PathDependent : AttributionMethod.Interventional;

    private string BaselineWords => Method == AttributionMethod.Interventional
        ? Texts.T("explain.against.rows", Formats.Integer(Study!.Release.Package.ExplanationBackground.Rows), Formats.Number(_case!.Bars.BasePoints))
        : Texts.T("explain.against.training", Formats.Number(_case!.Bars.BasePoints));

    private string RowOrigin => Texts.T("explain.rowOrigin", _case?.FileRow, Origin);

    private double PerMargin => Study!.Release.Scoring.PointsPerMargin(_case!.Bars.Attribution.Base, _case.Bars.Attribution.Margin);

    private string MarginWords => Texts.T("explain.marginSum", Formats.Number(_case!.Bars.Attribution.Base, 3), Formats.Signed(_case.Bars.Attribution.Contributions.Sum(), 3), Formats.Number(_case.Bars.Attribution.Margin, 3));

    /// <inheritdoc/>
    protected override Task OnStudyAsync()
    {
        var rows = Study!.Rows.FileRows;
        _row = Row is { } wanted && Array.BinarySearch(rows, wanted) is >= 0 and var found ? found : OrderNow == "file" ? 0 : RowPicker.At(Study, OrderNow, 0);
        _case = RowCase.Of(Study, _row).TryGet(out var opened, out _problems) ? opened : null;
        _compared = With is { } other && Array.BinarySearch(rows, other) is >= 0 and var second && second != _row && RowCase.Of(Study, second).TryGet(out var compared, out _) ? compared : null;
        _all = [.. Enumerable.Range(0, Study.Columns.Count)];
        Draw();
        return Task.CompletedTask;
    }

    private static string Pressed(bool pressed) => pressed ? "true" : "false";

    private void OpenRow(int row) => Go(("row", Study!.Rows.FileRows[row]));

    private void Group(bool byFamily)
    {
        _byFamily = byFamily;
        Draw();
    }

    private void ChooseOrder(string? order) => Go(("order", order));

    private void Compare(int row) => Go(("with", Study!.Rows.FileRows[row]));

    private void EndComparison() => Go(("with", null));

    private void Draw()
    {
        if (_case is not { } it || Terms is not { } terms) return;
        _figure = it.Figure(terms, _byFamily);
        _twin = CaseFigures.WaterfallTwin(_figure, RowOrigin);
        var contributions = it.Bars.Attribution.Contributions;
        var bars = _byFamily
            ? it.Families(terms).Select(family => (family.Name, Value: family.Margin))
            : contributions.Select((value, feature) => (Name: terms.Label(feature), Value: value));
        var ordered = bars.OrderByDescending(bar => Math.Abs(bar.Value)).ToList();
        _margin = new IntervalFigure(Texts.T("explain.marginAxis"), [.. ordered.Take(15).Select(bar => new IntervalBar(bar.Name, bar.Value, bar.Value, bar.Value))], Signed: true, Decimals: 3) { RisesAreAdverse = !Study!.Release.Scoring.Scale.IsOrdinal };
        _marginTwin = new ChartTwin([Texts.T("explanation.factor"), Texts.T("explain.marginAxis")], [.. ordered.Select(bar => (IReadOnlyList<string>)[bar.Name, Formats.Signed(bar.Value, 5)])], RowOrigin);
        if (_compared is { } other)
        {
            _difference = it.Against(other, terms);
            _differenceTwin = CaseFigures.WaterfallTwin(_difference, RowOrigin);
        }

        _columns = Columns(it, terms);
    }

    private IReadOnlyList<DataColumn<int>> Columns(RowCase it, StudyWords terms)
    {
        var (own, others) = (it.Bars.Points, it.Other?.Points);
        return
        [
            new("factor", Texts.T("explanation.factor"), terms.Label) { SortBy = terms.Label },
            new("value", Texts.T("explanation.value"), feature => terms.Value(feature, it.Vector[feature])) { Numeric = true, PhoneOrder = 2 },
            new("points", Texts.T("explanation.points"), feature => Formats.Signed(own[feature], 2)) { Numeric = true, SortBy = feature => Math.Abs(own[feature]), PhoneOrder = 1 },
            new("other", Texts.T("explain.otherPoints"), feature => others is null ? Formats.Unknown : Formats.Signed(others[feature], 2)) { Numeric = true, SortBy = feature => others is null ? 0 : Math.Abs(others[feature]), WideOnly = true },
            new("margin", Texts.T("explain.marginAxis"), feature => Formats.Signed(it.Bars.Attribution.Contributions[feature], 4)) { Numeric = true, WideOnly = true },
            new("family", Texts.T("explain.family"), terms.Family) { SortBy = terms.Family, WideOnly = true },
            new("average", Texts.T("explain.meanPoints"), feature => Formats.Number(Study!.Importance.First(each => each.Feature == feature).Size.Value)) { Numeric = true, WideOnly = true, SortBy = feature => Study!.Importance.First(each => each.Feature == feature).Size.Value },
        ];
    }
}
