using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>A two-dimensional float32 array of a NumPy file, row-major.</summary>
/// <remarks>NumPy enhancement proposal 1, versions 1 to 3; little-endian, C order.</remarks>
internal sealed partial class NpyFile
{
    private const int FixedHeader = 12;

    private NpyFile(int rows, int columns, float[] values) => (Rows, Columns, Values) = (rows, columns, values);

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Cell (row, column) at <c>row * Columns + column</c>.</summary>
    public float[] Values { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">Not such an array, or cut short.</exception>
    public static NpyFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads a stream.</summary>
    /// <exception cref="InvalidDataException">Not such an array, or cut short.</exception>
    public static NpyFile Read(Stream stream)
    {
        var shape = Shape().Match(ReadHeader(stream));
        if (!shape.Success) throw new InvalidDataException("Not a two-dimensional float32 array in C order.");
        var (rows, columns) = (Number(shape, "rows"), Number(shape, "columns"));
        var values = new float[checked(rows * columns)];
        try
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The array is cut short.", e);
        }

        return new NpyFile(rows, columns, values);
    }

    private static string ReadHeader(Stream stream)
    {
        Span<byte> start = stackalloc byte[FixedHeader];
        if (stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false) < 10 || !start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
            throw new InvalidDataException("Not a NumPy file.");
        int length = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (start[6] > 1)
        {
            if (stream.ReadAtLeast(start[10..], 2, throwOnEndOfStream: false) < 2) throw new InvalidDataException("The header is cut short.");
            length |= BinaryPrimitives.ReadUInt16LittleEndian(start[10..]) << 16;
        }

        var header = new byte[length];
        return stream.ReadAtLeast(header, length, throwOnEndOfStream: false) == length
            ? Encoding.Latin1.GetString(header)
            : throw new InvalidDataException("The header is cut short.");
    }

    private static int Number(Match shape, string group) => int.Parse(shape.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((?<rows>\\d+), (?<columns>\\d+)\\), \\}\\s*$")]
    private static partial Regex Shape();
}
