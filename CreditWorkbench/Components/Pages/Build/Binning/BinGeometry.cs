using System.Globalization;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;
using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Pages.Build.Binning;

/// <summary>One bar.</summary>
/// <param name="Bin">Its bin.</param>
/// <param name="X">Left side.</param>
/// <param name="Width">Width: share of the rows.</param>
/// <param name="Top">Height of the bad share.</param>
/// <param name="Whisker">Path of the interval.</param>
/// <param name="Later">Height of the out-of-time bad share; null without.</param>
/// <param name="Label">Short name.</param>
public sealed record BinBar(BinFigures Bin, double X, double Width, double Top, string Whisker, double? Later, string Label);

/// <summary>Where bars and edges of a column stand, in pixels of the drawing. The horizontal axis is rows: regular bins first, then missing and
/// codes behind a gap.</summary>
public sealed class BinGeometry
{
    /// <summary>Height of the drawing.</summary>
    public const double Height = 300;
    /// <summary>Where bars stand.</summary>
    public const double Base = 268;
    /// <summary>Where bars begin.</summary>
    public const double Left = 52;

    private const double Top = 12, Gap = 18, LeastWidth = 14;
    private readonly BinningSheet _sheet;
    private readonly double[] _ends;

    private BinGeometry(BinningSheet sheet, double width)
    {
        _sheet = sheet;
        var regular = sheet.Bins.Where(bin => bin.Kind == BinKind.Regular).ToList();
        var codes = sheet.Bins.Where(bin => bin.Kind != BinKind.Regular).ToList();
        double rows = Math.Max(1, sheet.Bins.Sum(bin => bin.Rows));
        var room = width - Left - (codes.Count > 0 ? Gap : 0);
        var codeWidths = codes.ConvertAll(bin => Math.Max(LeastWidth, bin.Rows / rows * room));
        (RegularFrom, RegularWidth) = (Left, Math.Max(room / 4, room - codeWidths.Sum()));
        double regularRows = Math.Max(1, regular.Sum(bin => bin.Rows));
        var high = Math.Max(0.01, sheet.Bins.Select(bin => double.IsNaN(bin.High) ? 0 : Math.Min(bin.High, 1.5 * (bin.Rate + 0.01))).Append(sheet.Bins.Max(bin => bin.LaterRows > 0 ? (double)bin.LaterBad / bin.LaterRows : 0)).Max());
        double Y(double share) => Base - Math.Clamp(share / high, 0, 1) * (Base - Top);
        var bars = new List<BinBar>();
        var x = RegularFrom;
        foreach (var bin in regular)
        {
            var wide = bin.Rows / regularRows * RegularWidth;
            bars.Add(Bar(bin, x, wide, Y));
            x += wide;
        }

        _ends = [.. bars.Select(bar => bar.X + bar.Width)];
        x = RegularFrom + RegularWidth + Gap;
        foreach (var (bin, wide) in codes.Zip(codeWidths))
        {
            bars.Add(Bar(bin, x, wide, Y));
            x += wide;
        }

        Bars = bars;
        var step = NiceStep(high, 4);
        Ticks = [.. Enumerable.Range(0, (int)(high / step) + 1).Select(i => (Y(i * step), Formats.Percent(i * step, step < 0.01 ? 1 : 0)))];
        LadderJson = $"[{string.Join(',', sheet.LadderShares.Select(share => share.ToString("0.#####", CultureInfo.InvariantCulture)))}]";
    }

    /// <summary>Left side of the regular bins.</summary>
    public double RegularFrom { get; }

    /// <summary>Width of the regular bins together.</summary>
    public double RegularWidth { get; }

    /// <summary>Bars in order.</summary>
    public IReadOnlyList<BinBar> Bars { get; }

    /// <summary>Heights and texts of the axis.</summary>
    public IReadOnlyList<(double Y, string Text)> Ticks { get; }

    /// <summary>Shares of the ladder for the browser.</summary>
    public string LadderJson { get; }

    /// <summary>The geometry of a column at a width.</summary>
    public static BinGeometry Of(BinningSheet sheet, double width) => new(sheet, width);

    /// <summary>Where an edge stands.</summary>
    public double XOf(int edge) => _ends[edge];

    /// <summary>Step of the ladder that is nearest to an edge.</summary>
    public int StepOf(float edge) => _sheet.Ladder.Count == 0 ? 0 : Math.Clamp(_sheet.Ladder.TakeWhile(value => value < edge).Count(), 0, _sheet.Ladder.Count - 1);

    private static BinBar Bar(BinFigures bin, double x, double width, Func<double, double> y)
    {
        // A hairline between neighbours; bins of few rows keep a pixel.
        var (left, wide) = (x + 1, Math.Max(1, width - 2));
        var (middle, cap) = (left + wide / 2, Math.Min(5, wide / 3));
        var whisker = double.IsNaN(bin.Low) ? "" : $"M{N(middle)} {N(y(bin.Low))}V{N(y(bin.High))}M{N(middle - cap)} {N(y(bin.Low))}h{N(2 * cap)}M{N(middle - cap)} {N(y(bin.High))}h{N(2 * cap)}";
        return new BinBar(bin, left, wide, bin.Rows == 0 ? Base : y(bin.Rate), whisker, bin.LaterRows == 0 ? null : y((double)bin.LaterBad / bin.LaterRows), Short(BinWords.Of(bin), wide));
    }

    private static string Short(string text, double width)
    {
        var room = Math.Max(2, (int)(width / 6.2));
        return text.Length <= room ? text : text[..(room - 1)] + "\u2026";
    }
}
