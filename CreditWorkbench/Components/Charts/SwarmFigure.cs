namespace CreditWorkbench.Web.Components.Charts;

/// <summary>How dark a mark is: where its value lies among the values of its feature.</summary>
public static class Shades
{
    /// <summary>Number of shades from low to high.</summary>
    public const int Count = 4;

    /// <summary>Shade of values that are not known or have no order.</summary>
    public const int None = Count;

    /// <summary>The shade of a place from 0 to 1; <see cref="None"/> for NaN.</summary>
    public static int Of(double place) => double.IsNaN(place) ? None : Math.Clamp((int)(place * Count), 0, Count - 1);
}

/// <summary>One mark of a swarm.</summary>
/// <param name="Value">Where it stands on the axis.</param>
/// <param name="Lane">Place within its column of marks, 0 in the middle, then alternating outwards.</param>
/// <param name="Shade">How dark, as in <see cref="Shades"/>.</param>
public readonly record struct SwarmDot(double Value, int Lane, int Shade);

/// <summary>One row of a swarm chart.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Dots">Its marks.</param>
public sealed record SwarmRow(string Label, IReadOnlyList<SwarmDot> Dots);

/// <summary>Swarms of several rows on one axis.</summary>
/// <param name="Axis">What is measured, with its unit.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="Rows">Rows in the order in which they are read.</param>
public sealed record SwarmFigure(string Axis, double Low, double High, IReadOnlyList<SwarmRow> Rows);
