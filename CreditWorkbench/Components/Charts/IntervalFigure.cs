namespace CreditWorkbench.Web.Components.Charts;

/// <summary>One bar with what is uncertain about it.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Length of the bar, from zero.</param>
/// <param name="Low">Lower limit of the interval; equal to <paramref name="Value"/> without one.</param>
/// <param name="High">Upper limit of the interval.</param>
public sealed record IntervalBar(string Label, double Value, double Low, double High);

/// <summary>Bars with intervals on one axis.</summary>
/// <param name="Axis">What is measured, with its unit.</param>
/// <param name="Bars">Bars in the order in which they are read.</param>
/// <param name="Signed">Whether the side of zero means something: bars then have the colour of their side.</param>
/// <param name="Decimals">Decimals of the numbers.</param>
public sealed record IntervalFigure(string Axis, IReadOnlyList<IntervalBar> Bars, bool Signed, int Decimals = 1)
{
    /// <summary>Whether what rises is bad for the applicant: log-odds of bad, unlike points.</summary>
    public bool RisesAreAdverse { get; init; }
}
