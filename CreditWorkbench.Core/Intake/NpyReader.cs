using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Rows of a NumPy file that holds a two-dimensional little-endian float32 array in C order. Columns are c1..cN.</summary>
/// <remarks>Format: NumPy enhancement proposal 1, versions 1 to 3.</remarks>
internal sealed partial class NpyReader : RowReader
{
    // The longest round-trip text of a float is -1.17549435E-38.
    private const int SlotBytes = 16;

    private readonly ByteWindow _window;
    private readonly long _rows;
    private readonly byte[] _text;
    private int _consumed;

    private NpyReader(ByteWindow window, FileLayout layout, long rows) : base(layout) =>
        (_window, _rows, _text) = (window, rows, new byte[layout.Columns.Count * SlotBytes]);

    private int RowBytes => Columns.Count * sizeof(float);

    /// <summary>Whether a file begins as NumPy files do.</summary>
    public static bool IsNpy(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']);

    /// <summary>Reads the header, which lies in the filled window.</summary>
    public static Outcome<RowReader> Open(ByteWindow window, FilePacking packing, FileReadOptions options)
    {
        var start = window.Pending;
        if (start.Length < 12) return FileProblems.Npy("The file ends inside its header.");
        var (at, length) = start[6] == 1 ? (10, BinaryPrimitives.ReadUInt16LittleEndian(start[8..])) : (12, (long)BinaryPrimitives.ReadUInt32LittleEndian(start[8..]));
        if (start.Length < at + length) return FileProblems.Npy("The file ends inside its header.");
        var header = Encoding.Latin1.GetString(start.Slice(at, (int)length));
        if (!FloatPattern().IsMatch(header)) return FileProblems.Npy("The array is not float32 (little-endian, '<f4').");
        if (!OrderPattern().IsMatch(header)) return FileProblems.Npy("The array is in Fortran order.");
        var shape = ShapePattern().Match(header);
        if (!shape.Success) return FileProblems.Npy("The array is not two-dimensional.");
        if (!long.TryParse(shape.Groups["rows"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            || !int.TryParse(shape.Groups["columns"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) || columns > options.MaxColumns)
            return FileProblems.TooManyColumns(options.MaxColumns);
        if (columns < 2) return FileProblems.Npy("The array has fewer than two columns.");
        if (rows == 0) return FileProblems.NoRows;
        window.Consume(at + (int)length);
        var named = Enumerable.Range(1, columns).Select(i => new FileColumn(string.Create(CultureInfo.InvariantCulture, $"c{i}"))).ToArray();
        return new NpyReader(window, new FileLayout(FileFormat.Npy, packing, "", null, HasHeader: false, named), rows);
    }

    /// <inheritdoc/>
    public override async ValueTask<RowState> ReadAsync(CancellationToken cancellationToken)
    {
        _window.Consume(_consumed);
        _consumed = 0;
        if (Row == _rows) return RowState.End;
        if (_window.Pending.Length < RowBytes) await _window.FillToAsync(RowBytes, cancellationToken).ConfigureAwait(false);
        if (_window.Failure is { } failure) return Refuse(failure);
        if (_window.Pending.Length < RowBytes) return Refuse(FileProblems.Npy(string.Create(CultureInfo.InvariantCulture, $"The file ends after {Row} of {_rows} rows.")));
        Row++;
        _consumed = RowBytes;
        return RowState.Row;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int column)
    {
        var value = BinaryPrimitives.ReadSingleLittleEndian(_window.Pending[(column * sizeof(float))..]);
        var slot = _text.AsSpan(column * SlotBytes, SlotBytes);
        value.TryFormat(slot, out var written, "R", CultureInfo.InvariantCulture);
        return slot[..written];
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _window.DisposeAsync();

    [GeneratedRegex("'descr'\\s*:\\s*'<f4'")]
    private static partial Regex FloatPattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*False")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\(\\s*(?<rows>\\d+)\\s*,\\s*(?<columns>\\d+)\\s*,?\\s*\\)")]
    private static partial Regex ShapePattern();
}
