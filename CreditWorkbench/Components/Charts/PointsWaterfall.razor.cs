using System.Globalization;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>How a score comes about, bar by bar; withheld with a reference when the bars do not end in the score.</summary>
public sealed partial class PointsWaterfall
{
    private IReadOnlyList<WaterfallRow> _rows = [];

    /// <summary>Name of the drawing for saving.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired] public WaterfallFigure Figure { get; set; } = null!;

    /// <summary>Where the failure is logged, should the sum fail.</summary>
    [Parameter, EditorRequired] public string Reference { get; set; } = "";

    /// <summary>Whether it stands in a part of a card.</summary>
    [Parameter] public bool Compact { get; set; }

    /// <summary>How many factors get a row of their own.</summary>
    [Parameter] public int Shown { get; set; } = 9;

    private WaterfallLayout[] Layouts => [Compact ? WaterfallLayout.Compact : WaterfallLayout.Wide, WaterfallLayout.Narrow];

    /// <inheritdoc/>
    protected override void OnParametersSet() => _rows = Figure.AddsUp ? WaterfallRow.Of(Figure, Shown, Words()) : [];

    /// <summary>The labels of sums in the current language.</summary>
    public static WaterfallWords Words() =>
        new(count => Texts.Count("chart.smaller", count), Texts.T("chart.rounding"), Texts.T("chart.clip"), Texts.T("chart.score"));

    private string Sentence
    {
        get
        {
            var factors = _rows.Where(r => r.Part is WaterfallPart.Raises or WaterfallPart.Lowers).ToList();
            var largest = factors.Take(3).Select(r => Texts.T(r.Points < 0 ? "chart.minus" : "chart.plus", r.Label, Formats.Number(Math.Abs(r.Points))));
            return string.Join(' ', Texts.T("chart.waterfall", Formats.Number(Figure.BasePoints)),
                Texts.T("chart.waterfallLargest", string.Join("; ", largest)),
                Texts.Count("chart.waterfallMore", Math.Max(0, Figure.Factors.Count - Math.Min(3, factors.Count))),
                Texts.T("chart.waterfallEnd", Figure.Issued));
        }
    }

    private string MarkClass(WaterfallRow row) => row.Part switch
    {
        WaterfallPart.Raises => "mark favourable",
        WaterfallPart.Lowers => "mark adverse",
        WaterfallPart.Score => "fill-" + Figure.IssuedTone,
        _ => "mark neutral",
    };

    private static string NumberClass(WaterfallRow row) => row.Part switch
    {
        WaterfallPart.Raises => "number favourable",
        WaterfallPart.Lowers => "number adverse",
        WaterfallPart.Minor => "number neutral",
        WaterfallPart.Score => "strong",
        _ => "number",
    };

    private static string Number(WaterfallRow row) => row.Part switch
    {
        WaterfallPart.Base => Formats.Number(row.To),
        WaterfallPart.Score => row.To.ToString("0", CultureInfo.InvariantCulture),
        _ => Formats.Signed(row.Points),
    };

    private static string Break(WaterfallBar bar, WaterfallLayout layout)
    {
        var (x, y, height) = (Svg.N(layout.Left + 9), Svg.N(bar.Y - 2), Svg.N(layout.BarHeight + 4));
        return $"M{x} {y}l-3 {height}M{Svg.N(layout.Left + 14)} {y}l-3 {height}";
    }
}
