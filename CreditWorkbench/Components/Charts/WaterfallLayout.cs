namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Measures of a waterfall for one width of the page.</summary>
/// <param name="Class">Style class that shows it at that width.</param>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Left">Where the plot begins.</param>
/// <param name="Right">Room right of the plot.</param>
/// <param name="RowHeight">Height of a row.</param>
/// <param name="BarHeight">Height of a bar.</param>
/// <param name="Stacked">Labels stand above their bars instead of left of them.</param>
public sealed record WaterfallLayout(string Class, double Width, double Left, double Right, double RowHeight, double BarHeight, bool Stacked)
{
    /// <summary>Full card on a wide screen.</summary>
    public static WaterfallLayout Wide { get; } = new("only-wide", 730, 322, 52, 41, 20, false);

    /// <summary>Part of a card on a wide screen.</summary>
    public static WaterfallLayout Compact { get; } = new("only-wide", 480, 220, 34, 34, 16, false);

    /// <summary>Phone.</summary>
    public static WaterfallLayout Narrow { get; } = new("only-narrow", 324, 12, 46, 40, 14, true);
}
