using System.Globalization;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads numbers as files and as people write them.</summary>
public static class NumberText
{
    private const int LongestNumber = 64;
    private static readonly string[] Currencies = ["US$", "Rp.", "Rp", "IDR", "USD", "EUR", "GBP", "SGD", "$", "€", "£"];

    /// <summary>Reads an invariant number: sign, digits, decimal point, exponent. Finite only.</summary>
    public static bool TryReadInvariant(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Reads an invariant number from UTF-8.</summary>
    public static bool TryReadInvariant(ReadOnlySpan<byte> utf8, out double number) =>
        double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Reads a number as typed on a form: currency signs and grouping are dropped, so <c>Rp 2.150.000</c>, <c>2,150,000</c>
    /// and <c>2.150.000,50</c> are read alike.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="culture">Decides where one separator before three digits (<c>2.150</c>) could mean both.</param>
    /// <param name="number">The number.</param>
    public static bool TryReadTyped(ReadOnlySpan<char> text, CultureInfo culture, out double number)
    {
        number = 0;
        text = WithoutCurrency(text.Trim());
        var negative = text.Length > 0 && text[0] is '-' or '\u2212';
        if (text.Length > 0 && text[0] is '-' or '\u2212' or '+') text = WithoutCurrency(text[1..].TrimStart());
        if (text.Length is 0 or > LongestNumber) return false;
        Span<char> plain = stackalloc char[LongestNumber];
        var separator = DecimalSeparator(text, culture);
        if (separator < -1 || !TryWritePlain(text, separator, plain, out var length)) return false;
        if (!TryReadInvariant(plain[..length], out number)) return false;
        number = negative ? -number : number;
        return true;
    }

    private static ReadOnlySpan<char> WithoutCurrency(ReadOnlySpan<char> text)
    {
        foreach (var currency in Currencies)
        {
            if (text.StartsWith(currency, StringComparison.OrdinalIgnoreCase)) return text[currency.Length..].TrimStart();
            if (text.EndsWith(currency, StringComparison.OrdinalIgnoreCase)) return text[..^currency.Length].TrimEnd();
        }

        return text;
    }

    /// <summary>Position of the decimal separator; -1 when there is none, -2 when the text cannot be a number.</summary>
    private static int DecimalSeparator(ReadOnlySpan<char> text, CultureInfo culture)
    {
        var (dot, comma) = (text.LastIndexOf('.'), text.LastIndexOf(','));
        if (dot < 0 && comma < 0) return -1;
        var last = Math.Max(dot, comma);
        var isOnlyOne = text.Count(text[last]) == 1;
        if (dot >= 0 && comma >= 0) return isOnlyOne ? last : -2;
        if (!isOnlyOne) return -1;
        var couldGroup = text.Length - last - 1 == 3 && last is >= 1 and <= 3 && text[0] != '0';
        return couldGroup && culture.NumberFormat.NumberDecimalSeparator != text.Slice(last, 1).ToString() ? -1 : last;
    }

    // Everything before the decimal separator is digits in groups of three, or without groups.
    private static bool TryWritePlain(ReadOnlySpan<char> text, int separator, Span<char> plain, out int length)
    {
        length = 0;
        var whole = separator < 0 ? text : text[..separator];
        var (sinceGroup, groups) = (0, 0);
        foreach (var unit in whole)
        {
            if (IsGroupSeparator(unit))
            {
                if (groups == 0 ? sinceGroup is 0 or > 3 : sinceGroup != 3) return false;
                (sinceGroup, groups) = (0, groups + 1);
                continue;
            }

            if (!char.IsAsciiDigit(unit)) return false;
            plain[length++] = unit;
            sinceGroup++;
        }

        if (groups > 0 && sinceGroup != 3) return false;
        if (separator < 0) return length > 0;
        plain[length++] = '.';
        foreach (var unit in text[(separator + 1)..])
        {
            if (!char.IsAsciiDigit(unit)) return false;
            plain[length++] = unit;
        }

        return length > 1;
    }

    private static bool IsGroupSeparator(char unit) => unit is '.' or ',' or '\'' or '\u2019' || char.IsWhiteSpace(unit);
}
