using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What a written feature set is.</summary>
internal sealed record WrittenFeatures(ContentHash Hash, int Rows, int Columns, long Bytes, double? NewestAsOf);

/// <summary>Writes features as a file of encrypted blocks: groups of rows, column by column inside, then the texts of each column, then an
/// index by entity and as-of instant. Same features, same hash, whatever the number of threads was.</summary>
internal sealed class FeatureSetWriter(StagedFeatures features, FeatureSetKeys keys)
{
    private const int GroupRows = 512;
    private const int IndexEntries = 1024;

    /// <summary>Writes the file; it appears when it is complete.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public WrittenFeatures Write(string path, Guid id, IZoneSealer sealer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new SealedFileWriter(path, id, sealer);
        long Add(byte[] block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(block);
            return file.Add(block);
        }

        var columns = features.Columns.Select(column => new FeatureSetColumn(column.Name, column.Type, [.. column.Definition.Specials.Select(special => special.Value)])).ToArray();
        foreach (var column in columns) hash.AppendData(Encoding.UTF8.GetBytes($"{column.Name}:{column.Type}:{string.Join(',', column.Specials)}\n"));
        var texts = features.Columns.Select(column => IsText(column) ? new LocalTexts(column) : null).ToArray();
        var groups = Enumerable.Range(0, (features.Rows + GroupRows - 1) / GroupRows).Select(group => Add(Group(group, texts))).ToArray();
        var textsAt = texts.Select(local => local is null ? (long?)null : Add(local.Write())).ToArray();
        var index = Index(Add);
        var footer = new FeatureSetFooter(FeatureSetFooter.CurrentFormat, features.Rows, GroupRows, columns, textsAt, groups, index);
        var bytes = file.Finish(footer.Write());
        return new WrittenFeatures(new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset())), features.Rows, columns.Length, bytes, features.Rows == 0 ? null : keys.AsOf.Max());
    }

    internal static bool IsText(StagedColumn column) => column.Type is InputType.Category or InputType.Text;

    private byte[] Group(int group, LocalTexts?[] texts)
    {
        var (first, rows) = (group * GroupRows, Math.Min(GroupRows, features.Rows - (group * GroupRows)));
        var bytes = new byte[features.Columns.Count * rows * sizeof(double)];
        for (var column = 0; column < features.Columns.Count; column++)
        {
            var into = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(column * rows * sizeof(double), rows * sizeof(double)));
            var cells = features.Columns[column].Cells.AsSpan(first, rows);
            for (var i = 0; i < rows; i++)
            {
                var cell = texts[column] is { } local ? local.NumberOf(cells[i]) : cells[i];
                var bits = BitConverter.DoubleToUInt64Bits(cell);
                into[i] = BitConverter.IsLittleEndian ? bits : BinaryPrimitives.ReverseEndianness(bits);
            }
        }

        return bytes;
    }

    // Sorted by entity, then as-of instant, then row: what is known of an entity stands together, oldest first.
    private List<FeatureSetIndexBlock> Index(Func<byte[], long> add)
    {
        var order = Enumerable.Range(0, features.Rows).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(keys.Entities[a], keys.Entities[b]) is var sign and not 0 ? sign : keys.AsOf[a].CompareTo(keys.AsOf[b]) is var later and not 0 ? later : a.CompareTo(b));
        var blocks = new List<FeatureSetIndexBlock>();
        foreach (var part in order.Chunk(IndexEntries))
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes, Encoding.UTF8);
            writer.Write(part.Length);
            foreach (var row in part)
            {
                writer.Write(keys.Entities[row]);
                writer.Write(keys.AsOf[row]);
                writer.Write(row);
            }

            writer.Flush();
            blocks.Add(new FeatureSetIndexBlock(keys.Entities[part[0]], add(bytes.ToArray())));
        }

        return blocks;
    }

    /// <summary>The texts that a column uses, numbered in the order of its rows: pool numbers depend on which thread came first.</summary>
    private sealed class LocalTexts
    {
        private readonly StagedColumn _column;
        private readonly int[] _local;
        private readonly List<int> _used = [];

        public LocalTexts(StagedColumn column)
        {
            (_column, _local) = (column, new int[column.Pool!.Count]);
            Array.Fill(_local, -1);
            foreach (var cell in column.Cells)
            {
                if (double.IsNaN(cell) || _local[(int)cell] >= 0) continue;
                _local[(int)cell] = _used.Count;
                _used.Add((int)cell);
            }
        }

        public double NumberOf(double cell) => double.IsNaN(cell) ? cell : _local[(int)cell];

        public byte[] Write()
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes, Encoding.UTF8);
            writer.Write(_used.Count);
            foreach (var text in _used) writer.Write(Encoding.UTF8.GetString(_column.Pool!.TextOf(text)));
            writer.Flush();
            return bytes.ToArray();
        }
    }
}
