using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Where the bars of a waterfall lie.</summary>
public sealed record WaterfallGeometry
{
    private const double Top = 26, Tip = 6, NumberRoom = 50;

    /// <summary>Measures.</summary>
    public required WaterfallLayout Layout { get; init; }

    /// <summary>Height of the drawing.</summary>
    public required double Height { get; init; }

    /// <summary>Ticks of the score axis: score and place. The first one stands at the break.</summary>
    public required IReadOnlyList<(int Score, double X)> Ticks { get; init; }

    /// <summary>Place of the cut-off; null when there is none or it lies far outside.</summary>
    public required double? CutOff { get; init; }

    /// <summary>One bar per row, in the same order.</summary>
    public required IReadOnlyList<WaterfallBar> Bars { get; init; }

    /// <summary>Lays out rows.</summary>
    public static WaterfallGeometry Of(IReadOnlyList<WaterfallRow> rows, int? approveFrom, WaterfallLayout layout)
    {
        var (low, high) = Span(rows, approveFrom, out var cutShown);
        var step = NiceStep(high - low, 4);
        var numbers = NumberRoom * (high - low) / (layout.Width - layout.Right - layout.Left - NumberRoom); // left of the lowest bar stands its number
        var first = Math.Floor((low - Math.Max(step * 0.35, numbers)) / step) * step;
        var last = high + step * (layout.Stacked ? 0.3 : 0.45);
        var scale = (layout.Width - layout.Right - layout.Left) / (last - first);
        double X(double score) => layout.Left + (score - first) * scale;
        var ticks = new List<(int, double)>();
        for (var tick = first; tick <= last + 1e-9; tick += step)
            if (cutShown is null || Math.Abs(X(tick) - X(cutShown.Value)) > 46 || tick == first && X(cutShown.Value) - X(tick) > 30) ticks.Add(((int)tick, X(tick)));
        return new WaterfallGeometry
        {
            Layout = layout,
            Height = Top + rows.Count * layout.RowHeight + 4,
            Ticks = ticks,
            CutOff = cutShown is { } cut ? X(cut) : null,
            Bars = [.. rows.Select((row, i) => Bar(row, layout, X, Top + i * layout.RowHeight))],
        };
    }

    private static (double Low, double High) Span(IReadOnlyList<WaterfallRow> rows, int? approveFrom, out int? shown)
    {
        var totals = rows.Select(r => r.To).ToList();
        var (low, high) = (totals.Min(), totals.Max());
        var room = Math.Max(30, (high - low) * 0.8);
        shown = approveFrom is { } cut && cut >= low - room && cut <= high + room ? cut : null;
        return shown is null ? (low, Math.Max(high, low + 1)) : (Math.Min(low, shown.Value), Math.Max(Math.Max(high, shown.Value), low + 1));
    }

    private static WaterfallBar Bar(WaterfallRow row, WaterfallLayout layout, Func<double, double> x, double top)
    {
        var y = layout.Stacked ? top + layout.RowHeight - layout.BarHeight - 6 : top + (layout.RowHeight - layout.BarHeight) / 2;
        var whole = row.Part is WaterfallPart.Base or WaterfallPart.Score;
        var (from, to) = (whole ? layout.Left : x(row.From), x(row.To));
        var (bottom, middle) = (y + layout.BarHeight, y + layout.BarHeight / 2);
        var tip = Math.Min(Tip, Math.Abs(to - from)) * Math.Sign(to - from);
        var path = whole
            ? $"M{N(from)} {N(y)}H{N(to)}V{N(bottom)}H{N(from)}Z"
            : $"M{N(from)} {N(y)}H{N(to - tip)}L{N(to)} {N(middle)}L{N(to - tip)} {N(bottom)}H{N(from)}Z";
        var leftward = !whole && row.Points < 0 && row.Part == WaterfallPart.Lowers;
        return new WaterfallBar(row, path, y, middle, from, to, leftward ? to - 6 : Math.Max(from, to) + 7, leftward ? "end" : "start", row.Part != WaterfallPart.Score);
    }
}

/// <summary>The bar of one row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Path">Path data of the bar.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Middle">Middle line.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends: the running total.</param>
/// <param name="NumberX">Where its number stands.</param>
/// <param name="NumberAnchor">start or end.</param>
/// <param name="Linked">Whether a line leads from its end to the next row.</param>
public sealed record WaterfallBar(WaterfallRow Row, string Path, double Y, double Middle, double From, double To, double NumberX, string NumberAnchor, bool Linked);
