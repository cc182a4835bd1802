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
        if (!Digits(cell[..4], out var year) || !Digits(cell.Slice(5, 2), out var month) || !Digits(cell.Slice(8, 2), out var date)) return false;
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        var seconds = 0.0;
        if (cell.Length > 10 && (cell[10] is not ((byte)' ' or (byte)'T') || !TryTime(cell[11..], out seconds))) return false;
        day = new DateOnly(year, month, date).DayNumber + seconds / SecondsPerDay;
        return true;
    }

    /// <summary>HH:mm, HH:mm:ss or HH:mm:ss.fff, with an optional Z.</summary>
    private static bool TryTime(ReadOnlySpan<byte> cell, out double seconds)
    {
        seconds = 0;
        if (cell.Length > 0 && cell[^1] == (byte)'Z') cell = cell[..^1];
        if (cell.Length < 5 || cell[2] != ':' || !Digits(cell[..2], out var hour) || !Digits(cell.Slice(3, 2), out var minute) || hour > 23 || minute > 59) return false;
        seconds = hour * 3600 + minute * 60;
        if (cell.Length == 5) return true;
        if (cell.Length < 8 || cell[5] != ':' || !Digits(cell.Slice(6, 2), out var second) || second > 59) return false;
        seconds += second;
        if (cell.Length == 8) return true;
        if (cell[8] != '.' || !Utf8Parser.TryParse(cell[8..], out double fraction, out var used) || used != cell.Length - 8) return false;
        seconds += fraction;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if ((uint)(digit - '0') > 9) return false;
            number = number * 10 + (digit - '0');
        }

        return true;
    }
}
