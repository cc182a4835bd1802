namespace CreditWorkbench.Web.Reports;

/// <summary>Breaks texts into lines of a width in points.</summary>
internal static class PdfLines
{
    /// <summary>The lines of a text; a word that is wider than a line is cut.</summary>
    public static List<string> Wrap(string text, double width, double size, bool bold)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, width, size, bold)))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && PdfFont.Width(longer, size, bold) > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        lines.Add(line);
        return lines;
    }

    // A hash is one long word.
    private static IEnumerable<string> Pieces(string word, double width, double size, bool bold)
    {
        while (word.Length > 1 && PdfFont.Width(word, size, bold) > width)
        {
            var taken = Math.Max(1, (int)(word.Length * width / PdfFont.Width(word, size, bold)) - 1);
            yield return word[..taken];
            word = word[taken..];
        }

        yield return word;
    }
}
