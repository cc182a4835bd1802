namespace CreditWorkbench.Web.Components.Charts;

/// <summary>How a curve is drawn.</summary>
public enum CurveKind
{
    /// <summary>The answer: thick, with a point at every value.</summary>
    Main,
    /// <summary>A second answer: dashed.</summary>
    Second,
    /// <summary>One of many: thin.</summary>
    Thin,
}

/// <summary>A curve over the values of the figure; null leaves a gap.</summary>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Name">What it is called; null for one of many.</param>
/// <param name="Values">One per value of the horizontal axis.</param>
public sealed record Curve(CurveKind Kind, string? Name, IReadOnlyList<double?> Values);

/// <summary>A mean with its interval over a range of values.</summary>
/// <param name="X">Middle of the range.</param>
/// <param name="Value">Mean.</param>
/// <param name="Low">Lower limit.</param>
/// <param name="High">Upper limit.</param>
public readonly record struct RangeMean(double X, double Value, double Low, double High);

/// <summary>What is drawn over the values of one feature: dots, means, curves.</summary>
/// <param name="XAxis">The feature, with its unit.</param>
/// <param name="YAxis">What is measured, with its unit; stands above the axis.</param>
/// <param name="X">Values of curves: numbers as shown; for categories 0, 1, 2 ...</param>
public sealed record CurveFigure(string XAxis, string YAxis, IReadOnlyList<double> X)
{
    /// <summary>Names of the values where they have no order (categories, codes); empty for numbers.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Curves over <see cref="X"/>.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>Dots: place, value, shade as in <see cref="Shades"/>.</summary>
    public IReadOnlyList<(double X, double Y, int Shade)> Dots { get; init; } = [];

    /// <summary>Means over ranges, rising.</summary>
    public IReadOnlyList<RangeMean> Means { get; init; } = [];

    /// <summary>Lowest and highest value of the horizontal axis; what lies beyond stands at its end.</summary>
    public required (double Low, double High) Range { get; init; }

    /// <summary>Whether nothing is there to be drawn.</summary>
    public bool IsEmpty => Curves.Count == 0 && Dots.Count == 0 && Means.Count == 0;
}
