using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Per leaf the distinct patterns of failed slots among background rows, each with its share of the rows.</summary>
internal sealed class BackgroundPatterns
{
    private readonly List<ulong> _failed = [];
    private readonly List<double> _share = [];
    private readonly List<int> _start = [0];

    /// <summary>Counts the patterns of all leaves, one tree at a time, so that memory stays small.</summary>
    public BackgroundPatterns(EnsemblePaths paths, FeatureMatrix background)
    {
        Rows = background.Rows;
        var nodes = paths.Ensemble.Nodes;
        var leaf = 0;
        for (var tree = 0; tree < paths.Ensemble.TreeCount; tree++)
        {
            var failed = FailedOfTree(paths, background, nodes.TreeStart[tree], nodes.TreeStart[tree + 1]);
            for (; leaf < paths.LeafNode.Length && paths.LeafNode[leaf] < nodes.TreeStart[tree + 1]; leaf++)
            {
                var patterns = failed.AsSpan((paths.LeafNode[leaf] - nodes.TreeStart[tree]) * Rows, Rows);
                patterns.Sort();
                AddLeaf(patterns);
            }
        }

        (Start, Failed, Share) = ([.. _start], [.. _failed], [.. _share]);
    }

    /// <summary>Number of background rows.</summary>
    public int Rows { get; }

    /// <summary>First pattern of each leaf, then the pattern count; shape [leaves + 1].</summary>
    public int[] Start { get; }

    /// <summary>Bits of failed slots of each pattern, rising within a leaf.</summary>
    public ulong[] Failed { get; }

    /// <summary>Share of the background rows with the pattern.</summary>
    public double[] Share { get; }

    private void AddLeaf(ReadOnlySpan<ulong> sorted)
    {
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from]) to++;
            _failed.Add(sorted[from]);
            _share.Add((to - from) / (double)Rows);
            from = to;
        }

        _start.Add(_failed.Count);
    }

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
}
