using CreditWorkbench.Core.Intake;
using Microsoft.Win32.SafeHandles;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads a plain delimited file in blocks on several threads. The blocks come in file order whatever the threads do.</summary>
internal static class PlainFile
{
    private const int BlockBytes = 4 << 20;
    private const int LongestRecord = 1 << 20;
    private const int BytesPerRow = 24;

    /// <summary>Whether a file of this layout may be plain: unpacked, with a header, a delimiter of one sign and one-byte text.</summary>
    public static bool CanRead(FileLayout layout) => layout is { Format: FileFormat.Delimited, Packing: FilePacking.None, HasHeader: true, Delimiter: { } delimiter }
        && delimiter != ' ' && layout.Encoding == "utf-8";

    /// <summary>Reads a file.</summary>
    /// <returns>The blocks; null when the file turns out not to be plain: then it is read row by row.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static RowBlock[]? Read(string path, byte delimiter, BlockParser parser, bool[] wanted, int threads, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        var length = RandomAccess.GetLength(file);
        var blocks = new RowBlock?[(length + BlockBytes - 1) / BlockBytes];
        var isPlain = true;
        Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, (i, loop) =>
        {
            blocks[i] = Block(file, i, length, delimiter, parser, wanted);
            if (blocks[i] is not null) return;
            Volatile.Write(ref isPlain, false);
            loop.Stop();
        });
        return isPlain ? [.. blocks.OfType<RowBlock>()] : null;
    }

    private static RowBlock? Block(SafeFileHandle file, int index, long length, byte delimiter, BlockParser parser, bool[] wanted)
    {
        // A block begins behind the first line end at or after its first byte, and ends with the record that its last byte is in.
        var start = (long)index * BlockBytes;
        var from = Math.Max(0, start - 1);
        var size = (int)Math.Min(length - from, BlockBytes + LongestRecord + 1);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var bytes = buffer.AsSpan(0, ReadFully(file, buffer.AsSpan(0, size), from));
            var first = FirstRecord(bytes);
            var lastByte = (int)(Math.Min(length, start + BlockBytes) - from) - 1;
            if (first < 0) return index > 0 && from + bytes.Length == length ? new RowBlock(wanted, 0) : null;
            var end = bytes.Length;
            if (from + bytes.Length < length || lastByte < bytes.Length - 1)
            {
                var stop = bytes[lastByte..].IndexOf((byte)'\n');
                if (stop < 0 && from + bytes.Length < length) return null;
                end = stop < 0 ? bytes.Length : lastByte + stop + 1;
            }

            var records = first < end ? bytes[first..end] : [];
            if (!BlockParser.IsPlain(records) || HasLoneReturn(records)) return null;
            var block = new RowBlock(wanted, records.Length / BytesPerRow);
            parser.Parse(records, delimiter, block);
            return block;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Behind the header, or behind the record that the byte before the block belongs to: both end at the first line end.
    private static int FirstRecord(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        return end < 0 ? -1 : end + 1;
    }

    // Files whose lines end in CR alone are split by the general reader.
    private static bool HasLoneReturn(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'\r');
        return at >= 0 && (at + 1 == bytes.Length || bytes[at + 1] != (byte)'\n');
    }

    private static int ReadFully(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(file, buffer[total..], offset + total);
            if (read == 0) break;
            total += read;
        }

        return total;
    }
}
