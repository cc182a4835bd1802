using static CreditWorkbench.Web.Components.Charts.Svg;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Bars left and right of a zero line on a field 100 wide; all bars of a list share one scale.</summary>
/// <param name="Zero">Where zero stands.</param>
/// <param name="PerPoint">Width of one point.</param>
public sealed record FactorBarGeometry(double Zero, double PerPoint)
{
    /// <summary>The scale of a list; zero keeps at least a quarter of the field on both sides.</summary>
    public static FactorBarGeometry Of(IEnumerable<double> points)
    {
        var all = points.ToList();
        var (down, up) = (Math.Max(0.001, -all.Append(0).Min()), Math.Max(0.001, all.Append(0).Max()));
        var zero = Math.Clamp(100 * down / (down + up), 25, 75);
        return new FactorBarGeometry(zero, Math.Min((zero - 1) / down, (99 - zero) / up));
    }

    /// <summary>Path of a bar whose tip points to its side.</summary>
    /// <param name="points">Points of the bar.</param>
    /// <param name="height">Height of the field.</param>
    public string Bar(double points, double height = 14)
    {
        var end = Zero + points * PerPoint;
        var tip = Math.Min(4, Math.Abs(end - Zero)) * Math.Sign(points);
        return $"M{N(Zero)} 2H{N(end - tip)}L{N(end)} {N(height / 2)}L{N(end - tip)} {N(height - 2)}H{N(Zero)}Z";
    }
}
