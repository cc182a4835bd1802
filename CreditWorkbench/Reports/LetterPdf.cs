using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Reports;

/// <summary>An issued letter as a document: A4, margins of 25 and 20 mm, 11 points, one column, no colour.</summary>
internal sealed class LetterPdf
{
    private const double Left = 70.9, Right = 56.7, Top = 70.9, Bottom = 70.9, Room = PdfDocument.Width - Left - Right, Size = 11, Leading = 15, Labels = 130, Inset = 10;
    private const string Ink = "0 0 0";
    private readonly PdfDocument _pdf = new();
    private double _y = PdfDocument.Height;

    /// <summary>Writes the letter; the same text gives the same bytes.</summary>
    /// <param name="text">The letter in one language.</param>
    /// <param name="foot">What stands at the foot of each page: its identity.</param>
    public static byte[] Write(LetterText text, string foot)
    {
        var letter = new LetterPdf();
        letter.Head(text);
        letter.Line(text.Date, after: Leading);
        letter.Lines(text.Subject, bold: true, after: 8);
        letter.Lines(text.Salutation, after: 8);
        letter.Lines(text.Decision, after: 10);
        letter.Heading(text.ReasonsTitle);
        foreach (var (reason, i) in text.Reasons.Select((reason, i) => (reason, i))) letter.Lines(reason, number: $"{i + 1}.", after: 3);
        letter.Heading(text.ScoreTitle);
        letter.Box(text.Facts);
        letter.Heading(text.RightsTitle);
        foreach (var right in text.Rights) letter.Lines(right, after: 6);
        letter.Sign(text.Signature);
        letter.Feet(foot);
        return letter._pdf.ToBytes(text.Subject);
    }

    private void Head(LetterText text)
    {
        Need(Leading);
        var top = _y;
        foreach (var (line, i) in text.Lender.Select((line, i) => (line, i)))
            foreach (var part in PdfLines.Wrap(line, Room / 2, Size - 1, i == 0))
            {
                _y += Leading - 1;
                _pdf.Text(Left + Room - PdfFont.Width(part, Size - 1, i == 0), _y, part, Size - 1, i == 0, Ink);
            }

        var lender = _y;
        _y = top + 2 * Leading;
        foreach (var line in text.Addressee) Line(line);
        _y = Math.Max(_y, lender) + 2 * Leading;
    }

    private void Heading(string text)
    {
        // A heading stays with two lines of what it heads.
        _y += 8;
        Need(4 * Leading);
        Line(text, bold: true, after: 3);
    }

    private void Box(IReadOnlyList<LetterFact> facts)
    {
        var rows = facts.Select(fact => (Label: PdfLines.Wrap(fact.Label, Labels - Inset, Size, false), Value: PdfLines.Wrap(fact.Value, Room - Labels - 2 * Inset, Size, false))).ToList();
        var height = rows.Sum(row => Math.Max(row.Label.Count, row.Value.Count)) * Leading + 2 * Inset - 4;
        Need(height);
        _y += 4;
        var (top, bottom) = (_y, _y + height);
        _pdf.Line([(Left, top), (Left + Room, top), (Left + Room, bottom), (Left, bottom), (Left, top)], Ink, 0.6);
        _y = top + Inset - 4;
        foreach (var (label, value) in rows)
        {
            for (var i = 0; i < Math.Max(label.Count, value.Count); i++)
            {
                _y += Leading;
                if (i < label.Count) _pdf.Text(Left + Inset, _y - 3, label[i], Size, colour: Ink);
                if (i < value.Count) _pdf.Text(Left + Labels + Inset, _y - 3, value[i], Size, colour: Ink);
            }
        }

        _y = bottom + 4;
    }

    private void Sign(IReadOnlyList<string> lines)
    {
        Need(lines.Count * Leading + 3 * Leading);
        _y += 3 * Leading;
        foreach (var line in lines) Line(line);
    }

    private void Lines(string text, bool bold = false, string? number = null, double after = 0)
    {
        var indent = number is null ? 0 : 18;
        foreach (var (line, i) in PdfLines.Wrap(text, Room - indent, Size, bold).Select((line, i) => (line, i)))
        {
            Need(Leading);
            if (i == 0 && number is not null) _pdf.Text(Left, _y + Leading - 3, number, Size, colour: Ink);
            _y += Leading;
            _pdf.Text(Left + indent, _y - 3, line, Size, bold, Ink);
        }

        _y += after;
    }

    private void Line(string text, bool bold = false, double after = 0) => Lines(text, bold, after: after);

    private void Need(double height)
    {
        if (_y + height <= PdfDocument.Height - Bottom) return;
        _pdf.NewPage();
        _y = Top;
    }

    private void Feet(string foot)
    {
        for (var page = 0; page < _pdf.Pages; page++)
        {
            var label = Texts.T("report.page", page + 1, _pdf.Pages);
            _pdf.Text(Left, PdfDocument.Height - 36, foot, 8, colour: Ink, page: page);
            _pdf.Text(Left + Room - PdfFont.Width(label, 8, false), PdfDocument.Height - 36, label, 8, colour: Ink, page: page);
        }
    }
}
