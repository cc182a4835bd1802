using System.Text;

namespace CreditWorkbench.Web.Reports;

/// <summary>Helvetica, which every reader of PDF has: widths of its characters, and texts in its encoding (Windows-1252).</summary>
/// <remarks>Widths: Adobe's font metrics of Helvetica, in thousandths of the size. Bold letters are a little wider; what is laid out by them is left
/// aligned or has room.</remarks>
internal static class PdfFont
{
    private const int First = 32;
    private const double BoldFactor = 1.07;

    private static readonly short[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>Width of a text in points.</summary>
    public static double Width(string text, double size, bool bold)
    {
        var sum = 0;
        foreach (var character in text) sum += character - First is >= 0 and var place && place < Widths.Length ? Widths[place] : 556;
        return sum * size / 1000 * (bold ? BoldFactor : 1);
    }

    /// <summary>A text as the content of a page writes it: hexadecimal digits, so that nothing in it can end it.</summary>
    public static string Hex(string text)
    {
        var hex = new StringBuilder("<", 2 * text.Length + 2);
        foreach (var rune in Known(text).EnumerateRunes()) hex.Append(Code(rune.Value).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        return hex.Append('>').ToString();
    }

    // A letter whose mark Windows-1252 lacks is written without it: a name reads "Jiri" rather than with a question mark.
    private static string Known(string text)
    {
        if (text.EnumerateRunes().All(rune => Code(rune.Value) != '?')) return text;
        var known = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            known.Append(Code(rune.Value) != '?' ? rune.ToString() : rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes().First().ToString());
        return known.ToString();
    }

    // What Windows-1252 lacks becomes a question mark; the page and the data carry it in full.
    private static int Code(int character) => character switch
    {
        0x2212 or 0x2013 => 0x96,
        0x2014 => 0x97,
        0x2018 => 0x91,
        0x2019 => 0x92,
        0x201C => 0x93,
        0x201D => 0x94,
        0x2022 => 0x95,
        0x2026 => 0x85,
        0x20AC => 0x80,
        0x2192 => 0xBB,
        >= 0x20 and < 0x7F or >= 0xA0 and <= 0xFF => character,
        _ => '?',
    };
}
