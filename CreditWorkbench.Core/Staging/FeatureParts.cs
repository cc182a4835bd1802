namespace CreditWorkbench.Core.Staging;

/// <summary>Lines of the feature file that come part by part and end up in one order.</summary>
/// <param name="folder">For the lines until then.</param>
/// <param name="rows">Rows of the whole file.</param>
internal sealed class FeatureParts(SpillFolder folder, int rows) : IDisposable
{
    private const int RowsAtOnce = 1024;
    private readonly int[] _partOfRank = new int[rows];
    private readonly List<(long From, long To)> _parts = [];
    private readonly SpillWriter _lines = new(folder.File("lines"));

    /// <summary>Adds the rows of a part.</summary>
    /// <param name="features">Rows in the order of the file.</param>
    /// <param name="ranks">Place of each row in the file, rising.</param>
    /// <param name="threads">Threads at most.</param>
    public void Add(StagedFeatures features, ReadOnlySpan<int> ranks, int threads)
    {
        var from = _lines.Length;
        foreach (var rank in ranks) _partOfRank[rank] = _parts.Count;
        var (blocks, window) = ((features.Rows + RowsAtOnce - 1) / RowsAtOnce, Math.Max(1, threads) * 2);
        var written = Enumerable.Range(0, window).Select(_ => (Lines: new FeatureLines(), Ends: new List<int>())).ToArray();
        for (var first = 0; first < blocks; first += window)
        {
            var (start, count) = (first, Math.Min(window, blocks - first));
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => Block(features, start + i, written[i].Lines, written[i].Ends));
            foreach (var (lines, ends) in written.AsSpan(0, count))
            {
                var at = 0;
                foreach (var end in ends)
                {
                    _lines.Add(end - at);
                    _lines.Add(lines.Written[at..end]);
                    at = end;
                }
            }
        }

        _parts.Add((from, _lines.Length));
    }

    /// <summary>Writes every row in order.</summary>
    /// <param name="target">Receives the lines.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public void Write(Stream target, CancellationToken cancellation)
    {
        _lines.Flush();
        using var file = File.OpenHandle(_lines.Path);
        var readers = _parts.Select(part => new SpillReader(file, part.From, part.To, 1 << 16)).ToArray();
        for (var rank = 0; rank < _partOfRank.Length; rank++)
        {
            if (rank % RowsAtOnce == 0) cancellation.ThrowIfCancellationRequested();
            var reader = readers[_partOfRank[rank]];
            target.Write(reader.Next(reader.Next<int>()));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static void Block(StagedFeatures features, int block, FeatureLines lines, List<int> ends)
    {
        lines.Clear();
        ends.Clear();
        for (var row = block * RowsAtOnce; row < Math.Min(features.Rows, (block + 1) * RowsAtOnce); row++)
        {
            lines.Add(features, row);
            ends.Add(lines.Written.Length);
        }
    }
}
