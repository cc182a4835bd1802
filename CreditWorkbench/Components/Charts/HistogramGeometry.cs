namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Where the bars and marks of a histogram lie.</summary>
public sealed record HistogramGeometry
{
    private const double Foot = 40;

    /// <summary>Width of the drawing.</summary>
    public required double Width { get; init; }

    /// <summary>Height of the drawing.</summary>
    public required double Height { get; init; }

    /// <summary>Left edge of the plot.</summary>
    public required double Left { get; init; }

    /// <summary>Lower edge of the plot.</summary>
    public required double Bottom { get; init; }

    /// <summary>Counts on the axis: count and place.</summary>
    public required IReadOnlyList<(int Count, double Y)> Counts { get; init; }

    /// <summary>Scores on the axis: score, place, anchor.</summary>
    public required IReadOnlyList<(int Score, double X, string Anchor)> Scores { get; init; }

    /// <summary>One bar per bin: bin, colour, left edge, upper edge, width, height.</summary>
    public required IReadOnlyList<(HistogramBin Bin, char Tone, double X, double Y, double Width, double Height)> Bars { get; init; }

    /// <summary>Cut-offs and the marked score: place; null without.</summary>
    public required (double? Decline, double? Approve, double? Marked) Marks { get; init; }

    /// <summary>Lays the figure out.</summary>
    /// <exception cref="ArgumentException">No bin.</exception>
    public static HistogramGeometry Of(HistogramFigure figure, double width, double height)
    {
        if (figure.Bins.Count == 0) throw new ArgumentException("A histogram has bins.", nameof(figure));
        var (first, last) = (figure.Bins[0].From, figure.Bins[^1].To + 1);
        var (left, right, bottom) = (36.0, width - 4, height - Foot);
        var top = figure.Marked is null ? 40.0 : 60.0;
        var most = Math.Max(1, figure.Bins.Max(b => b.Count));
        var step = Math.Max(1, (int)Svg.NiceStep(most, 3));
        double X(double score) => left + (right - left) * (score - first) / (last - first);
        double Y(double count) => bottom - (bottom - top) * count / most;
        var scoreStep = width < 400 ? 200 : 100;
        return new HistogramGeometry
        {
            Width = width,
            Height = height,
            Left = left,
            Bottom = bottom,
            Counts = [.. Enumerable.Range(0, most / step + 1).Select(i => (i * step, Y(i * step)))],
            Scores = [.. Enumerable.Range(first / 100, last / 100 - first / 100 + 1).Select(i => i * 100).Where(s => s >= first && s <= last && (s - first) % scoreStep == 0)
                .Select(s => (s, X(s), s == first ? "start" : s >= last - 1 ? "end" : "middle"))],
            Bars = [.. figure.Bins.Select(b => (b, ToneOf(figure, b), X(b.From) + 0.6, Y(b.Count), Math.Max(1, X(b.To + 1) - X(b.From) - 1.2), bottom - Y(b.Count)))],
            Marks = (Place(figure.DeclineBelow), Place(figure.ApproveFrom), Place(figure.Marked)),
        };

        double? Place(int? score) => score is { } s && s >= first && s <= last ? X(s) : null;
    }

    private static char ToneOf(HistogramFigure figure, HistogramBin bin) => figure.Bands.FirstOrDefault(b => b.Holds(bin.From))?.Tone ?? 'c';
}
