using System.Buffers.Text;
using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads dates, with or without a time, from the bytes of a cell as day numbers: days since 0001-01-01 with the day's
/// fraction.</summary>
internal static class InstantCell
{
    private const double SecondsPerDay = 86400.0;

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">Without blanks around it.</param>
    /// <param name="format">Order in which the column writes dates; null for year first or eight digits.</param>
    /// <param name="keepsTime">Whether a time counts; without it a date with a time is refused unless the time is midnight.</param>
    /// <param name="day">Day number.</param>
    public static bool TryRead(ReadOnlySpan<byte> cell, DateFormat? format, bool keepsTime, out double day)
    {
        if (format is null && TryIso(cell, out day)) return keepsTime || day == Math.Floor(day);
        day = 0;
        var split = cell.IndexOfAny((byte)' ', (byte)'T');
        var read = format is { } known ? DateCell.TryRead(split > 0 ? cell[..split] : cell, known, out var date) : DateCell.TryUnambiguous(cell, out date);
        if (!read) return false;
        var seconds = 0.0;
        if (split > 0 && !TryTime(cell[(split + 1)..], out seconds)) return false;
        day = date.DayNumber + seconds / SecondsPerDay;
        return keepsTime || seconds == 0;
    }

    /// <summary>yyyy-MM-dd, then nothing or a time in UTC.</summary>
    private static bool TryIso(ReadOnlySpan<byte> cell, out double day)
    {
        day = 0;
        if (cell.Length < 10 || cell[4] != '-' || cell[7] != '-') return false;
        var (year, month, date) = (Two(cell, 0) * 100 + Two(cell, 2), Two(cell, 5), Two(cell, 8));
        if (year < 1 || month is < 1 or > 12 || date < 1 || (date > 28 && date > DateTime.DaysInMonth(year, month))) return false;
        var seconds = 0.0;
        if (cell.Length > 10 && (cell[10] is not ((byte)' ' or (byte)'T') || !TryTime(cell[11..], out seconds))) return false;
        day = DayNumber(year, month, date) + seconds / SecondsPerDay;
        return true;
    }

    /// <summary>Days since 0001-01-01 in the Gregorian calendar; years that begin in March have their leap day at the end.</summary>
    private static int DayNumber(int year, int month, int date)
    {
        var (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + date - 307;
    }

    // A number of two digits; far below zero where a sign is no digit.
    private static int Two(ReadOnlySpan<byte> cell, int at)
    {
        var (tens, ones) = (cell[at] - '0', cell[at + 1] - '0');
        return (uint)tens <= 9 && (uint)ones <= 9 ? tens * 10 + ones : -100_000;
    }

    /// <summary>HH:mm, HH:mm:ss or HH:mm:ss.fff, with an optional Z.</summary>
    private static bool TryTime(ReadOnlySpan<byte> cell, out double seconds)
    {
        seconds = 0;
        if (cell.Length > 0 && cell[^1] == (byte)'Z') cell = cell[..^1];
        if (cell.Length < 5 || cell[2] != ':') return false;
        var (hour, minute) = (Two(cell, 0), Two(cell, 3));
        if (hour is < 0 or > 23 || minute is < 0 or > 59) return false;
        seconds = hour * 3600 + minute * 60;
        if (cell.Length == 5) return true;
        if (cell.Length < 8 || cell[5] != ':' || Two(cell, 6) is var second && second is < 0 or > 59) return false;
        seconds += second;
        if (cell.Length == 8) return true;
        if (cell[8] != '.' || !Utf8Parser.TryParse(cell[8..], out double fraction, out var used) || used != cell.Length - 8) return false;
        seconds += fraction;
        return true;
    }
}
