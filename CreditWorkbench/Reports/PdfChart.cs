using CreditWorkbench.Web.Components.Charts;

namespace CreditWorkbench.Web.Reports;

/// <summary>Draws a figure on a page of a document, from the same geometry as the drawing on the screen.</summary>
internal static class PdfChart
{
    private const string Ink = "0.37 0.42 0.47", Grid = "0.9 0.92 0.93", Axis = "0.51 0.56 0.6", Accent = "0.05 0.38 0.4";

    // The colour way of the light theme.
    private static readonly string[] Colours = ["0.08 0.38 0.62", "0.81 0.35 0.11", "0.14 0.58 0.58", "0.66 0.12 0.71", "0.26 0.24 0.09", "0.37 0.42 0.47"];

    /// <summary>Draws.</summary>
    /// <param name="pdf">The document.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="left">Left edge.</param>
    /// <param name="top">Upper edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    public static void Draw(PdfDocument pdf, XyFigure figure, double left, double top, double width, double height)
    {
        var g = XyGeometry.Of(figure, width, height - 12);
        (double X, double Y) At(double x, double y) => (left + g.X.At(x), top + g.Y.At(y));

        pdf.Text(left, top + 10, figure.Y.Title, 7, colour: Ink);
        foreach (var tick in g.Y.Ticks)
        {
            pdf.Line([(left + g.PlotLeft, top + g.Y.At(tick)), (left + g.PlotRight, top + g.Y.At(tick))], Grid, 0.5);
            var label = figure.Y.Text(tick, g.Y.Decimals);
            pdf.Text(left + g.PlotLeft - 4 - PdfFont.Width(label, 7, false), top + g.Y.At(tick) + 2.5, label, 7, colour: Ink);
        }

        foreach (var tick in g.X.Ticks)
        {
            var label = figure.X.Text(tick, g.X.Decimals);
            pdf.Text(left + g.X.At(tick) - PdfFont.Width(label, 7, false) / 2, top + g.Bottom + 11, label, 7, colour: Ink);
        }

        pdf.Line([(left + g.PlotLeft, top + g.Bottom), (left + g.PlotRight, top + g.Bottom)], Axis, 0.8);
        pdf.Text(left + (g.PlotLeft + g.PlotRight - PdfFont.Width(figure.X.Title, 7, false)) / 2, top + g.Bottom + 23, figure.X.Title, 7, colour: Ink);
        if (figure.Diagonal)
        {
            var (from, to) = (Math.Max(figure.X.Low, figure.Y.Low), Math.Min(figure.X.High, figure.Y.High));
            pdf.Line([At(from, from), At(to, to)], Axis, 0.6, "1 2");
        }

        foreach (var drawn in g.Series) Series(pdf, drawn, left, top, At);
        foreach (var mark in figure.Marks)
        {
            pdf.Line([(left + g.X.At(mark.X), top + g.PlotTop), (left + g.X.At(mark.X), top + g.Bottom)], mark.Strong ? Accent : Axis, mark.Strong ? 1.2 : 0.7, mark.Strong ? "" : "3 2");
            pdf.Text(left + g.X.At(mark.X) + 3, top + g.PlotTop + (mark.Strong ? 2 : 12), mark.Label, 7, mark.Strong, Accent);
        }

        Legend(pdf, figure, left, top + height - 2);
    }

    private static void Series(PdfDocument pdf, XyDrawn drawn, double left, double top, Func<double, double, (double, double)> at)
    {
        var colour = Colours[(drawn.Series.Colour - 1) % Colours.Length];
        foreach (var bar in drawn.Bars) pdf.Fill(left + bar.X, top + bar.Y, bar.Width, bar.Height, colour);
        foreach (var point in drawn.Series.Points)
            if (point is { Low: { } low, High: { } high }) pdf.Line([at(point.X, low), at(point.X, high)], colour, 0.8);
        foreach (var dot in drawn.Dots) pdf.Fill(left + dot.X - 1.8, top + dot.Y - 1.8, 3.6, 3.6, colour);
        if (drawn.Path.Length > 0) pdf.Line([.. drawn.Series.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(point => at(point.X, point.Y))], colour, 1.2, Dash(drawn.Series.Kind));
    }

    private static string Dash(XyKind kind) => kind switch
    {
        XyKind.Dashed => "4 2",
        XyKind.Dotted => "1 2",
        _ => "",
    };

    private static void Legend(PdfDocument pdf, XyFigure figure, double left, double top)
    {
        var x = left;
        foreach (var series in figure.Series)
        {
            pdf.Fill(x, top - 5, 7, 3, Colours[(series.Colour - 1) % Colours.Length]);
            pdf.Text(x + 10, top - 1, series.Name, 7, colour: Ink);
            x += 22 + PdfFont.Width(series.Name, 7, false);
        }
    }
}
