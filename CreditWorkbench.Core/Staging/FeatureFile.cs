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
        Write([.. features.Columns.Select(column => column.Name)], path, file => Rows(features, file, threads, cancellation));
    }

    /// <summary>Writes a file whose rows somebody else writes.</summary>
    /// <param name="columns">Names for the first line.</param>
    /// <param name="path">Target.</param>
    /// <param name="rows">Writes the lines behind it.</param>
    internal static void Write(IReadOnlyList<string> columns, string path, Action<Stream> rows)
    {
        var part = path + ".part";
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                file.Write(FeatureLines.Header(columns));
                rows(file);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static void Rows(StagedFeatures features, Stream file, int threads, CancellationToken cancellation)
    {
        var blocks = (features.Rows + RowsPerBlock - 1) / RowsPerBlock;
        var buffers = Enumerable.Range(0, Math.Max(1, threads * 4)).Select(_ => new FeatureLines()).ToArray();
        for (var first = 0; first < blocks; first += buffers.Length)
        {
            var count = Math.Min(buffers.Length, blocks - first);
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => Block(features, first + i, buffers[i]));
            for (var i = 0; i < count; i++) file.Write(buffers[i].Written);
        }
    }

    private static void Block(StagedFeatures features, int block, FeatureLines lines)
    {
        lines.Clear();
        for (var row = block * RowsPerBlock; row < Math.Min(features.Rows, (block + 1) * RowsPerBlock); row++) lines.Add(features, row);
    }
}
