using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Rows of a dense ARFF file. Nominal cells are checked against the declared values; comments and blank lines do not
/// count as rows.</summary>
internal sealed class ArffReader : RowReader
{
    private readonly LineReader _lines;
    private readonly FileReadOptions _options;
    private readonly byte[][]?[] _levels;
    private readonly CellBuffer _cells = new();

    private ArffReader(LineReader lines, FileLayout layout, FileReadOptions options) : base(layout)
    {
        (_lines, _options) = (lines, options);
        _levels = [.. layout.Columns.Select(column => column.Levels?.Select(Encoding.UTF8.GetBytes).ToArray())];
    }

    /// <summary>Reads the declarations; the window belongs to the reader.</summary>
    public static async Task<Outcome<RowReader>> OpenAsync(ByteWindow window, FilePacking packing, Encoding encoding, FileReadOptions options, CancellationToken cancellationToken)
    {
        var lines = new LineReader(window, encoding, options.MaxCellBytes);
        var header = new ArffHeader();
        while (!header.Complete)
        {
            if (!await lines.NextAsync(cancellationToken).ConfigureAwait(false)) return lines.Failure ?? FileProblems.Arff(lines.Number, "the file ends before @data.");
            if (header.Take(Encoding.UTF8.GetString(lines.Line), lines.Number) is { } problem) return problem;
            if (header.Columns.Count > options.MaxColumns) return FileProblems.TooManyColumns(options.MaxColumns);
        }

        lines.Release();
        await window.FillToAsync(1 << 16, cancellationToken).ConfigureAwait(false);
        var rest = window.Pending.TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty && window.Ended) return window.Failure ?? FileProblems.NoRows;
        if (rest.StartsWith("{"u8)) return FileProblems.ArffSparse;
        return new ArffReader(lines, new FileLayout(FileFormat.Arff, packing, encoding.WebName, ',', HasHeader: true, header.Columns), options);
    }

    /// <inheritdoc/>
    public override async ValueTask<RowState> ReadAsync(CancellationToken cancellationToken)
    {
        Problem = null;
        while (await _lines.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            var line = _lines.Line.Trim(" \t"u8);
            if (line.IsEmpty || line[0] == (byte)'%') continue;
            Row++;
            return (Split(line) ?? Check()) is { } problem ? Reject(problem) : RowState.Row;
        }

        return _lines.Failure is { } failure ? Refuse(failure) : RowState.End;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int column) => _cells[column];

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _lines.DisposeAsync();

    private Problem? Split(ReadOnlySpan<byte> line)
    {
        _cells.Clear();
        if (line[0] == (byte)'{') return FileProblems.ArffSparse;
        if (line.Contains((byte)0)) return FileProblems.Nul;
        while (true)
        {
            line = line.TrimStart(" \t"u8);
            if (!TakeCell(ref line)) return FileProblems.QuoteOpen;
            line = line.TrimStart(" \t"u8);
            if (_cells[_cells.Count - 1].Length > _options.MaxCellBytes) return FileProblems.RowTooLong(_options.MaxCellBytes);
            if (line.IsEmpty) break;
            if (line[0] != (byte)',') return FileProblems.QuoteStray;
            line = line[1..];
        }

        return _cells.Count == Columns.Count ? null : FileProblems.Cells(Columns.Count, _cells.Count);
    }

    private bool TakeCell(ref ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[0] is (byte)'\'' or (byte)'"') return TakeQuoted(ref line);
        var end = line.IndexOf((byte)',');
        var cell = end < 0 ? line : line[..end];
        line = line[cell.Length..];
        _cells.Add(CellText.Unwrap(cell.TrimEnd(" \t"u8)));
        return true;
    }

    private bool TakeQuoted(ref ReadOnlySpan<byte> line)
    {
        var quote = line[0];
        line = line[1..];
        while (true)
        {
            var stop = line.IndexOfAny(quote, (byte)'\\');
            if (stop < 0 || (line[stop] == (byte)'\\' && stop + 1 == line.Length)) return false;
            _cells.Append(line[..stop]);
            if (line[stop] == quote)
            {
                _cells.End();
                line = line[(stop + 1)..];
                return true;
            }

            _cells.Append(line.Slice(stop + 1, 1));
            line = line[(stop + 2)..];
        }
    }

    private Problem? Check()
    {
        for (var column = 0; column < _levels.Length; column++)
        {
            if (_levels[column] is not { } levels || CellText.IsMissing(_cells[column])) continue;
            if (!Lists(levels, _cells[column])) return FileProblems.Unlisted(Columns[column].Name, Text(column));
        }

        return null;
    }

    private static bool Lists(byte[][] levels, ReadOnlySpan<byte> cell)
    {
        foreach (var level in levels)
        {
            if (cell.SequenceEqual(level)) return true;
        }

        return false;
    }
}
