using System.Text;
using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>A bar as it lies.</summary>
public readonly record struct XyBar(double X, double Y, double Width, double Height, string Hint);

/// <summary>A point as it lies.</summary>
public readonly record struct XyDot(double X, double Y, string Hint);

/// <summary>A series as it lies.</summary>
/// <param name="Series">The series.</param>
/// <param name="Path">Path data of its line; empty without one.</param>
/// <param name="Whiskers">Path data of its intervals; empty without any.</param>
/// <param name="Dots">Its points; empty for lines.</param>
/// <param name="Bars">Its bars; empty for lines.</param>
public sealed record XyDrawn(XySeries Series, string Path, string Whiskers, IReadOnlyList<XyDot> Dots, IReadOnlyList<XyBar> Bars);

/// <summary>Where the series of a figure lie.</summary>
public sealed record XyGeometry
{
    private const double Top = 32, Foot = 42, Left = 54, Right = 24;

    /// <summary>Width of the drawing.</summary>
    public required double Width { get; init; }
    /// <summary>Height of the drawing.</summary>
    public required double Height { get; init; }
    /// <summary>Horizontal axis.</summary>
    public required ChartAxis X { get; init; }
    /// <summary>Vertical axis.</summary>
    public required ChartAxis Y { get; init; }
    /// <summary>Series.</summary>
    public required IReadOnlyList<XyDrawn> Series { get; init; }

    /// <summary>Left edge of the plot.</summary>
    public double PlotLeft => Left;
    /// <summary>Right edge of the plot.</summary>
    public double PlotRight => Width - Right;
    /// <summary>Upper edge of the plot.</summary>
    public double PlotTop => Top;
    /// <summary>Lower edge of the plot.</summary>
    public double Bottom => Height - Foot;

    /// <summary>Lays a figure out.</summary>
    public static XyGeometry Of(XyFigure figure, double width, double height)
    {
        var x = new ChartAxis(figure.X.Low, figure.X.High, Left, width - Right, width < 400 ? 3 : 5);
        var y = new ChartAxis(figure.Y.Low, figure.Y.High, height - Foot, Top, 4);
        var bars = figure.Series.Where(series => series.Kind == XyKind.Bars).ToList();
        return new XyGeometry
        {
            Width = width,
            Height = height,
            X = x,
            Y = y,
            Series = [.. figure.Series.Select(series => Draw(figure, series, x, y, bars.IndexOf(series), bars.Count))],
        };
    }

    private static XyDrawn Draw(XyFigure figure, XySeries series, ChartAxis x, ChartAxis y, int place, int of)
    {
        string Hint(XyPoint point) => string.Join(", ",
            new[] { series.Name, figure.X.Text(point.X, 3), figure.Y.Text(point.Y, 3), Interval(figure.Y, point), point.Hint }.OfType<string>().Where(text => text.Length > 0));

        return series.Kind switch
        {
            XyKind.Points => new XyDrawn(series, "", Whiskers(series.Points, x, y), [.. series.Points.Select(point => new XyDot(x.At(point.X), y.At(point.Y), Hint(point)))], []),
            XyKind.Bars => new XyDrawn(series, "", "", [], [.. Bars(series.Points, x, y, place, of).Select((bar, i) => bar with { Hint = Hint(series.Points[i]) })]),
            _ => new XyDrawn(series, Line(series.Points, x, y), Whiskers(series.Points, x, y), [], []),
        };
    }

    private static string? Interval(XyAxis axis, XyPoint point) => point is { Low: { } low, High: { } high } ? $"{axis.Text(low, 3)} \u2013 {axis.Text(high, 3)}" : null;

    private static string Whiskers(IReadOnlyList<XyPoint> points, ChartAxis x, ChartAxis y) =>
        string.Concat(points.Where(point => point is { Low: not null, High: not null }).Select(point => $"M{N(x.At(point.X))} {N(y.At(point.Low!.Value))}V{N(y.At(point.High!.Value))}"));

    // A point whose value is not a number leaves a gap.
    private static string Line(IReadOnlyList<XyPoint> points, ChartAxis x, ChartAxis y)
    {
        var path = new StringBuilder();
        var open = false;
        foreach (var point in points)
        {
            var known = double.IsFinite(point.X) && double.IsFinite(point.Y);
            if (known) path.Append(open ? 'L' : 'M').Append(N(x.At(point.X))).Append(' ').Append(N(y.At(point.Y)));
            open = known;
        }

        return path.ToString();
    }

    // Bars of one value share its room: as wide as the least distance of neighbours allows.
    private static IEnumerable<XyBar> Bars(IReadOnlyList<XyPoint> points, ChartAxis x, ChartAxis y, int place, int of)
    {
        var room = points.Count < 2 ? 40 : points.Zip(points.Skip(1)).Min(pair => Math.Abs(x.At(pair.Second.X) - x.At(pair.First.X)));
        var width = Math.Max(1, 0.8 * room / of);
        foreach (var point in points)
        {
            var (top, zero) = (y.At(point.Y), y.At(0));
            yield return new XyBar(x.At(point.X) - 0.4 * room + place * width, Math.Min(top, zero), Math.Max(0.5, width - 0.5), Math.Abs(zero - top), "");
        }
    }
}
