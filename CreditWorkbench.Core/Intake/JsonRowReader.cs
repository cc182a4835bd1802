using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Rows of one JSON array of flat objects. The columns are the names that the first rows use.</summary>
internal sealed class JsonRowReader : RowReader
{
    private readonly ByteWindow _window;
    private readonly FileReadOptions _options;
    private readonly JsonRow _row;
    private int _consumed;

    private JsonRowReader(ByteWindow window, FileLayout layout, FileReadOptions options) : base(layout) =>
        (_window, _options, _row) = (window, options, new JsonRow(layout.Columns, options.MaxCellBytes));

    /// <summary>Opens either form: an array, or one object to a line. The filled window belongs to the reader.</summary>
    public static async Task<Outcome<RowReader>> OpenAsync(ByteWindow window, FilePacking packing, Encoding encoding, FileReadOptions options, CancellationToken cancellationToken)
    {
        var isArray = window.Pending.TrimStart(" \t\r\n"u8)[0] == (byte)'[';
        if (isArray) window.Consume(window.Pending.IndexOf((byte)'[') + 1);
        await window.FillToAsync(1 << 18, cancellationToken).ConfigureAwait(false);
        if (window.Failure is { } failure) return failure;
        var columns = isArray ? ArrayNames(window.Pending) : LineNames(window.Pending, window.Ended);
        if (columns.Count > options.MaxColumns) return FileProblems.TooManyColumns(options.MaxColumns);
        if (columns.Count == 0) return isArray && window.Pending.TrimStart(" \t\r\n"u8).StartsWith("]"u8) ? FileProblems.NoRows : FileProblems.Json("The first rows are no flat JSON objects.");
        var layout = new FileLayout(isArray ? FileFormat.JsonArray : FileFormat.JsonLines, packing, encoding.WebName, null, HasHeader: true, [.. columns.Select(name => new FileColumn(name))]);
        return isArray ? new JsonRowReader(window, layout, options) : new JsonLineReader(new LineReader(window, encoding, options.MaxCellBytes), layout, options);
    }

    /// <inheritdoc/>
    public override async ValueTask<RowState> ReadAsync(CancellationToken cancellationToken)
    {
        _window.Consume(_consumed);
        (_consumed, Problem) = (0, null);
        while (true)
        {
            var next = JsonObjects.Find(_window.Pending, Row == 0, out var start, out var length);
            if (_window.Failure is { } failure) return Refuse(failure);
            switch (next)
            {
                case JsonObjects.Next.End:
                    return RowState.End;
                case JsonObjects.Next.Object:
                    Row++;
                    _consumed = start + length;
                    return _row.Parse(_window.Pending.Slice(start, length)) is { } problem ? Reject(problem) : RowState.Row;
                case JsonObjects.Next.More when !_window.Ended && _window.Pending.Length < (long)_options.MaxCellBytes * 64:
                    await _window.FillAsync(cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    return Refuse(FileProblems.Json("The array of objects breaks off or holds something else.") with { Row = Row + 1 });
            }
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int column) => _row[column];

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _window.DisposeAsync();

    private static List<string> ArrayNames(ReadOnlySpan<byte> sample)
    {
        var (names, first) = (new OrderedNames(), true);
        while (JsonObjects.Find(sample, first, out var start, out var length) == JsonObjects.Next.Object)
        {
            names.Add(JsonRow.Names(sample.Slice(start, length)));
            sample = sample[(start + length)..];
            first = false;
        }

        return names.Names;
    }

    private static List<string> LineNames(ReadOnlySpan<byte> sample, bool ended)
    {
        var names = new OrderedNames();
        int length;
        while ((length = RecordSplitter.LineLength(sample, ended)) > 0)
        {
            names.Add(JsonRow.Names(sample[..length]));
            sample = sample[length..];
        }

        return names.Names;
    }

    private sealed class OrderedNames
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public List<string> Names { get; } = [];

        public void Add(List<string>? names)
        {
            foreach (var name in names ?? [])
            {
                if (_seen.Add(name)) Names.Add(name);
            }
        }
    }
}
