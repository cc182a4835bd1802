using System.Buffers;
using System.Globalization;

namespace CreditWorkbench.Core.Intake;

/// <summary>Orders in which a column writes its dates.</summary>
public enum DateFormat
{
    /// <summary>2018-05-01, 2018/5/1, 2018.5.1, with or without a time behind it.</summary>
    YearFirst,
    /// <summary>20180501.</summary>
    Compact,
    /// <summary>1.5.2018, 01/05/2018.</summary>
    DayFirst,
    /// <summary>5/1/2018.</summary>
    MonthFirst,
    /// <summary>930705: two-digit year, 1930 to 2029.</summary>
    ShortCompact,
}

/// <summary>Reads calendar dates from the bytes of a cell.</summary>
public static class DateCell
{
    private static readonly SearchValues<byte> TimeLetters = SearchValues.Create("0123456789:.Z+-"u8);

    /// <summary>Reads a date in the format of its column.</summary>
    public static bool TryRead(ReadOnlySpan<byte> cell, DateFormat format, out DateOnly date)
    {
        cell = cell.Trim(" \t"u8);
        date = default;
        switch (format)
        {
            case DateFormat.Compact:
                return cell.Length == 8 && TryMake(cell[..4], cell.Slice(4, 2), cell[6..], out date);
            case DateFormat.ShortCompact:
                return cell.Length == 6 && TryNumber(cell[..2], out var year) && TryNumber(cell.Slice(2, 2), out var month)
                    && TryNumber(cell[4..], out var day) && TryMake(year < 30 ? 2000 + year : 1900 + year, month, day, out date);
            default:
                return TrySeparated(cell, format, out date);
        }
    }

    /// <summary>Reads a date that can mean one day only: year first, or eight digits.</summary>
    public static bool TryUnambiguous(ReadOnlySpan<byte> cell, out DateOnly date) =>
        TryRead(cell, DateFormat.YearFirst, out date) || TryRead(cell, DateFormat.Compact, out date);

    private static bool TrySeparated(ReadOnlySpan<byte> cell, DateFormat format, out DateOnly date)
    {
        date = default;
        var first = cell.IndexOfAny("-/."u8);
        if (first < 1) return false;
        var rest = cell[(first + 1)..];
        var second = rest.IndexOf(cell[first]);
        if (second < 1) return false;
        var a = cell[..first];
        var b = rest[..second];
        var c = rest[(second + 1)..];
        // A time behind a year-first date does not change the day.
        var time = c.IndexOfAny((byte)'T', (byte)' ');
        if (format == DateFormat.YearFirst && time > 0 && IsTime(c[(time + 1)..])) c = c[..time];
        return format switch
        {
            DateFormat.YearFirst => a.Length == 4 && TryMake(a, b, c, out date),
            DateFormat.DayFirst => c.Length == 4 && TryMake(c, b, a, out date),
            DateFormat.MonthFirst => c.Length == 4 && TryMake(c, a, b, out date),
            _ => false,
        };
    }

    private static bool IsTime(ReadOnlySpan<byte> text) => text.Length >= 4 && text.IndexOfAnyExcept(TimeLetters) < 0;

    private static bool TryMake(ReadOnlySpan<byte> year, ReadOnlySpan<byte> month, ReadOnlySpan<byte> day, out DateOnly date)
    {
        date = default;
        return month.Length <= 2 && day.Length <= 2 && TryNumber(year, out var y) && TryNumber(month, out var m) && TryNumber(day, out var d) && TryMake(y, m, d, out date);
    }

    private static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        var exists = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateOnly(year, month, day) : default;
        return exists;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
