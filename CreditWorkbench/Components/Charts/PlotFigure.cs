using System.Text.Json;
using System.Text.Json.Serialization;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>One series of a plotted figure. Colours are names of tokens (<c>--cw-c1</c>).</summary>
public sealed record PlotTrace
{
    /// <summary>scatter, bar, heatmap, box, histogram.</summary>
    public string Type { get; init; } = "scatter";

    /// <summary>lines, markers, lines+markers; null for bars.</summary>
    public string? Mode { get; init; }

    /// <summary>What the series is called.</summary>
    public string? Name { get; init; }

    /// <summary>Horizontal values: numbers, or texts of categories and times.</summary>
    public required IReadOnlyList<object> X { get; init; }

    /// <summary>Vertical values, same length; null leaves a gap.</summary>
    public required IReadOnlyList<double?> Y { get; init; }

    /// <summary>Colour and dash of the line; null without a line.</summary>
    public PlotLine? Line { get; init; }

    /// <summary>Colour and sign of the markers; null without markers.</summary>
    public PlotMarker? Marker { get; init; }

    /// <summary>What hovering says: the row of the table.</summary>
    [JsonPropertyName("hovertemplate")] public string? HoverTemplate { get; init; }

    /// <summary>Series that this one fills towards (tonexty); null for none.</summary>
    public string? Fill { get; init; }

    /// <summary>Colour of the fill.</summary>
    [JsonPropertyName("fillcolor")] public string? FillColor { get; init; }
}

/// <summary>Line of a series.</summary>
/// <param name="Color">Token.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Dash">solid, dash, dot.</param>
public sealed record PlotLine(string Color, double Width = 2, string Dash = "solid");

/// <summary>Markers of a series.</summary>
/// <param name="Color">Token.</param>
/// <param name="Size">Pixels.</param>
/// <param name="Symbol">circle, square, diamond, circle-open.</param>
public sealed record PlotMarker(string Color, double Size = 6, string Symbol = "circle");

/// <summary>One axis.</summary>
/// <param name="Title">What is measured, with the unit.</param>
/// <param name="TickFormat">d3 format: <c>,d</c>, <c>.0%</c>, <c>.1%</c>; null lets the values decide.</param>
/// <param name="FromZero">Whether the axis starts at zero (bars always do).</param>
public sealed record PlotAxis(string Title, string? TickFormat = null, bool FromZero = false);

/// <summary>A figure for plotly.js.</summary>
/// <param name="Traces">At most four series.</param>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis; its title stands above it.</param>
/// <param name="OverTime">Hover shows all series at one moment.</param>
/// <param name="Height">Pixels.</param>
public sealed record PlotFigure(IReadOnlyList<PlotTrace> Traces, PlotAxis X, PlotAxis Y, bool OverTime = false, int Height = 260)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The figure as plotly.js takes it, on the workbench's template.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { data = Traces, layout = PlotTemplate.Layout(this), config = PlotTemplate.Config }, Json);
}
