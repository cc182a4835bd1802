using System.Globalization;

namespace CreditWorkbench.Web.Components;

/// <summary>Numbers as people type and paste them: "60,000,000", "Rp 60.000.000", "16,5 %".</summary>
public static class Typed
{
    // Beyond it nothing that is typed here is meant, and money cannot count it.
    private const decimal Most = 1_000_000_000_000_000m;

    /// <summary>Reads a number of the reader's culture, up to 10^15 either way; a currency, a per cent sign and spaces are ignored, and grouping of the other culture is understood where it is clear.</summary>
    public static bool TryDecimal(string? text, out decimal value)
    {
        var kept = new string([.. (text ?? "").Replace('\u2212', '-').Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-')]).Trim('.', ',');
        value = 0;
        if (kept.Length == 0) return false;
        var separators = kept.Where(c => c is '.' or ',').ToList();
        var decimals = DecimalSign(kept, separators);
        var plain = new string([.. kept.Select(c => c == decimals ? '.' : c).Where((c, i) => c is not (',' or '.') || kept[i] == decimals)]);
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= Most;
    }

    /// <summary>Reads a whole number; what stands behind the decimal sign is left out.</summary>
    public static bool TryWhole(string? text, out int value)
    {
        var isOne = TryDecimal(text, out var number) && number is >= int.MinValue and <= int.MaxValue;
        value = isOne ? (int)number : 0;
        return isOne;
    }

    /// <summary>An amount as it stands in a field: grouped, with cents where there are any, so that it reads back as what it is.</summary>
    public static string Amount(decimal value) => value.ToString("#,0.##", CultureInfo.CurrentCulture);

    /// <summary>Which sign is the decimal one: the last of two kinds; a single sign groups when it repeats or when three digits follow it, unless the culture says otherwise.</summary>
    private static char? DecimalSign(string kept, List<char> separators)
    {
        if (separators.Count == 0) return null;
        var last = separators[^1];
        if (separators.Distinct().Count() == 2) return last;
        if (separators.Count > 1) return null;
        var following = kept.Length - kept.LastIndexOf(last) - 1;
        return following == 3 && CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator[0] != last ? null : last;
    }
}
