using System.Buffers.Text;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads numbers from the bytes of a cell. Nothing is guessed: a cell that can be read in two ways is no number until
/// its column says which.</summary>
public static class NumberCell
{
    private const int MaxLength = 64;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Reads a finite number with a decimal point: digits, optionally a sign, a point and an exponent; blanks around
    /// it do not matter. Infinity and hexadecimal numbers are none.</summary>
    public static bool TryInvariant(ReadOnlySpan<byte> cell, out double value)
    {
        cell = cell.Trim(" \t"u8);
        if (TryShort(cell, out value)) return true;
        var digits = cell.Length > 0 && cell[0] is (byte)'+' or (byte)'-' ? cell[1..] : cell;
        if (digits.IsEmpty || digits[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'.')) return false;
        if (cell[0] == (byte)'+') cell = cell[1..];
        return Utf8Parser.TryParse(cell, out value, out var consumed) && consumed == cell.Length && double.IsFinite(value);
    }

    /// <summary>Reads a number in the format of its column.</summary>
    public static bool TryRead(ReadOnlySpan<byte> cell, NumberFormat format, out double value)
    {
        if (format == NumberFormat.Invariant) return TryInvariant(cell, out value);
        value = 0;
        cell = cell.Trim(" \t"u8);
        if (cell.IsEmpty || cell.Length > MaxLength) return false;
        var (group, point) = format == NumberFormat.DecimalComma ? ((byte)'.', (byte)',') : ((byte)',', (byte)'.');
        Span<byte> plain = stackalloc byte[MaxLength];
        return TryPlain(cell, group, point, plain, out var length) && TryInvariant(plain[..length], out value);
    }

    /// <summary>Reads a number whose column is not known: with a decimal point, or with commas that can mean one thing only.
    /// <c>1,234</c> is refused, for it is 1.234 to one reader and 1234 to another.</summary>
    public static bool TryUnambiguous(ReadOnlySpan<byte> cell, out double value)
    {
        if (TryInvariant(cell, out value)) return true;
        var asComma = TryRead(cell, NumberFormat.DecimalComma, out var comma);
        var asThousands = TryRead(cell, NumberFormat.ThousandsComma, out var thousands);
        value = asComma ? comma : thousands;
        return asComma != asThousands;
    }

    /// <summary>Digits, sign and point only, at most 15 significant digits: exact by one division (Clinger 1990).</summary>
    private static bool TryShort(ReadOnlySpan<byte> cell, out double value)
    {
        var (at, negative) = (0, false);
        if (cell.Length > 0 && cell[0] is (byte)'-' or (byte)'+')
        {
            negative = cell[0] == (byte)'-';
            at = 1;
        }

        var (mantissa, digits, decimals, point) = (0L, 0, 0, false);
        for (; at < cell.Length; at++)
        {
            var digit = cell[at] - '0';
            if ((uint)digit <= 9)
            {
                mantissa = mantissa * 10 + digit;
                digits++;
                if (point) decimals++;
            }
            else if (cell[at] == (byte)'.' && !point)
            {
                point = true;
            }
            else
            {
                value = 0;
                return false;
            }
        }

        value = digits is > 0 and <= 15 ? mantissa / PowersOfTen[decimals] : 0;
        if (negative) value = -value;
        return digits is > 0 and <= 15;
    }

    /// <summary>Copies a number without its grouping; groups are of three digits, the first of one to three.</summary>
    private static bool TryPlain(ReadOnlySpan<byte> cell, byte group, byte point, Span<byte> plain, out int length)
    {
        length = 0;
        var (sinceGroup, grouped, inFraction) = (0, false, false);
        foreach (var letter in cell)
        {
            if (letter is >= (byte)'0' and <= (byte)'9')
            {
                sinceGroup++;
                plain[length++] = letter;
            }
            else if (letter is (byte)'-' or (byte)'+' && length == 0)
            {
                plain[length++] = letter;
            }
            else if (letter == point && !inFraction && (!grouped || sinceGroup == 3))
            {
                (inFraction, sinceGroup) = (true, 0);
                plain[length++] = (byte)'.';
            }
            else if (letter == group && !inFraction && (grouped ? sinceGroup == 3 : sinceGroup is >= 1 and <= 3))
            {
                (grouped, sinceGroup) = (true, 0);
            }
            else
            {
                return false;
            }
        }

        return length > 0 && (inFraction ? sinceGroup > 0 : !grouped || sinceGroup == 3);
    }
}
