using System.Text;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads what cells of files mean before any type is known.</summary>
public static class CellText
{
    /// <summary>Whether a cell means "no value": empty, or one of NA, N/A, NaN, null, None, ?, . in their usual spellings.
    /// Other case variants stay values, because <c>none</c> is a category in many files.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > 4) return IsBlank(cell);
        return cell.Length switch
        {
            0 => true,
            1 => cell[0] is (byte)'?' or (byte)'.' or (byte)' ' or (byte)'\t',
            2 => cell.SequenceEqual("NA"u8) || IsBlank(cell),
            3 => Ascii.EqualsIgnoreCase(cell, "nan"u8) || Ascii.EqualsIgnoreCase(cell, "n/a"u8) || IsBlank(cell),
            _ => cell.SequenceEqual("None"u8) || cell.SequenceEqual("null"u8) || cell.SequenceEqual("NULL"u8) || cell.SequenceEqual("Null"u8) || IsBlank(cell),
        };
    }

    /// <summary>Takes Python's bytes notation b'1' off a cell; blanks around it too.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim(" \t"u8);
        return cell.Length >= 3 && cell[0] == (byte)'b' && cell[1] is (byte)'\'' or (byte)'"' && cell[^1] == cell[1] ? cell[2..^1] : cell;
    }

    private static bool IsBlank(ReadOnlySpan<byte> cell) => cell.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
