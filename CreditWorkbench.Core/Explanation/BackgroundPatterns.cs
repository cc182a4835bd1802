using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Per leaf the distinct patterns of failed slots among background rows, each with its share of the rows.</summary>
internal sealed class BackgroundPatterns
{
    private const int LowSlots = 32;

    private readonly uint[] _low;
    private readonly uint[] _high;
    private readonly int[] _count;

    /// <summary>Counts the patterns of all leaves, one tree at a time, so that memory stays small.</summary>
    public BackgroundPatterns(EnsemblePaths paths, FeatureMatrix background)
    {
        Rows = background.Rows;
        var nodes = paths.Ensemble.Nodes;
        var builder = new Builder();
        var leaf = 0;
        for (var tree = 0; tree < paths.Ensemble.TreeCount; tree++)
        {
            var failed = FailedOfTree(paths, background, nodes.TreeStart[tree], nodes.TreeStart[tree + 1]);
            for (; leaf < paths.LeafNode.Length && paths.LeafNode[leaf] < nodes.TreeStart[tree + 1]; leaf++)
            {
                var patterns = failed.AsSpan((paths.LeafNode[leaf] - nodes.TreeStart[tree]) * Rows, Rows);
                patterns.Sort();
                builder.AddLeaf(patterns);
            }
        }

        (Start, _low, _count) = ([.. builder.Start], [.. builder.Low], [.. builder.Count]);
        _high = builder.High.TrueForAll(bits => bits == 0) ? [] : [.. builder.High];
    }

    /// <summary>Number of background rows.</summary>
    public int Rows { get; }

    /// <summary>First pattern of each leaf, then the pattern count; shape [leaves + 1].</summary>
    public int[] Start { get; }

    /// <summary>Bits of failed slots of a pattern, rising within a leaf.</summary>
    public ulong Failed(int pattern) => _high.Length == 0 ? _low[pattern] : _low[pattern] | (ulong)_high[pattern] << LowSlots;

    /// <summary>Share of the background rows with a pattern.</summary>
    public double Share(int pattern) => _count[pattern] / (double)Rows;

    // Shape [nodes of the tree x rows]: parents come before children, so one sweep over the nodes is enough.
    private static ulong[] FailedOfTree(EnsemblePaths paths, FeatureMatrix background, int first, int end)
    {
        var (nodes, rows) = (paths.Ensemble.Nodes, background.Rows);
        var failed = new ulong[(end - first) * rows];
        for (var node = first; node < end; node++)
        {
            if (nodes.Feature[node] < 0) continue;
            var here = failed.AsSpan((node - first) * rows, rows);
            var left = failed.AsSpan((nodes.Left[node] - first) * rows, rows);
            var right = failed.AsSpan((nodes.Right[node] - first) * rows, rows);
            var values = background.Column(nodes.Feature[node]);
            var bit = 1UL << paths.NodeSlot[node];
            for (var row = 0; row < rows; row++)
            {
                var goesLeft = paths.Ensemble.GoesLeft(node, values[row]);
                left[row] = goesLeft ? here[row] : here[row] | bit;
                right[row] = goesLeft ? here[row] | bit : here[row];
            }
        }

        return failed;
    }

    // Two halves, because hardly any path has more than 32 slots and there are millions of patterns.
    private sealed class Builder
    {
        public List<int> Start { get; } = [0];

        public List<uint> Low { get; } = [];

        public List<uint> High { get; } = [];

        public List<int> Count { get; } = [];

        public void AddLeaf(ReadOnlySpan<ulong> sorted)
        {
            for (var from = 0; from < sorted.Length;)
            {
                var to = from + 1;
                while (to < sorted.Length && sorted[to] == sorted[from]) to++;
                Low.Add((uint)sorted[from]);
                High.Add((uint)(sorted[from] >> LowSlots));
                Count.Add(to - from);
                from = to;
            }

            Start.Add(Low.Count);
        }
    }
}
