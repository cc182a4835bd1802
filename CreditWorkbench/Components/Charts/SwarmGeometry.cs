using System.Text;
using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Where the marks of swarms lie: one path of round dots per row and shade, so that thousands of marks are a few elements.</summary>
public sealed record SwarmGeometry
{
    private const double Top = 6, Foot = 40, LaneHeight = 3.1;

    /// <summary>Width of the drawing.</summary>
    public required double Width { get; init; }

    /// <summary>Height of the drawing.</summary>
    public required double Height { get; init; }

    /// <summary>Left edge of the plot.</summary>
    public required double Left { get; init; }

    /// <summary>Lower edge of the plot.</summary>
    public required double Bottom { get; init; }

    /// <summary>The axis.</summary>
    public required ChartAxis Axis { get; init; }

    /// <summary>Whether labels stand above their swarms.</summary>
    public required bool Stacked { get; init; }

    /// <summary>Per row: label, middle line, path data per shade (empty where a shade has no mark).</summary>
    public required IReadOnlyList<(string Label, double Middle, IReadOnlyList<string> Shades)> Rows { get; init; }

    /// <summary>Lays a figure out.</summary>
    public static SwarmGeometry Of(SwarmFigure figure, double width)
    {
        var stacked = width < 400;
        var (row, left) = stacked ? (56.0, 8.0) : (40.0, Math.Min(width * 0.32, 250));
        var axis = new ChartAxis(figure.Low, figure.High, left, width - 12, stacked ? 4 : 7);
        var rows = figure.Rows.Select((each, i) =>
        {
            var middle = Top + i * row + (stacked ? 36 : row / 2);
            return (each.Label, middle, Paths(each.Dots, axis, middle));
        }).ToList();
        var bottom = Top + figure.Rows.Count * row + 4;
        return new SwarmGeometry { Width = width, Height = bottom + Foot, Left = left, Bottom = bottom, Axis = axis, Stacked = stacked, Rows = rows };
    }

    /// <summary>Path data of dots per shade: a dot is a line of no length with round ends.</summary>
    public static IReadOnlyList<string> DotPaths(IEnumerable<(double X, double Y, int Shade)> dots)
    {
        var paths = new StringBuilder[Shades.Count + 1];
        for (var shade = 0; shade < paths.Length; shade++) paths[shade] = new StringBuilder();
        foreach (var (x, y, shade) in dots) paths[shade].Append('M').Append(N1(x)).Append(' ').Append(N1(y)).Append("h0");
        return [.. paths.Select(path => path.ToString())];
    }

    // Lanes 0, 1, 2, 3, 4 stand at 0, +1, -1, +2, -2.
    private static IReadOnlyList<string> Paths(IReadOnlyList<SwarmDot> dots, ChartAxis axis, double middle) =>
        DotPaths(dots.Select(dot => (axis.At(dot.Value), middle + (dot.Lane % 2 == 1 ? 1 : -1) * ((dot.Lane + 1) / 2) * LaneHeight, dot.Shade)));

    private static string N1(double value) => N(Math.Round(value, 1));
}
