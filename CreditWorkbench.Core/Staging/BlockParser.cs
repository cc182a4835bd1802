using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads whole records of plain delimited bytes into a block: no quotes, one byte per sign. Everything else goes through
/// <see cref="TabularFile"/>, whose rows take the same <see cref="Cell"/>.</summary>
/// <param name="readers">Reader of each column of the table.</param>
/// <param name="columnOfCell">Column of each cell of a record; -1 for one that is not read.</param>
/// <param name="wanted">Columns whose cells are kept; of the others those are read that may not fit their column.</param>
/// <param name="rules">Verdicts on cells that do not read.</param>
internal sealed class BlockParser(CellReader[] readers, int[] columnOfCell, bool[] wanted, StagingRules rules)
{
    private const int LongestShown = 100;
    private readonly int[] _columnOfCell = [.. columnOfCell.Select(column => column >= 0 && (wanted[column] || readers[column].CanRefuse) ? column : -1)];
    private readonly bool _dropsUnreadable = rules.Always(StagingRules.Unreadable).Verdict != QuarantineVerdict.Warn;
    private readonly bool _dropsOutOfRange = rules.Always(StagingRules.OutOfRange).Verdict != QuarantineVerdict.Warn;

    /// <summary>A block for rows of this parser.</summary>
    /// <param name="capacity">Rows to make room for.</param>
    public RowBlock NewBlock(int capacity) => new(readers, wanted, capacity);

    /// <summary>Whether bytes are of the kind that <see cref="Parse"/> reads.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes) && !bytes.ContainsAny((byte)'"', (byte)0);

    /// <summary>Reads records until the bytes end.</summary>
    /// <param name="bytes">From the start of a record to the end of one.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <param name="block">Receives the rows.</param>
    public void Parse(ReadOnlySpan<byte> bytes, byte delimiter, RowBlock block)
    {
        var stops = new CellStops(bytes, delimiter);
        for (var start = 0; start < bytes.Length;)
        {
            var stop = stops.Next();
            while (start < stop && bytes[start] == (byte)'\r') start++;
            if (start == stop && IsEnd(bytes, stop))
            {
                start = stop + 1;
                continue;
            }

            block.Begin();
            start = Record(bytes, start, stop, ref stops, block);
        }
    }

    /// <summary>Reads one cell of the current row of a block.</summary>
    /// <returns>Whether the row can still be used.</returns>
    public bool Cell(int cell, ReadOnlySpan<byte> text, RowBlock block)
    {
        var column = _columnOfCell[cell];
        if (column < 0) return true;
        var state = readers[column].Read(text, out block.Current[column]);
        if (state == CellState.Read) return true;
        block.Faults.Add((block.Read, column, state == CellState.Unreadable ? StagingRules.Unreadable : StagingRules.OutOfRange, Shown(text)));
        if (state == CellState.Unreadable ? _dropsUnreadable : _dropsOutOfRange) return false;
        block.Current[column] = double.NaN;
        return true;
    }

    private int Record(ReadOnlySpan<byte> bytes, int start, int stop, ref CellStops stops, RowBlock block)
    {
        var usable = true;
        for (var cell = 0; ; cell++)
        {
            var ends = IsEnd(bytes, stop);
            if (usable && cell < _columnOfCell.Length && _columnOfCell[cell] >= 0)
            {
                var text = bytes[start..stop];
                usable = Cell(cell, ends ? text.TrimEnd((byte)'\r') : text, block);
            }

            start = stop + 1;
            if (!ends)
            {
                stop = stops.Next();
                continue;
            }

            if (usable && cell + 1 != _columnOfCell.Length) block.Faults.Add((block.Read, -1, StagingRules.Unreadable, $"{cell + 1} cells instead of {_columnOfCell.Length}"));
            else if (usable) block.Keep();
            return start;
        }
    }

    private static bool IsEnd(ReadOnlySpan<byte> bytes, int stop) => stop == bytes.Length || bytes[stop] == (byte)'\n';

    private static string Shown(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestShown)]);
}
