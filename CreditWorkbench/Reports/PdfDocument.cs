using System.Globalization;
using System.Text;

namespace CreditWorkbench.Web.Reports;

/// <summary>Writes PDF 1.4 pages of texts, lines and areas. The same calls give the same bytes: no time, no random identity, no font file.</summary>
internal sealed class PdfDocument
{
    /// <summary>A4 in points.</summary>
    public const double Width = 595.28, Height = 841.89;

    private readonly List<StringBuilder> _pages = [];

    /// <summary>Pages so far.</summary>
    public int Pages => _pages.Count;

    private StringBuilder Page => _pages[^1];

    /// <summary>Begins a page.</summary>
    public void NewPage() => _pages.Add(new StringBuilder());

    /// <summary>A text with its baseline at a distance from the top.</summary>
    public void Text(double x, double top, string text, double size, bool bold = false, string colour = "0.09 0.13 0.17", int? page = null)
    {
        var on = page is { } number ? _pages[number] : Page;
        on.Append(CultureInfo.InvariantCulture, $"{colour} rg BT /{(bold ? "F2" : "F1")} {N(size)} Tf {N(x)} {N(Height - top)} Td {PdfFont.Hex(text)} Tj ET\n");
    }

    /// <summary>A line through points, measured from the top left.</summary>
    public void Line(IReadOnlyList<(double X, double Y)> points, string colour, double width, string dash = "")
    {
        if (points.Count < 2) return;
        Page.Append(CultureInfo.InvariantCulture, $"{colour} RG {N(width)} w [{dash}] 0 d ");
        for (var i = 0; i < points.Count; i++) Page.Append(CultureInfo.InvariantCulture, $"{N(points[i].X)} {N(Height - points[i].Y)} {(i == 0 ? "m" : "l")} ");
        Page.Append("S\n");
    }

    /// <summary>A filled area, measured from the top left.</summary>
    public void Fill(double x, double top, double width, double height, string colour) =>
        Page.Append(CultureInfo.InvariantCulture, $"{colour} rg {N(x)} {N(Height - top - height)} {N(width)} {N(height)} re f\n");

    /// <summary>The document.</summary>
    /// <param name="title">Title in its properties.</param>
    public byte[] ToBytes(string title)
    {
        var (objects, kids) = (new List<string>(), string.Join(' ', Enumerable.Range(0, Pages).Select(page => $"{6 + 2 * page} 0 R")));
        objects.Add("<< /Type /Catalog /Pages 2 0 R >>");
        objects.Add($"<< /Type /Pages /Kids [{kids}] /Count {Pages} >>");
        objects.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        objects.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        objects.Add($"<< /Title {PdfFont.Hex(title)} /Producer (CreditWorkbench) >>");
        foreach (var (number, page) in _pages.Index())
        {
            objects.Add(string.Create(CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {7 + 2 * number} 0 R >>"));
            objects.Add($"<< /Length {page.Length} >>\nstream\n{page}endstream");
        }

        return Assemble(objects);
    }

    private static byte[] Assemble(List<string> objects)
    {
        var (file, offsets) = (new StringBuilder("%PDF-1.4\n"), new List<int>());
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) file.Append(offset.ToString("D10", CultureInfo.InvariantCulture)).Append(" 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n");
        // Everything written is ASCII, so that characters and bytes count the same.
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
