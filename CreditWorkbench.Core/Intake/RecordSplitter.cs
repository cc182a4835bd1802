using System.Buffers;

namespace CreditWorkbench.Core.Intake;

/// <summary>How a split ended.</summary>
internal enum SplitResult
{
    /// <summary>A record with its cells.</summary>
    Record,
    /// <summary>A line without any character.</summary>
    Blank,
    /// <summary>The window ends before the record does.</summary>
    More,
    /// <summary>A quote does not close within the limit, or before the end of the file.</summary>
    QuoteOpen,
    /// <summary>Text follows a closing quote.</summary>
    QuoteStray,
    /// <summary>A cell is longer than the limit.</summary>
    TooLong,
    /// <summary>No byte is left.</summary>
    End,
}

/// <summary>Splits one record into cells by RFC 4180; any of LF, CRLF and CR ends a record. Makes no string and copies nothing:
/// it leaves ranges of the bytes that it was given.</summary>
/// <param name="delimiter">Between cells; a space stands for runs of spaces and tabs.</param>
/// <param name="maxCellBytes">Limit that bounds how far an open quote is followed.</param>
/// <param name="maxCells">Limit on cells of a record; further ones are counted, not kept.</param>
internal sealed class RecordSplitter(byte delimiter, int maxCellBytes, int maxCells)
{
    private readonly SearchValues<byte> _stops = delimiter == (byte)' ' ? SearchValues.Create(" \t\r\n"u8) : SearchValues.Create([delimiter, (byte)'\r', (byte)'\n']);
    private readonly bool _runs = delimiter == (byte)' ';
    private int[] _starts = new int[64];
    private int[] _lengths = new int[64];
    private bool[] _escaped = new bool[64];

    /// <summary>Number of cells of the last record.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the last record with its line end.</summary>
    public int Length { get; private set; }

    /// <summary>Where a cell starts in the bytes given.</summary>
    public int Start(int cell) => _starts[cell];

    /// <summary>Length of a cell in bytes.</summary>
    public int CellLength(int cell) => _lengths[cell];

    /// <summary>Whether a cell holds doubled quotes.</summary>
    public bool IsEscaped(int cell) => _escaped[cell];

    /// <summary>Removes the doubling of quotes from a cell, in place; its length shrinks.</summary>
    public void Unescape(int cell, Span<byte> bytes)
    {
        var text = bytes.Slice(_starts[cell], _lengths[cell]);
        var to = 0;
        for (var from = 0; from < text.Length; from++)
        {
            text[to++] = text[from];
            if (text[from] == (byte)'"') from++;
        }

        (_lengths[cell], _escaped[cell]) = (to, false);
    }

    /// <summary>Splits the record at the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The window, from the record on.</param>
    /// <param name="ended">Whether nothing follows the window.</param>
    public SplitResult Split(ReadOnlySpan<byte> bytes, bool ended)
    {
        Count = 0;
        Length = 0;
        if (bytes.IsEmpty) return ended ? SplitResult.End : SplitResult.More;
        var at = _runs ? SkipBlanks(bytes, 0) : 0;
        while (true)
        {
            var result = at < bytes.Length && bytes[at] == (byte)'"' ? Quoted(bytes, ended, ref at) : Plain(bytes, ended, ref at);
            if (result != SplitResult.Record) return result;
            if (_runs) at = SkipBlanks(bytes, at);
            if (at == bytes.Length) return ended ? Finish(bytes, at) : SplitResult.More;
            if (bytes[at] is (byte)'\n' or (byte)'\r') return LineEnd(bytes, ended, at);
            // With runs the blanks before the next cell are skipped already; otherwise this is the delimiter.
            if (!_runs) at++;
        }
    }

    /// <summary>Length of the physical line at the start, line end included, to resume after a broken record; -1 when the
    /// window does not hold its end.</summary>
    public static int LineLength(ReadOnlySpan<byte> bytes, bool ended)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0) return ended ? bytes.Length : -1;
        if (bytes[end] == (byte)'\n') return end + 1;
        if (end + 1 == bytes.Length) return ended ? end + 1 : -1;
        return bytes[end + 1] == (byte)'\n' ? end + 2 : end + 1;
    }

    private SplitResult Plain(ReadOnlySpan<byte> bytes, bool ended, ref int at)
    {
        var length = bytes[at..].IndexOfAny(_stops);
        if (length < 0)
        {
            if (!ended) return bytes.Length - at > maxCellBytes ? SplitResult.TooLong : SplitResult.More;
            length = bytes.Length - at;
        }

        if (length > maxCellBytes) return SplitResult.TooLong;
        var (start, end) = (at, at + length);
        at = end;
        // Spaces around a cell without quotes are layout.
        while (start < end && bytes[start] is (byte)' ' or (byte)'\t') start++;
        while (end > start && bytes[end - 1] is (byte)' ' or (byte)'\t') end--;
        Add(start, end - start, escaped: false);
        return SplitResult.Record;
    }

    private SplitResult Quoted(ReadOnlySpan<byte> bytes, bool ended, ref int at)
    {
        var (start, from, escaped) = (at + 1, at + 1, false);
        while (true)
        {
            var found = bytes[from..].IndexOf((byte)'"');
            if (found < 0 || from + found - start > maxCellBytes)
                return ended || bytes.Length - start > maxCellBytes ? SplitResult.QuoteOpen : SplitResult.More;
            var close = from + found;
            if (close + 1 == bytes.Length && !ended) return SplitResult.More;
            if (close + 1 < bytes.Length && bytes[close + 1] == (byte)'"')
            {
                (escaped, from) = (true, close + 2);
                continue;
            }

            Add(start, close - start, escaped);
            at = close + 1;
            while (at < bytes.Length && bytes[at] == (byte)' ' && !_runs) at++;
            if (at == bytes.Length) return SplitResult.Record;
            return _stops.Contains(bytes[at]) ? SplitResult.Record : SplitResult.QuoteStray;
        }
    }

    private SplitResult LineEnd(ReadOnlySpan<byte> bytes, bool ended, int at)
    {
        if (bytes[at] == (byte)'\n') return Finish(bytes, at + 1);
        if (at + 1 == bytes.Length) return ended ? Finish(bytes, at + 1) : SplitResult.More;
        return Finish(bytes, bytes[at + 1] == (byte)'\n' ? at + 2 : at + 1);
    }

    private SplitResult Finish(ReadOnlySpan<byte> bytes, int length)
    {
        Length = length;
        var blank = Count == 1 && _lengths[0] == 0 && (_starts[0] == 0 || bytes[_starts[0] - 1] != (byte)'"');
        return blank ? SplitResult.Blank : SplitResult.Record;
    }

    private void Add(int start, int length, bool escaped)
    {
        if (Count == _starts.Length && Count < maxCells)
        {
            var size = Math.Min(maxCells, Count * 2);
            Array.Resize(ref _starts, size);
            Array.Resize(ref _lengths, size);
            Array.Resize(ref _escaped, size);
        }

        if (Count < _starts.Length) (_starts[Count], _lengths[Count], _escaped[Count]) = (start, length, escaped);
        Count++;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t') at++;
        return at;
    }
}
