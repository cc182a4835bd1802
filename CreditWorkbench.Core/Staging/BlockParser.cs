using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads whole records of plain delimited bytes into a block: no quotes, one byte per sign. Everything else goes through
/// <see cref="TabularFile"/>, whose rows take the same <see cref="Cell"/>.</summary>
/// <param name="readers">Reader of each column of the table.</param>
/// <param name="columnOfCell">Column of each cell of a record; -1 for one that is not read.</param>
/// <param name="rules">Verdicts on cells that do not read.</param>
internal sealed class BlockParser(CellReader[] readers, int[] columnOfCell, StagingRules rules)
{
    private const int LongestShown = 100;
    private readonly bool _dropsUnreadable = rules.Always(StagingRules.Unreadable).Verdict != QuarantineVerdict.Warn;
    private readonly bool _dropsOutOfRange = rules.Always(StagingRules.OutOfRange).Verdict != QuarantineVerdict.Warn;

    /// <summary>A block for rows of this parser.</summary>
    /// <param name="wanted">Columns whose cells are kept.</param>
    /// <param name="capacity">Rows to make room for.</param>
    public RowBlock NewBlock(bool[] wanted, int capacity) => new(readers, wanted, capacity);

    /// <summary>Whether bytes are of the kind that <see cref="Parse"/> reads.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes) && !bytes.ContainsAny((byte)'"', (byte)0);

    /// <summary>Reads records until the bytes end.</summary>
    /// <param name="bytes">From the start of a record to the end of one.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <param name="block">Receives the rows.</param>
    public void Parse(ReadOnlySpan<byte> bytes, byte delimiter, RowBlock block)
    {
        while (!bytes.IsEmpty)
        {
            if (bytes[0] is (byte)'\n' or (byte)'\r')
            {
                bytes = bytes[1..];
                continue;
            }

            block.Begin();
            Array.Fill(block.Current, double.NaN);
            bytes = Record(bytes, delimiter, block);
        }
    }

    /// <summary>Reads one cell of the current row of a block.</summary>
    /// <returns>Whether the row can still be used.</returns>
    public bool Cell(int cell, ReadOnlySpan<byte> text, RowBlock block)
    {
        var column = columnOfCell[cell];
        if (column < 0) return true;
        var state = readers[column].Read(text, out block.Current[column]);
        if (state == CellState.Read) return true;
        block.Faults.Add((block.Read, column, state == CellState.Unreadable ? StagingRules.Unreadable : StagingRules.OutOfRange, Shown(text)));
        if (state == CellState.Unreadable ? _dropsUnreadable : _dropsOutOfRange) return false;
        block.Current[column] = double.NaN;
        return true;
    }

    private ReadOnlySpan<byte> Record(ReadOnlySpan<byte> bytes, byte delimiter, RowBlock block)
    {
        var usable = true;
        for (var cell = 0; ; cell++)
        {
            var length = bytes.IndexOfAny(delimiter, (byte)'\n');
            var ends = length < 0 || bytes[length] == (byte)'\n';
            var text = length < 0 ? bytes : bytes[..length];
            if (ends) text = text.TrimEnd((byte)'\r');
            if (cell < columnOfCell.Length) usable = usable && Cell(cell, text, block);
            bytes = length < 0 ? [] : bytes[(length + 1)..];
            if (!ends) continue;
            if (cell + 1 != columnOfCell.Length)
            {
                if (usable) block.Faults.Add((block.Read, -1, StagingRules.Unreadable, $"{cell + 1} cells instead of {columnOfCell.Length}"));
            }
            else if (usable)
            {
                block.Keep();
            }

            return bytes;
        }
    }

    private static string Shown(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestShown)]);
}
