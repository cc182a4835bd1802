using System.Text;

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Rows of a delimited file. Structure is read on bytes, which every supported single-byte encoding and UTF-8 share;
/// UTF-16 is recoded by the stream below.</summary>
internal sealed class DelimitedReader : RowReader
{
    // A record is held as a whole; this bounds what an endless one may take.
    private const int MaxRecordBytes = 64 << 20;

    private readonly ByteWindow _window;
    private readonly FileReadOptions _options;
    private readonly RecordSplitter _splitter;
    private readonly bool _trailing;
    private bool _western;
    private bool _sawMultibyte;
    private int _consumed;
    private byte[] _recoded = [];
    private int[] _recodedEnds = [];
    private bool _isRecoded;

    private DelimitedReader(ByteWindow window, FileLayout layout, bool trailing, FileReadOptions options) : base(layout)
    {
        (_window, _options, _trailing) = (window, options, trailing);
        _splitter = new RecordSplitter((byte)layout.Delimiter!.Value, options.MaxCellBytes, options.MaxColumns);
        _western = layout.Encoding == TextEncoding.Western.WebName;
    }

    /// <summary>Detects delimiter and columns; the window stands behind any byte order mark and belongs to the reader.</summary>
    public static async Task<Outcome<RowReader>> OpenAsync(ByteWindow window, FilePacking packing, string encoding, FileReadOptions options, CancellationToken cancellationToken)
    {
        await window.FillToAsync(1 << 18, cancellationToken).ConfigureAwait(false);
        if (window.Failure is { } failure) return failure;
        if (window.Pending.IndexOfAnyExcept(" \t\r\n"u8) < 0) return FileProblems.Empty;
        var found = DelimiterSniffer.Find(window.Pending, window.Ended, options);
        if (!found.TryGet(out var split, out var problems)) return Outcome<RowReader>.Refused(problems);
        var named = HeaderRow.Find(window.Pending, window.Ended, split.Delimiter, split.Cells, options);
        if (!named.TryGet(out var header, out problems)) return Outcome<RowReader>.Refused(problems);
        var layout = new FileLayout(FileFormat.Delimited, packing, encoding, split.Delimiter, options.HasHeader, header.Columns);
        var reader = new DelimitedReader(window, layout, header.Trailing, options);
        if (options.HasHeader) reader.SkipHeader();
        return reader;
    }

    /// <inheritdoc/>
    public override ValueTask<RowState> ReadAsync(CancellationToken cancellationToken)
    {
        _window.Consume(_consumed);
        (_consumed, Problem) = (0, null);
        while (true)
        {
            var result = _splitter.Split(_window.Pending, _window.Ended);
            if (result == SplitResult.Blank) _window.Consume(_splitter.Length);
            else if (result == SplitResult.Record) return ValueTask.FromResult(Accept());
            else return ContinueAsync(result, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int column)
    {
        if (!_isRecoded) return _window.Pending.Slice(_splitter.Start(column), _splitter.CellLength(column));
        var start = column == 0 ? 0 : _recodedEnds[column - 1];
        return _recoded.AsSpan(start, _recodedEnds[column] - start);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _window.DisposeAsync();

    private async ValueTask<RowState> ContinueAsync(SplitResult result, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (result)
            {
                case SplitResult.End:
                    return _window.Failure is { } failure ? Refuse(failure) : RowState.End;
                case SplitResult.More when _window.Pending.Length < MaxRecordBytes:
                    await _window.FillAsync(cancellationToken).ConfigureAwait(false);
                    if (_window.Failure is { } broken) return Refuse(broken);
                    break;
                case SplitResult.Blank:
                    _window.Consume(_splitter.Length);
                    break;
                case SplitResult.Record:
                    return Accept();
                default:
                    Row++;
                    await SkipLineAsync(cancellationToken).ConfigureAwait(false);
                    return Reject(ProblemOf(result));
            }

            result = _splitter.Split(_window.Pending, _window.Ended);
        }
    }

    private Problem ProblemOf(SplitResult result) => result switch
    {
        SplitResult.QuoteOpen => FileProblems.QuoteOpen,
        SplitResult.QuoteStray => FileProblems.QuoteStray,
        _ when _splitter.Count < Columns.Count => FileProblems.CellTooLong(Columns[_splitter.Count].Name, _options.MaxCellBytes),
        _ => FileProblems.RowTooLong(_options.MaxCellBytes),
    };

    // After a broken quote the next physical line is the best place to go on.
    private async ValueTask SkipLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = RecordSplitter.LineLength(_window.Pending, _window.Ended);
            if (length >= 0)
            {
                _window.Consume(length);
                return;
            }

            // The last byte stays: a line feed may follow it.
            _window.Consume(_window.Pending.Length - 1);
            await _window.FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void SkipHeader()
    {
        while (_splitter.Split(_window.Pending, _window.Ended) == SplitResult.Blank) _window.Consume(_splitter.Length);
        _window.Consume(_splitter.Length);
    }

    private RowState Accept()
    {
        Row++;
        _consumed = _splitter.Length;
        var record = _window.Pending[.._splitter.Length];
        var (expected, found) = (Columns.Count, _splitter.Count);
        if (_trailing && found == expected + 1)
        {
            if (_splitter.CellLength(expected) > 0) return Reject(FileProblems.Shifted(expected, Encoding.UTF8.GetString(record.Slice(_splitter.Start(expected), Math.Min(64, _splitter.CellLength(expected))))));
            found--;
        }

        if (found != expected) return Reject(FileProblems.Cells(expected, found));
        if (record.Contains((byte)0)) return Reject(FileProblems.Nul);
        for (var cell = 0; cell < expected; cell++)
        {
            if (_splitter.IsEscaped(cell)) _splitter.Unescape(cell, record);
        }

        return Decode(record) ? RowState.Row : Reject(FileProblems.Encoding);
    }

    /// <summary>Makes the record UTF-8. A file without a mark that was valid UTF-8 so far, all of it ASCII, turns out to be
    /// single-byte at its first other byte.</summary>
    private bool Decode(ReadOnlySpan<byte> record)
    {
        _isRecoded = false;
        if (Ascii.IsValid(record)) return true;
        if (!_western)
        {
            if (System.Text.Unicode.Utf8.IsValid(record))
            {
                _sawMultibyte = true;
                return true;
            }

            if (_sawMultibyte) return false;
            _western = true;
        }

        Recode(record);
        return true;
    }

    private void Recode(ReadOnlySpan<byte> record)
    {
        if (_recodedEnds.Length < Columns.Count) _recodedEnds = new int[Columns.Count];
        if (_recoded.Length < record.Length * 3) _recoded = new byte[record.Length * 3];
        var end = 0;
        for (var cell = 0; cell < Columns.Count; cell++)
        {
            var text = TextEncoding.Western.GetString(record.Slice(_splitter.Start(cell), _splitter.CellLength(cell)));
            end += Encoding.UTF8.GetBytes(text, _recoded.AsSpan(end));
            _recodedEnds[cell] = end;
        }

        _isRecoded = true;
    }
}
