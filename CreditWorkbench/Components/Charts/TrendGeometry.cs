using System.Text;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Where the lines of a trend lie.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Left">Begin of the plots.</param>
/// <param name="Right">End of the plots; names stand behind it.</param>
/// <param name="Steps">Middle of each step, and whether its name is written.</param>
/// <param name="Panels">Panels from the top.</param>
public sealed record TrendGeometry(double Width, double Height, double Left, double Right, IReadOnlyList<(double X, bool Named)> Steps, IReadOnlyList<TrendLine> Panels)
{
    private const double PanelHeight = 92;
    private const double Gap = 34;
    private const double Top = 12;
    private const double Bottom = 24;
    private const double TickRoom = 44;
    private const double LabelRoom = 38;

    /// <summary>Lays a figure out.</summary>
    public static TrendGeometry Of(TrendFigure figure, double width, double nameRoom)
    {
        var (left, right) = (TickRoom, width - nameRoom);
        var step = figure.Labels.Count < 2 ? 0 : (right - left - 8) / (figure.Labels.Count - 1);
        var every = step == 0 ? 1 : Math.Max(1, (int)Math.Ceiling(LabelRoom / step));
        var last = figure.Labels.Count - 1;
        var steps = figure.Labels.Select((_, i) => (left + 4 + i * step, (last - i) % every == 0)).ToList();
        var panels = figure.Panels.Select((panel, i) => TrendLine.Of(panel, [.. steps.Select(s => s.Item1)], Top + i * (PanelHeight + Gap), PanelHeight)).ToList();
        return new TrendGeometry(width, Top + panels.Count * (PanelHeight + Gap) - Gap + Bottom, left, right, steps, panels);
    }
}

/// <summary>One panel laid out.</summary>
/// <param name="Panel">What it shows.</param>
/// <param name="Bottom">Lower edge.</param>
/// <param name="Ticks">Values of the axis and where they lie.</param>
/// <param name="Path">The line; broken where a value is missing.</param>
/// <param name="Points">Where the values lie.</param>
public sealed record TrendLine(TrendPanel Panel, double Bottom, IReadOnlyList<(double Share, double Y)> Ticks, string Path, IReadOnlyList<(double X, double Y, double Share)> Points)
{
    /// <summary>Lays a panel out between two heights; the axis spans what is there, in round steps.</summary>
    public static TrendLine Of(TrendPanel panel, IReadOnlyList<double> at, double top, double tall)
    {
        var known = panel.Values.OfType<double>().ToList();
        var (low, high) = known.Count == 0 ? (0, 1) : (known.Min(), known.Max());
        var unit = Math.Pow(10, -2 - panel.Decimals);
        if (high - low < 2 * unit) (low, high) = (Math.Max(0, low - unit), high + unit);
        var step = Math.Max(unit, Svg.NiceStep(high - low, 2));
        var (first, end) = (Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step);
        double Y(double share) => top + (end - share) / (end - first) * tall;
        var ticks = new List<(double, double)>();
        for (var i = 0; first + i * step <= end + step / 2; i++) ticks.Add((first + i * step, Y(first + i * step)));
        var points = panel.Values.Select((value, i) => (Value: value, X: at[i])).Where(each => each.Value is not null).Select(each => (each.X, Y(each.Value!.Value), each.Value!.Value)).ToList();
        return new TrendLine(panel, top + tall, ticks, Line(panel.Values, at, Y), points);
    }

    private static string Line(IReadOnlyList<double?> values, IReadOnlyList<double> at, Func<double, double> y)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value) continue;
            path.Append(i > 0 && values[i - 1] is not null ? 'L' : 'M').Append(Svg.N(at[i])).Append(' ').Append(Svg.N(y(value)));
        }
        return path.ToString();
    }
}
