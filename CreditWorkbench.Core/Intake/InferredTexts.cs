using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Texts of an inferred dictionary, made from the names of columns.</summary>
internal static class InferredTexts
{
    private const int LongestLabel = 60;

    /// <summary>Languages of every inferred dictionary.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "id"];

    /// <summary>English and Indonesian.</summary>
    public static LocalizedText Both(string english, string indonesian) => new(new Dictionary<string, string> { ["en"] = english, ["id"] = indonesian });

    /// <summary>A column's name as words: <c>MSinceOldestTradeOpen</c> becomes <c>M since oldest trade open</c>.</summary>
    public static string Label(string column)
    {
        var words = new StringBuilder();
        for (var i = 0; i < column.Length; i++)
        {
            var letter = column[i];
            if (letter is '_' or '{' or '}' || char.IsWhiteSpace(letter))
            {
                if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
                continue;
            }

            var nextIsLower = i + 1 < column.Length && char.IsLower(column[i + 1]);
            var startsWord = char.IsUpper(letter) && i > 0 && (char.IsLower(column[i - 1]) || (char.IsUpper(column[i - 1]) && nextIsLower));
            if (startsWord && words[^1] != ' ') words.Append(' ');
            words.Append(startsWord && nextIsLower ? char.ToLowerInvariant(letter) : letter);
        }

        var label = words.ToString().Trim();
        if (label.Length == 0) return column;
        if (label.Length > LongestLabel) label = label[..(LongestLabel - 3)].TrimEnd() + "...";
        return char.ToUpperInvariant(label[0]) + label[1..];
    }

    /// <summary>An id of lower-case letters, digits and hyphens that starts with a letter.</summary>
    public static string Id(string name)
    {
        var id = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (letter is (>= 'a' and <= 'z') or (>= '0' and <= '9')) id.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && id.Length > 0 && id[^1] != '-') id.Append('-');
        }

        var text = id.ToString().Trim('-');
        if (text.Length == 0 || !char.IsAsciiLetterLower(text[0])) text = text.Length == 0 ? "own-data" : $"data-{text}";
        return text.Length <= 64 ? text : text[..64].TrimEnd('-');
    }

    /// <summary>The reason of a feature.</summary>
    public static ReasonDefinition Reason(string code, string label) => new(
        code,
        Both($"{label} is {{value}}; this lowers the score.", $"{label} bernilai {{value}}; ini menurunkan skor."),
        Both($"{label} is {{value}}; this raises the score.", $"{label} bernilai {{value}}; ini menaikkan skor."),
        Both($"Check that this value is right: {label}.", $"Periksa apakah nilai ini benar: {label}."),
        null);
}
