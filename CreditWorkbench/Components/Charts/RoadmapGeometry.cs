using System.Text;
using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>A staircase of scores over months on a ground of bands.</summary>
public sealed record RoadmapGeometry
{
    private const double Top = 16, Foot = 40;

    /// <summary>Width of the drawing.</summary>
    public required double Width { get; init; }

    /// <summary>Height of the drawing.</summary>
    public required double Height { get; init; }

    /// <summary>Left edge of the plot.</summary>
    public required double Left { get; init; }

    /// <summary>Right edge of the plot.</summary>
    public required double Right { get; init; }

    /// <summary>Lower edge of the plot.</summary>
    public required double Bottom { get; init; }

    /// <summary>Bands within the plot, best first: band, upper edge, height.</summary>
    public required IReadOnlyList<(ScoreBand Band, double Y, double Height)> Bands { get; init; }

    /// <summary>Limits of bands within the plot: score and place.</summary>
    public required IReadOnlyList<(int Score, double Y)> Limits { get; init; }

    /// <summary>Months on the axis: month and place.</summary>
    public required IReadOnlyList<(int Month, double X)> Months { get; init; }

    /// <summary>Points of the staircase.</summary>
    public required string Stairs { get; init; }

    /// <summary>Where the score stands today.</summary>
    public required (double X, double Y) Now { get; init; }

    /// <summary>Where each step stands, and where its number is written.</summary>
    public required IReadOnlyList<(double X, double Y, double TextX, double TextY, string Anchor)> Steps { get; init; }

    /// <summary>Lays the figure out.</summary>
    /// <param name="figure">At least one step.</param>
    /// <param name="width">Width of the drawing.</param>
    /// <param name="labels">Room for the names of bands at the right; 0 leaves them out.</param>
    /// <param name="height">Height of the drawing.</param>
    /// <exception cref="ArgumentException">No step.</exception>
    public static RoadmapGeometry Of(RoadmapFigure figure, double width, double labels, double height)
    {
        if (figure.Steps.Count == 0) throw new ArgumentException("A roadmap without steps is not drawn.", nameof(figure));
        var scores = figure.Steps.Select(s => s.ScoreAfter).Append(figure.ScoreNow).ToList();
        var (low, high) = (Math.Floor(scores.Min() / 10.0) * 10 - 20, Math.Ceiling(Math.Max(scores.Max(), figure.Target) / 10.0) * 10 + 20);
        var (left, right, bottom) = (labels > 0 ? 44.0 : 36.0, width - Math.Max(labels, 14), height - Foot);
        var last = Math.Max(1, figure.Steps.Max(s => s.Month));
        double X(double month) => left + (right - left) * month / (last * 1.025);
        double Y(double score) => bottom - (score - low) * (bottom - Top) / (high - low);
        var bands = figure.Bands.Where(b => b.To >= low && b.From <= high).ToList();
        return new RoadmapGeometry
        {
            Width = width,
            Height = height,
            Left = left,
            Right = right,
            Bottom = bottom,
            Bands = [.. bands.Select(b => (b, Y(Math.Min(high, b.To + 1)), Y(Math.Max(low, b.From)) - Y(Math.Min(high, b.To + 1))))],
            Limits = [.. bands.Where(b => b.From > low).Select(b => (b.From, Y(b.From)))],
            Months = [.. MonthTicks(last).Select(m => (m, X(m)))],
            Stairs = Staircase(figure, X, Y, right),
            Now = (X(0), Y(figure.ScoreNow)),
            Steps = [.. figure.Steps.Select((step, i) => Place(figure, i, X(step.Month), Y(step.ScoreAfter), right))],
        };
    }

    private static (double, double, double, double, string) Place(RoadmapFigure figure, int i, double x, double y, double right)
    {
        var crowded = figure.Steps[i].Month == 0 && i == 0;
        var end = x > right - 50;
        return (x, y, end ? x - 14 : x + 14, crowded ? y + 19 : y - 7, end ? "end" : "start");
    }

    private static IEnumerable<int> MonthTicks(int last)
    {
        var step = last <= 6 ? 1 : last <= 18 ? 3 : last <= 36 ? 6 : 12;
        return Enumerable.Range(0, last / step + 1).Select(i => i * step);
    }

    private static string Staircase(RoadmapFigure figure, Func<double, double> x, Func<double, double> y, double right)
    {
        var points = new StringBuilder();
        var before = y(figure.ScoreNow);
        points.Append(N(x(0))).Append(',').Append(N(before));
        foreach (var step in figure.Steps)
        {
            var (at, after) = (N(x(step.Month)), y(step.ScoreAfter));
            points.Append(' ').Append(at).Append(',').Append(N(before)).Append(' ').Append(at).Append(',').Append(N(after));
            before = after;
        }
        return points.Append(' ').Append(N(right)).Append(',').Append(N(before)).ToString();
    }
}
