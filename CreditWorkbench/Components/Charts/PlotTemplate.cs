namespace CreditWorkbench.Web.Components.Charts;

/// <summary>How every plotted figure looks. Colours are names of tokens; the browser gives them the value of the theme at hand.</summary>
public static class PlotTemplate
{
    /// <summary>Colours of series in order.</summary>
    public static IReadOnlyList<string> Colorway { get; } = ["--cw-c1", "--cw-c2", "--cw-c3", "--cw-c4", "--cw-c5", "--cw-c6"];

    /// <summary>No tool bar, no logo, follows the width.</summary>
    public static object Config { get; } = new { displayModeBar = false, displaylogo = false, responsive = true };

    /// <summary>Layout of a figure.</summary>
    public static object Layout(PlotFigure figure) => new
    {
        paper_bgcolor = "rgba(0,0,0,0)",
        plot_bgcolor = "rgba(0,0,0,0)",
        font = new { family = "system-ui, sans-serif", size = 12, color = "--cw-ink-2" },
        colorway = Colorway,
        margin = new { t = 44, r = 12, b = 40, l = 16 },
        height = figure.Height,
        hovermode = figure.OverTime ? "x unified" : "closest",
        hoverlabel = new { bgcolor = "--cw-surface", bordercolor = "--cw-border", font = new { color = "--cw-ink" } },
        dragmode = false,
        showlegend = figure.Traces.Count > 1,
        legend = new { orientation = "h", x = 0, y = 1.18 },
        xaxis = Axis(figure.X, false),
        yaxis = Axis(figure.Y, true),
        annotations = new[] { new { text = figure.Y.Title, xref = "paper", yref = "paper", x = 0, y = 1.0, xanchor = "left", yanchor = "bottom", showarrow = false, yshift = 6 } },
    };

    private static object Axis(PlotAxis axis, bool values) => new
    {
        title = values ? null : new { text = axis.Title, standoff = 8 },
        tickformat = axis.TickFormat,
        rangemode = axis.FromZero ? "tozero" : "normal",
        automargin = true,
        fixedrange = true,
        zeroline = false,
        showgrid = values,
        gridcolor = "--cw-grid",
        linecolor = "--cw-axis",
        showline = !values,
        ticks = "",
    };
}
