using System.Globalization;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Small geometry shared by the drawings.</summary>
public static class Svg
{
    /// <summary>A coordinate as it stands in markup: invariant, at most two decimals.</summary>
    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>About how wide a text is, in pixels: 0.53 of the type size per character, enough to keep labels apart.</summary>
    public static double TextWidth(string text, double size) => text.Length * size * 0.53;

    /// <summary>A text in at most two lines that fit a width; a longer one ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Lines(string text, double width, double size)
    {
        if (TextWidth(text, size) <= width) return [text];
        var words = text.Split(' ');
        var taken = 1;
        while (taken < words.Length && TextWidth(string.Join(' ', words[..(taken + 1)]), size) <= width) taken++;
        var rest = string.Join(' ', words[taken..]);
        var room = Math.Max(2, (int)(width / (size * 0.53)));
        return rest.Length == 0 ? [text] : [string.Join(' ', words[..taken]), rest.Length <= room ? rest : rest[..(room - 1)].TrimEnd() + "\u2026"];
    }

    /// <summary>A step of 1, 2 or 5 times a power of ten that cuts a span into about the given number of parts.</summary>
    public static double NiceStep(double span, int parts)
    {
        var raw = Math.Max(span, 1e-9) / parts;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
