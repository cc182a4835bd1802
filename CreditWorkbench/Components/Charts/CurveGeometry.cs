using System.Text;
using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Where dots, means and curves lie.</summary>
public sealed record CurveGeometry
{
    private const double Top = 30, Foot = 42, Left = 46;

    /// <summary>Width of the drawing.</summary>
    public required double Width { get; init; }

    /// <summary>Height of the drawing.</summary>
    public required double Height { get; init; }

    /// <summary>Lower edge of the plot.</summary>
    public required double Bottom { get; init; }

    /// <summary>Left edge of the plot.</summary>
    public double PlotLeft => Left;

    /// <summary>Horizontal axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>Vertical axis.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>Path data of dots per shade.</summary>
    public required IReadOnlyList<string> Dots { get; init; }

    /// <summary>Path data of the intervals of means; empty without.</summary>
    public required string Whiskers { get; init; }

    /// <summary>Path data of the line through means; empty without.</summary>
    public required string MeanLine { get; init; }

    /// <summary>Curves with their path data and the places of their points (main curves and values without order).</summary>
    public required IReadOnlyList<(Curve Curve, string Path, IReadOnlyList<(double X, double Y)> Points)> Curves { get; init; }

    /// <summary>Lays a figure out.</summary>
    public static CurveGeometry Of(CurveFigure figure, double width, double height)
    {
        var bottom = height - Foot;
        var values = figure.Curves.SelectMany(curve => curve.Values).OfType<double>()
            .Concat(figure.Dots.Select(dot => dot.Y)).Concat(figure.Means.SelectMany(mean => (double[])[mean.Low, mean.High])).ToList();
        var (low, high) = values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        var room = Math.Max(high - low, 1e-9) * 0.06;
        var names = figure.Names.Count > 0;
        var x = new ChartAxis(names ? -0.5 : figure.Range.Low, names ? figure.Names.Count - 0.5 : figure.Range.High, Left, width - 14, width < 400 ? 3 : 6);
        var y = new ChartAxis(low - room, high + room, bottom, Top, 5);
        return new CurveGeometry
        {
            Width = width,
            Height = height,
            Bottom = bottom,
            X = x,
            Y = y,
            Dots = SwarmGeometry.DotPaths(figure.Dots.Select(dot => (x.At(dot.X), y.At(dot.Y), dot.Shade))),
            Whiskers = string.Concat(figure.Means.Where(mean => mean.High > mean.Low).Select(mean => $"M{N(x.At(mean.X))} {N(y.At(mean.Low))}V{N(y.At(mean.High))}")),
            MeanLine = names ? "" : Line(figure.Means.Select(mean => ((double, double)?)(x.At(mean.X), y.At(mean.Value)))),
            Curves = [.. figure.Curves.Select(curve => (curve, names ? "" : Line(Places(figure, curve, x, y)), Points(figure, curve, x, y, names)))],
        };
    }

    private static IEnumerable<(double, double)?> Places(CurveFigure figure, Curve curve, ChartAxis x, ChartAxis y) =>
        curve.Values.Select((value, i) => value is { } known ? (x.At(figure.X[i]), y.At(known)) : ((double, double)?)null);

    private static IReadOnlyList<(double X, double Y)> Points(CurveFigure figure, Curve curve, ChartAxis x, ChartAxis y, bool names) =>
        names || curve.Kind == CurveKind.Main ? [.. Places(figure, curve, x, y).OfType<(double, double)>()] : [];

    private static string Line(IEnumerable<(double X, double Y)?> places)
    {
        var path = new StringBuilder();
        var open = false;
        foreach (var place in places)
        {
            if (place is { } at) path.Append(open ? 'L' : 'M').Append(N(at.X)).Append(' ').Append(N(at.Y));
            open = place is not null;
        }

        return path.ToString();
    }
}
