using CreditWorkbench.Core.Intake;
using Microsoft.Win32.SafeHandles;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads a plain delimited file in blocks on several threads. The blocks come in file order whatever the threads do.</summary>
internal static class PlainFile
{
    private const int BlockBytes = 4 << 20;
    private const int LongestRecord = 1 << 20;
    private const int LongestRead = BlockBytes + LongestRecord + 1;
    private const int SampleBytes = 1 << 13;

    /// <summary>Whether a file of this layout may be plain: unpacked, with a header, a delimiter of one sign and one-byte text.</summary>
    public static bool CanRead(FileLayout layout) => layout is { Format: FileFormat.Delimited, Packing: FilePacking.None, HasHeader: true, Delimiter: { } delimiter }
        && delimiter != ' ' && layout.Encoding == "utf-8";

    /// <summary>Reads a file.</summary>
    /// <returns>The blocks; null when the file turns out not to be plain: then it is read row by row.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static RowBlock[]? Read(string path, byte delimiter, BlockParser parser, int threads, CancellationToken cancellation)
    {
        using var file = Open(path);
        var length = RandomAccess.GetLength(file);
        var blocks = new RowBlock?[BlocksOf(length)];
        var isPlain = true;
        Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, (i, loop) =>
        {
            blocks[i] = Block(file, i, length, delimiter, parser);
            if (blocks[i] is not null) return;
            Volatile.Write(ref isPlain, false);
            loop.Stop();
        });
        return isPlain ? [.. blocks.OfType<RowBlock>()] : null;
    }

    /// <summary>Whether a file is plain from end to end, so that <see cref="Windows"/> can read it.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static bool IsPlain(string path, int threads, CancellationToken cancellation)
    {
        using var file = Open(path);
        var length = RandomAccess.GetLength(file);
        var isPlain = true;
        Parallel.For(0L, BlocksOf(length), new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, (i, loop) =>
        {
            if (IsPlain(file, i, length)) return;
            Volatile.Write(ref isPlain, false);
            loop.Stop();
        });
        return isPlain;
    }

    /// <summary>Reads a plain file a few blocks at a time, in file order; memory does not grow with the file.</summary>
    /// <param name="path">File that <see cref="IsPlain(string, int, CancellationToken)"/> was true for.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <param name="parser">Makes a parser for each window.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <returns>Blocks; null and the end where the file is no longer what it was.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static IEnumerable<RowBlock?> Windows(string path, byte delimiter, Func<BlockParser> parser, int threads, CancellationToken cancellation)
    {
        using var file = Open(path);
        var length = RandomAccess.GetLength(file);
        var count = BlocksOf(length);
        var window = new RowBlock?[Math.Max(1, threads) * 2];
        for (var first = 0L; first < count; first += window.Length)
        {
            var (reader, number, from) = (parser(), (int)Math.Min(window.Length, count - first), first);
            Parallel.For(0, number, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => window[i] = Block(file, from + i, length, delimiter, reader));
            for (var i = 0; i < number; i++)
            {
                yield return window[i];
                if (window[i] is null) yield break;
                window[i] = null;
            }
        }
    }

    private static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);

    private static long BlocksOf(long length) => (length + BlockBytes - 1) / BlockBytes;

    private static bool IsPlain(SafeFileHandle file, long index, long length)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(LongestRead);
        try
        {
            return TryRecords(file, index, length, buffer, out _);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static RowBlock? Block(SafeFileHandle file, long index, long length, byte delimiter, BlockParser parser)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(LongestRead);
        try
        {
            if (!TryRecords(file, index, length, buffer, out var records)) return null;
            var block = parser.NewBlock(RowsIn(records));
            parser.Parse(records, delimiter, block);
            return block;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A block begins behind the first line end at or after its first byte, and ends with the record that its last byte is in.
    private static bool TryRecords(SafeFileHandle file, long index, long length, Span<byte> buffer, out ReadOnlySpan<byte> records)
    {
        records = [];
        var start = index * BlockBytes;
        var from = Math.Max(0, start - 1);
        ReadOnlySpan<byte> bytes = buffer[..ReadFully(file, buffer[..(int)Math.Min(length - from, LongestRead)], from)];
        var first = FirstRecord(bytes);
        var lastByte = (int)(Math.Min(length, start + BlockBytes) - from) - 1;
        if (first < 0) return index > 0 && from + bytes.Length == length;
        var end = bytes.Length;
        if (from + bytes.Length < length || lastByte < bytes.Length - 1)
        {
            var stop = lastByte < bytes.Length ? bytes[lastByte..].IndexOf((byte)'\n') : -1;
            if (stop < 0 && from + bytes.Length < length) return false;
            end = stop < 0 ? bytes.Length : lastByte + stop + 1;
        }

        if (first < end) records = bytes[first..end];
        return BlockParser.IsPlain(records) && !HasLoneReturn(records);
    }

    // Rows that the bytes hold, judged by the first ones, with some to spare: growing costs more than a little room.
    private static int RowsIn(ReadOnlySpan<byte> records)
    {
        var sample = records[..Math.Min(records.Length, SampleBytes)];
        return (int)(records.Length * 1.05 / Math.Max(1, sample.Length) * sample.Count((byte)'\n')) + 64;
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
