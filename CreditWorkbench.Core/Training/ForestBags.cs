namespace CreditWorkbench.Core.Training;

/// <summary>Which rows each tree of a forest sees, and how often; drawn again from the tree's stream whenever asked.</summary>
internal sealed class ForestBags(int rows, ForestSettings settings, ulong seed, ulong purpose)
{
    private const int BlockRows = 4096;

    /// <summary>How often each row counts in a tree; shape [rows].</summary>
    public int[] TimesOf(int tree)
    {
        var times = new int[rows];
        if (!settings.Bootstrap)
        {
            Array.Fill(times, 1);
            return times;
        }

        var random = new RandomStream(seed, purpose, (ulong)tree);
        for (var i = 0; i < rows; i++) times[random.NextInt(rows)]++;
        return times;
    }

    /// <summary>Mean value per row over the trees that did not see it, in the order of trees; NaN where there is none.</summary>
    public double[] Estimate(GrownNode[] trees, BinnedMatrix matrix, int threads, CancellationToken cancellation)
    {
        var (sums, unseen) = (new double[rows], new int[rows]);
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var (root, times) = (trees[tree], TimesOf(tree));
            Work.Over((rows + BlockRows - 1) / BlockRows, threads, block =>
            {
                for (var row = block * BlockRows; row < Math.Min(rows, (block + 1) * BlockRows); row++)
                {
                    if (times[row] > 0) continue;
                    sums[row] += root.LeafOf(matrix.Bins.AsSpan(row * matrix.Stride, matrix.Stride)).Value;
                    unseen[row]++;
                }
            }, cancellation);
        }

        for (var row = 0; row < rows; row++) sums[row] = unseen[row] == 0 ? double.NaN : sums[row] / unseen[row];
        return sums;
    }
}
