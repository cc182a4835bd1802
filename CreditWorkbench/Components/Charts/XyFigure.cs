using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>How a series is drawn.</summary>
public enum XyKind
{
    /// <summary>A line.</summary>
    Line,
    /// <summary>A dashed line.</summary>
    Dashed,
    /// <summary>A dotted line.</summary>
    Dotted,
    /// <summary>Points, with their intervals where they have any.</summary>
    Points,
    /// <summary>Bars from zero, beside those of other series.</summary>
    Bars,
}

/// <summary>How ticks and hints are written.</summary>
public enum XyUnit
{
    /// <summary>A number.</summary>
    Number,
    /// <summary>A share of 1 as per cent.</summary>
    Share,
}

/// <summary>A point with its interval.</summary>
/// <param name="X">Horizontal value.</param>
/// <param name="Y">Vertical value.</param>
/// <param name="Low">Lower limit; null without one.</param>
/// <param name="High">Upper limit; null without one.</param>
public readonly record struct XyPoint(double X, double Y, double? Low = null, double? High = null)
{
    /// <summary>What hovering says beside the values: number of rows, for one; null for nothing.</summary>
    public string? Hint { get; init; }
}

/// <summary>A series.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Colour">Place in the colour way, 1 to 6.</param>
/// <param name="Points">Points in the order of the line.</param>
public sealed record XySeries(string Name, XyKind Kind, int Colour, IReadOnlyList<XyPoint> Points);

/// <summary>A vertical line.</summary>
/// <param name="X">Where.</param>
/// <param name="Label">What it is; short.</param>
/// <param name="Strong">Whether it is the one that the page is about.</param>
public sealed record XyMark(double X, string Label, bool Strong = false);

/// <summary>One axis.</summary>
/// <param name="Title">What is measured, with its unit.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="Unit">How ticks are written.</param>
public sealed record XyAxis(string Title, double Low, double High, XyUnit Unit = XyUnit.Number)
{
    /// <summary>Shares from 0 to 1.</summary>
    public static XyAxis Whole(string title) => new(title, 0, 1, XyUnit.Share);

    /// <summary>A value as ticks and hints write it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="decimals">Decimals of the value itself: a share has two fewer as per cent.</param>
    public string Text(double value, int decimals) => Unit == XyUnit.Share ? Formats.Percent(value, Math.Max(0, decimals - 2)) : Compact.Number(value, decimals);
}

/// <summary>Series over one pair of axes.</summary>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis; its title stands above it.</param>
/// <param name="Series">Series; the first ones are the answer.</param>
public sealed record XyFigure(XyAxis X, XyAxis Y, IReadOnlyList<XySeries> Series)
{
    /// <summary>Vertical lines.</summary>
    public IReadOnlyList<XyMark> Marks { get; init; } = [];

    /// <summary>Whether a dotted line runs from corner to corner: what chance, or truth, would draw.</summary>
    public bool Diagonal { get; init; }

    /// <summary>A stretch of the horizontal axis that is shaded; null for none.</summary>
    public (double From, double To)? Shaded { get; init; }
}
