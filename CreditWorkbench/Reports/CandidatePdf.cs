using CreditWorkbench.Web.Components.Pages.Build.Lab;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Reports;

/// <summary>The report as a document: the sections of the page, laid out on A4.</summary>
internal sealed class CandidatePdf
{
    private const double Left = 46, Right = 46, Top = 50, Bottom = 54, Room = PdfDocument.Width - Left - Right, ChartHeight = 178;
    private const string Muted = "0.37 0.42 0.47", Rule = "0.87 0.89 0.91";
    private readonly PdfDocument _pdf = new();
    private double _y = PdfDocument.Height;

    /// <summary>Writes the report in the current language.</summary>
    public static byte[] Write(ReportSubject subject)
    {
        var (document, title) = (new CandidatePdf(), Texts.T("report.title", LabWords.Family(subject.Candidate.Family), subject.Title));
        document.Paragraph(title, 17, bold: true);
        document.Paragraph(Texts.T("report.about", subject.Training.Title, subject.Training.Lineage.Source, Formats.Integer(subject.Training.Rows), Formats.Integer(subject.Training.Bads), Formats.Percent((double)subject.Training.Bads / subject.Training.Rows)), 9.5);
        foreach (var section in ReportText.Of(subject)) document.Section(section);
        document.Paragraph(Texts.T("report.foot", subject.Training.Lineage.CodeVersion ?? Formats.Unknown, Formats.Utc(subject.Training.Lineage.At)), 8, colour: Muted);
        document.Number(title);
        return document._pdf.ToBytes(title);
    }

    private void Section(ReportSection section)
    {
        // A heading stays with what it heads.
        Need(section.Drawings.Count > 0 ? ChartHeight + 60 : 70);
        _y += 12;
        Paragraph(section.Title, 12.5, bold: true);
        _pdf.Line([(Left, _y - 2), (Left + Room, _y - 2)], Rule, 0.8);
        _y += 4;
        foreach (var text in section.Texts) Paragraph(text, 9.5);
        for (var i = 0; i < section.Drawings.Count; i += 2) Charts([.. section.Drawings.Skip(i).Take(2)]);
        foreach (var table in section.Tables) Table(table);
    }

    private void Charts(IReadOnlyList<ReportDrawing> pair)
    {
        Need(ChartHeight + 20);
        var width = (Room - 18) / 2;
        for (var i = 0; i < pair.Count; i++)
        {
            var left = Left + i * (width + 18);
            _pdf.Text(left, _y + 10, pair[i].Title, 9, bold: true);
            PdfChart.Draw(_pdf, pair[i].Drawn.Figure, left, _y + 14, width, ChartHeight);
        }

        _y += ChartHeight + 26;
    }

    private void Table(ReportTable table)
    {
        if (table.Rows.Count == 0) return;
        _y += 4;
        if (table.Title is { } title)
        {
            Need(50);
            Paragraph(title, 10, bold: true);
        }

        var widths = Widths(table);
        Row(table.Columns, widths, head: true);
        foreach (var row in table.Rows)
        {
            if (Row(row, widths, head: false)) continue;
            NewPage();
            Row(table.Columns, widths, head: true);
            Row(row, widths, head: false);
        }
    }

    // False when the row does not fit on what is left of the page.
    private bool Row(IReadOnlyList<string> cells, double[] widths, bool head)
    {
        var size = widths.Length > 8 ? 6.6 : 8;
        var lines = cells.Select((cell, column) => PdfLines.Wrap(cell, widths[column] - 5, size, head)).ToList();
        var height = lines.Max(cell => cell.Count) * (size + 2.2) + 3;
        if (_y + height > PdfDocument.Height - Bottom && _y > Top + height) return false;
        var x = Left;
        for (var column = 0; column < lines.Count; column++)
        {
            for (var line = 0; line < lines[column].Count; line++) _pdf.Text(x, _y + size + line * (size + 2.2), lines[column][line], size, head, head ? Muted : "0.09 0.13 0.17");
            x += widths[column];
        }

        _y += height;
        _pdf.Line([(Left, _y - 1), (Left + Room, _y - 1)], Rule, 0.4);
        return true;
    }

    // Columns share the width by their longest words, within bounds.
    private static double[] Widths(ReportTable table)
    {
        var wanted = table.Columns.Select((column, i) => Math.Clamp(table.Rows.Select(row => row[i]).Append(column).Max(text => PdfFont.Width(text, 8, false)) + 6, 24, 260)).ToArray();
        var sum = wanted.Sum();
        return [.. wanted.Select(one => one * Room / sum)];
    }

    private void Paragraph(string text, double size, bool bold = false, string colour = "0.09 0.13 0.17")
    {
        foreach (var line in PdfLines.Wrap(text, Room, size, bold))
        {
            Need(size + 4);
            _y += size + 3.4;
            _pdf.Text(Left, _y - 3, line, size, bold, colour);
        }
    }

    private void Need(double height)
    {
        if (_y + height > PdfDocument.Height - Bottom) NewPage();
    }

    private void NewPage()
    {
        _pdf.NewPage();
        _y = Top;
    }

    private void Number(string title)
    {
        for (var page = 0; page < _pdf.Pages; page++)
        {
            var label = Texts.T("report.page", page + 1, _pdf.Pages);
            _pdf.Text(Left, PdfDocument.Height - 28, title, 7, colour: Muted, page: page);
            _pdf.Text(Left + Room - PdfFont.Width(label, 7, false), PdfDocument.Height - 28, label, 7, colour: Muted, page: page);
        }
    }
}
