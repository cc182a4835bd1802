namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Where bars with intervals lie.</summary>
public sealed record IntervalGeometry
{
    private const double Top = 6, Foot = 40, Right = 58;

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

    /// <summary>Whether labels stand above their bars.</summary>
    public required bool Stacked { get; init; }

    /// <summary>Per bar: the bar, middle line, left edge, width, ends of the interval, place and anchor of its number.</summary>
    public required IReadOnlyList<(IntervalBar Bar, double Middle, double X, double Width, double Low, double High, double NumberX)> Rows { get; init; }

    /// <summary>Lays a figure out.</summary>
    /// <param name="figure">At least one bar.</param>
    /// <param name="width">Width of the drawing; below 400 labels stand above their bars.</param>
    public static IntervalGeometry Of(IntervalFigure figure, double width)
    {
        var stacked = width < 400;
        var (row, left) = stacked ? (38.0, 6.0) : (27.0, Math.Clamp(figure.Bars.Max(bar => Svg.TextWidth(bar.Label, 12)) + 16, 120, width * 0.4));
        var low = Math.Min(0, figure.Bars.Min(bar => Math.Min(bar.Low, bar.Value)));
        var high = Math.Max(0, figure.Bars.Max(bar => Math.Max(bar.High, bar.Value)));
        var axis = new ChartAxis(low, high, left, width - Right, stacked ? 3 : 6);
        var rows = figure.Bars.Select((bar, i) =>
        {
            var middle = Top + i * row + (stacked ? 27 : row / 2);
            var (zero, end) = (axis.At(0), axis.At(bar.Value));
            var right = Math.Max(Math.Max(zero, end), axis.At(bar.High));
            return (bar, middle, Math.Min(zero, end), Math.Abs(end - zero), axis.At(bar.Low), axis.At(bar.High), right + 7);
        }).ToList();
        var bottom = Top + figure.Bars.Count * row + 4;
        return new IntervalGeometry { Width = width, Height = bottom + Foot, Left = left, Bottom = bottom, Axis = axis, Stacked = stacked, Rows = rows };
    }
}
