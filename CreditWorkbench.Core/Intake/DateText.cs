using System.Globalization;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads and writes dates as day numbers.</summary>
public static class DateText
{
    private const string Date = "yyyy-MM-dd";
    private static readonly string[] Instants =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", Date];

    /// <summary>Reads a calendar date (ISO 8601, or as the culture writes it) as a day number.</summary>
    /// <param name="text">As it came in.</param>
    /// <param name="culture">Culture of a form; null for ISO only.</param>
    /// <param name="day">Days since 0001-01-01.</param>
    public static bool TryReadDate(ReadOnlySpan<char> text, CultureInfo? culture, out double day)
    {
        var read = DateOnly.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || (culture is not null && DateOnly.TryParse(text, culture, DateTimeStyles.AllowWhiteSpaces, out date));
        if (!read && TryReadInstant(text, null, out var instant) && instant == Math.Floor(instant))
        {
            day = instant;
            return true;
        }

        day = read ? date.DayNumber : 0;
        return read;
    }

    /// <summary>Reads a date with time as a day number with the day's fraction in UTC, cut to the millisecond; a time
    /// without an offset is UTC.</summary>
    public static bool TryReadInstant(ReadOnlySpan<char> text, CultureInfo? culture, out double day)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var read = DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, Utc, out var instant)
            || (culture is not null && DateTimeOffset.TryParse(text, culture, Utc, out instant));
        day = read ? instant.UtcTicks / TimeSpan.TicksPerMillisecond / (double)TimeSpan.MillisecondsPerDay : 0;
        return read;
    }

    /// <summary>The date of a day number in ISO 8601.</summary>
    public static string WriteDate(double day) => DateOnly.FromDayNumber((int)day).ToString(Date, CultureInfo.InvariantCulture);

    /// <summary>The UTC instant of a day number in ISO 8601, to the millisecond.</summary>
    public static string WriteInstant(double day)
    {
        var ticks = (long)Math.Round(day * TimeSpan.MillisecondsPerDay) * TimeSpan.TicksPerMillisecond;
        return new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
    }
}
