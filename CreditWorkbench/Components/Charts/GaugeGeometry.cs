using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>The lines of a score gauge: half a circle from the lowest score (left) to the highest (right).</summary>
public sealed record GaugeGeometry
{
    private const double Ring = 13, IssuedRing = 20, Gap = 1.3, UncertaintyInside = 27;

    /// <summary>Width of the drawing.</summary>
    public required double Width { get; init; }

    /// <summary>Height of the drawing.</summary>
    public required double Height { get; init; }

    /// <summary>Centre of the half circle, and where the number stands.</summary>
    public required (double X, double Y) Centre { get; init; }

    /// <summary>One arc per band, worst first.</summary>
    public required IReadOnlyList<GaugeArc> Arcs { get; init; }

    /// <summary>Limits of the bands, outside the ring.</summary>
    public required IReadOnlyList<GaugeMark> Edges { get; init; }

    /// <summary>Path of the arc of model uncertainty; null without a range.</summary>
    public required string? Uncertainty { get; init; }

    /// <summary>Path of the pointer.</summary>
    public required string Pointer { get; init; }

    /// <summary>Draws the figure into a width.</summary>
    /// <exception cref="ArgumentException">The bands do not cover the scale, or the score lies outside it.</exception>
    public static GaugeGeometry Of(GaugeFigure figure, double width)
    {
        var bands = figure.Bands.OrderBy(b => b.From).ToList();
        if (bands.Count == 0 || bands[0].From != figure.Minimum || bands[^1].To != figure.Maximum)
            throw new ArgumentException("The bands cover the whole scale.", nameof(figure));
        if (figure.Issued < figure.Minimum || figure.Issued > figure.Maximum) throw new ArgumentException("The score lies on its scale.", nameof(figure));
        var dial = new Dial(figure.Minimum, figure.Maximum, width / 2, width / 2 - 36 + 31, width / 2 - 36);
        return new GaugeGeometry
        {
            Width = width,
            Height = dial.Y + 24,
            Centre = (dial.X, dial.Y),
            Arcs = [.. bands.Select((band, i) => Arc(dial, band, i + 1 < bands.Count ? bands[i + 1].From : figure.Maximum, figure.Issued))],
            Edges = [.. bands.Select(b => b.From).Append(figure.Maximum).Select(score => Edge(dial, score))],
            Uncertainty = figure is { Low: { } low, High: { } high } ? dial.Arc(Math.Max(low, figure.Minimum), Math.Min(high, figure.Maximum), dial.Radius - UncertaintyInside) : null,
            Pointer = PointerAt(dial, figure.Issued),
        };
    }

    /// <summary>Angle of a score in degrees from the right, counter-clockwise: 180 for the lowest, 0 for the highest.</summary>
    public static double Angle(double score, int minimum, int maximum) => 180 * (maximum - score) / (maximum - minimum);

    private static GaugeArc Arc(Dial dial, ScoreBand band, int end, int issued)
    {
        var gap = Gap / dial.Radius * 180 / Math.PI * (dial.Maximum - dial.Minimum) / 180;
        var from = band.From == dial.Minimum ? band.From : band.From + gap;
        var to = end == dial.Maximum ? end : end - gap;
        var middle = dial.At((band.From + end) / 2.0, dial.Radius);
        return new GaugeArc(dial.Arc(from, to, dial.Radius), band, band.Holds(issued) ? IssuedRing : Ring, new GaugeMark(band.Code, middle.X, middle.Y + 3.8, "middle"));
    }

    private static GaugeMark Edge(Dial dial, int score)
    {
        var text = Resources.Formats.Integer(score);
        if (score == dial.Minimum) return new GaugeMark(text, dial.X - dial.Radius, dial.Y + 17, "middle");
        if (score == dial.Maximum) return new GaugeMark(text, dial.X + dial.Radius, dial.Y + 17, "middle");
        var angle = Angle(score, dial.Minimum, dial.Maximum);
        var (x, y) = dial.At(score, dial.Radius + 16);
        return new GaugeMark(text, x, y + 4, angle > 100 ? "end" : angle < 80 ? "start" : "middle");
    }

    private static string PointerAt(Dial dial, int score)
    {
        var tip = dial.At(score, dial.Radius - 12);
        var foot = dial.At(score, dial.Radius - 24);
        var angle = Angle(score, dial.Minimum, dial.Maximum) * Math.PI / 180;
        var (dx, dy) = (4.4 * Math.Sin(angle), 4.4 * Math.Cos(angle));
        return $"M{N(tip.X)} {N(tip.Y)}L{N(foot.X - dx)} {N(foot.Y - dy)}L{N(foot.X + dx)} {N(foot.Y + dy)}Z";
    }

    private sealed record Dial(int Minimum, int Maximum, double X, double Y, double Radius)
    {
        public (double X, double Y) At(double score, double radius)
        {
            var angle = Angle(score, Minimum, Maximum) * Math.PI / 180;
            return (X + radius * Math.Cos(angle), Y - radius * Math.Sin(angle));
        }

        public string Arc(double from, double to, double radius)
        {
            var (start, end) = (At(from, radius), At(to, radius));
            return $"M{N(start.X)} {N(start.Y)}A{N(radius)} {N(radius)} 0 0 1 {N(end.X)} {N(end.Y)}";
        }
    }
}

/// <summary>The arc of one band.</summary>
/// <param name="Path">Path data.</param>
/// <param name="Band">The band.</param>
/// <param name="Thickness">Width of the stroke; wider for the band of the score.</param>
/// <param name="Letter">Where the code stands.</param>
public sealed record GaugeArc(string Path, ScoreBand Band, double Thickness, GaugeMark Letter);

/// <summary>A text at a place.</summary>
/// <param name="Text">The text.</param>
/// <param name="X">Horizontal place.</param>
/// <param name="Y">Baseline.</param>
/// <param name="Anchor">start, middle or end.</param>
public sealed record GaugeMark(string Text, double X, double Y, string Anchor);
