using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Writes features as CSV. The file appears whole or not at all.</summary>
public static class FeatureFile
{
    private const int RowsPerBlock = 1024;

    /// <summary>Writes a file; one of that name is replaced when the new one is complete.</summary>
    /// <param name="features">Rows.</param>
    /// <param name="path">Target.</param>
    /// <param name="threads">Threads at most; the bytes do not depend on them.</param>
    /// <param name="cancellation">Stops between blocks and leaves the target as it was.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void Write(StagedFeatures features, string path, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        var part = path + ".part";
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                file.Write(Encoding.UTF8.GetBytes(string.Join(',', features.Columns.Select(column => CsvText.Cell(column.Name))) + "\n"));
                Rows(features, file, threads, cancellation);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static void Rows(StagedFeatures features, FileStream file, int threads, CancellationToken cancellation)
    {
        var blocks = (features.Rows + RowsPerBlock - 1) / RowsPerBlock;
        var buffers = Enumerable.Range(0, Math.Max(1, threads * 4)).Select(_ => new ByteBuffer()).ToArray();
        for (var first = 0; first < blocks; first += buffers.Length)
        {
            var count = Math.Min(buffers.Length, blocks - first);
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => Block(features, first + i, buffers[i]));
            for (var i = 0; i < count; i++) file.Write(buffers[i].Written);
        }
    }

    private static void Block(StagedFeatures features, int block, ByteBuffer buffer)
    {
        buffer.Clear();
        for (var row = block * RowsPerBlock; row < Math.Min(features.Rows, (block + 1) * RowsPerBlock); row++)
        {
            for (var i = 0; i < features.Columns.Count; i++)
            {
                var column = features.Columns[i];
                if (i > 0) buffer.Add((byte)',');
                var value = column.Cells[row];
                if (column.Definition.Type is InputType.Category or InputType.Text && !double.IsNaN(value)) buffer.Text(column.Pool!.TextOf((int)value));
                else buffer.Advance(FeatureCell.Write(buffer.Room(FeatureCell.LongestNumber), column.Definition, value));
            }

            buffer.Add((byte)'\n');
        }
    }

    /// <summary>Bytes of a block of rows.</summary>
    private sealed class ByteBuffer
    {
        private byte[] _bytes = new byte[1 << 16];
        private int _length;

        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

        public void Clear() => _length = 0;

        public void Advance(int count) => _length += count;

        public void Add(byte one)
        {
            Room(1)[0] = one;
            _length++;
        }

        public Span<byte> Room(int bytes)
        {
            if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
            return _bytes.AsSpan(_length);
        }

        public void Text(ReadOnlySpan<byte> text)
        {
            if (text.IndexOfAny(",\"\r\n"u8) >= 0) text = Encoding.UTF8.GetBytes(CsvText.Cell(Encoding.UTF8.GetString(text)));
            text.CopyTo(Room(text.Length));
            _length += text.Length;
        }
    }
}
