using System.Globalization;

namespace CreditWorkbench.Web.Resources;

/// <summary>How numbers, money and times look on screens, by the current culture: true minus, non-breaking space before the per cent sign and after the currency.</summary>
public static class Formats
{
    private const char Minus = '\u2212';
    private const char Space = '\u00A0';

    private static CultureInfo Culture => CultureInfo.CurrentCulture;

    /// <summary>What stands where a value is not known.</summary>
    public static string Unknown => "\u2013";

    /// <summary><c>1,284</c> or <c>1.284</c>.</summary>
    public static string Integer(long value) => Signless(value.ToString("N0", Culture));

    /// <summary>A number with a fixed count of decimals.</summary>
    public static string Number(double value, int decimals = 1) => Signless(value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture));

    /// <summary>A number with as many decimals as it needs, at most the given count.</summary>
    public static string Plain(double value, int atMost = 3) =>
        Signless(value.ToString("#,##0." + new string('#', atMost), Culture));

    /// <summary>A share of 1 as per cent: <c>5.9 %</c>.</summary>
    public static string Percent(double share, int decimals = 1) => $"{Number(share * 100, decimals)}{Space}%";

    /// <summary>A probability of default: one decimal below 10 %, none above.</summary>
    public static string Risk(double probability) => Percent(probability, probability < 0.1 ? 1 : 0);

    /// <summary>Points with their sign: <c>+24.6</c>, <c>−38.4</c>, <c>0.0</c>.</summary>
    public static string Signed(double points, int decimals = 1)
    {
        var rounded = Math.Round(points, decimals, MidpointRounding.AwayFromZero);
        var digits = Math.Abs(rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture);
        return rounded > 0 ? "+" + digits : rounded < 0 ? Minus + digits : digits;
    }

    /// <summary>Money in full: <c>Rp 60,000,000</c> in English, <c>Rp60.000.000</c> in Indonesian.</summary>
    public static string Money(decimal amount, string currency = "IDR") => Symbol(currency) + Gap + Signless(amount.ToString("N0", Culture));

    /// <summary>Money shortened: <c>Rp 60 m</c>, <c>Rp 1.92 bn</c>; in Indonesian <c>Rp60 jt</c>, <c>Rp1,92 M</c>.</summary>
    public static string ShortMoney(decimal amount, string currency = "IDR")
    {
        var (divisor, key) = Math.Abs(amount) switch
        {
            >= 1_000_000_000 => (1_000_000_000m, "format.billion"),
            >= 1_000_000 => (1_000_000m, "format.million"),
            _ => (1m, ""),
        };
        if (divisor == 1m) return Money(amount, currency);
        return Symbol(currency) + Gap + Signless((amount / divisor).ToString("#,##0.##", Culture)) + Space + Texts.T(key);
    }

    /// <summary><c>20 Nov 2026</c>.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", Culture);

    /// <summary><c>20 Nov 2026</c> of an instant in the organisation's zone.</summary>
    public static string Date(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy", Culture);

    /// <summary><c>20 Nov 2026, 09:42</c> of an instant in the organisation's zone.</summary>
    public static string Time(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy, HH:mm", Culture);

    /// <summary><c>20 Nov 2026, 02:42:11</c>, in UTC, for the audit log and files.</summary>
    public static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", Culture);

    /// <summary><c>2 h 10 min</c>; whole minutes, never negative.</summary>
    public static string Duration(TimeSpan span)
    {
        var minutes = (long)Math.Max(0, Math.Floor(span.TotalMinutes));
        return minutes switch
        {
            < 60 => Texts.T("format.minutes", minutes),
            < 3 * 24 * 60 => Texts.T("format.hoursMinutes", minutes / 60, (minutes % 60).ToString("00", CultureInfo.InvariantCulture)),
            _ => Texts.T("format.daysHours", minutes / (24 * 60), minutes / 60 % 24),
        };
    }

    /// <summary>The first four and last four characters of a hash or id.</summary>
    public static string Short(string hash) => hash.Length <= 11 ? hash : $"{hash[..4]}\u2026{hash[^4..]}";

    private static string Gap => Texts.Language(CultureInfo.CurrentUICulture) == "id" ? "" : Space.ToString();

    private static string Symbol(string currency) => currency == "IDR" ? "Rp" : currency;

    private static string Signless(string number) => number.Replace('-', Minus);
}
