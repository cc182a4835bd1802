using System.Globalization;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Words and number formats of the languages that values are written in. A language without words of its own takes the
/// English ones with its own separators.</summary>
internal static class UnitWords
{
    private static readonly Dictionary<string, (string One, string Many, string Indonesian)> _words = new()
    {
        ["months"] = ("month", "months", "bulan"),
        ["years"] = ("year", "years", "tahun"),
        ["days"] = ("day", "days", "hari"),
        ["points"] = ("point", "points", "poin"),
        ["count"] = ("", "", ""),
        ["score"] = ("", "", ""),
    };

    private static readonly NumberFormatInfo _english = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    private static readonly NumberFormatInfo _indonesian = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    public static string Of(string unit, double value, string language)
    {
        if (!_words.TryGetValue(unit, out var word)) return unit;
        if (language == "id") return word.Indonesian;
        return Math.Abs(value) == 1 ? word.One : word.Many;
    }

    /// <summary>Whether a word of a sentence names a unit.</summary>
    public static bool Names(string unit, ReadOnlySpan<char> word) =>
        word.Length > 0 && _words.TryGetValue(unit, out var known)
        && (word.Equals(known.One, StringComparison.OrdinalIgnoreCase) || word.Equals(known.Many, StringComparison.OrdinalIgnoreCase)
            || word.Equals(known.Indonesian, StringComparison.OrdinalIgnoreCase));

    public static string NotKnown(string language) => language == "id" ? "tidak diketahui" : "not known";

    public static string YesNo(bool yes, string language) => (yes, language) switch
    {
        (true, "id") => "ya",
        (false, "id") => "tidak",
        (true, _) => "yes",
        _ => "no",
    };

    /// <summary>ISO 4217 codes are units in three capitals.</summary>
    public static bool IsCurrency(string unit) => unit.Length == 3 && unit.All(char.IsAsciiLetterUpper);

    /// <summary>An amount with its currency: Indonesian writes <c>Rp2.150.000</c>, English <c>Rp 2,150,000</c>.</summary>
    public static string Money(string number, string currency, string language)
    {
        var sign = number.StartsWith('−') ? "−" : "";
        var amount = number[sign.Length..];
        if (currency != "IDR") return $"{sign}{currency} {amount}";
        return language == "id" ? $"{sign}Rp{amount}" : $"{sign}Rp {amount}";
    }

    public static NumberFormatInfo NumberFormat(string language) => language switch
    {
        "en" => _english,
        "id" => _indonesian,
        _ => CultureInfo.GetCultureInfo(language).NumberFormat,
    };
}
