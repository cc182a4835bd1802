using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>What a written feature set is.</summary>
internal sealed record WrittenFeatures(ContentHash Hash, int Rows, int Columns, long Bytes, double? NewestAsOf);

/// <summary>Writes features as a file of encrypted blocks: groups of rows, column by column inside, then the texts of each column, then an
/// index by entity and as-of instant. Same features, same hash, whatever the number of threads was and wherever they were worked out.</summary>
internal static class FeatureSetWriter
{
    private const int GroupRows = 512;
    private const int IndexEntries = 1024;

    /// <summary>Writes the file; it appears when it is complete.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static WrittenFeatures Write(FeatureRows rows, string path, Guid id, IZoneSealer sealer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new SealedFileWriter(path, id, sealer);
        long Add(byte[] block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(block);
            return file.Add(block);
        }

        foreach (var column in rows.Columns) hash.AppendData(Encoding.UTF8.GetBytes($"{column.Name}:{column.Type}:{string.Join(',', column.Specials)}\n"));
        var groups = new List<long>();
        var cells = rows.Columns.Select(_ => new double[GroupRows]).ToArray();
        var total = 0;
        for (int read; (read = rows.Next(cells)) > 0; total = checked(total + read)) groups.Add(Add(Group(cells, read)));
        var texts = Enumerable.Range(0, rows.Columns.Count).Select(column => rows.TextsOf(column) is { } used ? (long?)Add(Texts(used)) : null).ToArray();
        var footer = new FeatureSetFooter(FeatureSetFooter.CurrentFormat, total, GroupRows, rows.Columns, texts, groups, Index(rows, total, Add));
        var bytes = file.Finish(footer.Write());
        return new WrittenFeatures(new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset())), total, rows.Columns.Count, bytes, total == 0 ? null : rows.AsOf.Max());
    }

    private static byte[] Group(double[][] cells, int rows)
    {
        var bytes = new byte[cells.Length * rows * sizeof(double)];
        for (var column = 0; column < cells.Length; column++)
        {
            var into = bytes.AsSpan(column * rows * sizeof(double));
            for (var row = 0; row < rows; row++) BinaryPrimitives.WriteDoubleLittleEndian(into[(row * sizeof(double))..], cells[column][row]);
        }

        return bytes;
    }

    // Sorted by entity, then as-of instant, then row: what is known of an entity stands together, oldest first.
    private static List<FeatureSetIndexBlock> Index(FeatureRows rows, int total, Func<byte[], long> add)
    {
        var (entities, asOf, order) = (rows.Entities, rows.AsOf, Enumerable.Range(0, total).ToArray());
        Array.Sort(order, (a, b) => string.CompareOrdinal(entities[a], entities[b]) is var sign and not 0 ? sign : asOf[a].CompareTo(asOf[b]) is var later and not 0 ? later : a.CompareTo(b));
        var blocks = new List<FeatureSetIndexBlock>();
        foreach (var part in order.Chunk(IndexEntries))
        {
            blocks.Add(new FeatureSetIndexBlock(entities[part[0]], add(Block(writer =>
            {
                writer.Write(part.Length);
                foreach (var row in part)
                {
                    writer.Write(entities[row]);
                    writer.Write(asOf[row]);
                    writer.Write(row);
                }
            }))));
        }

        return blocks;
    }

    private static byte[] Texts(IReadOnlyList<string> texts) => Block(writer =>
    {
        writer.Write(texts.Count);
        foreach (var text in texts) writer.Write(text);
    });

    private static byte[] Block(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return bytes.ToArray();
    }
}
