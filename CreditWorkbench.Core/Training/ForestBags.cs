namespace CreditWorkbench.Core.Training;

/// <summary>Which rows each tree of a forest sees, and how often; drawn again from the tree's stream whenever asked.</summary>
internal sealed class ForestBags(int rows, ForestSettings settings, ulong seed, ulong purpose)
{
    private const int BlockRows = 4096;

    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    /// <summary>How often each row counts in a tree.</summary>
    /// <param name="tree">Index of the tree.</param>
    /// <param name="times">Filled; shape [rows]; 0 for rows out of bag. A row drawn more than 255 times counts 255 times.</param>
    public void Draw(int tree, byte[] times)
    {
        if (!settings.Bootstrap)
        {
            Array.Fill(times, (byte)1);
            return;
        }

        Array.Clear(times);
        var random = new RandomStream(seed, purpose, (ulong)tree);
        for (var i = 0; i < rows; i++)
        {
            ref var count = ref times[random.NextInt(rows)];
            if (count < byte.MaxValue) count++;
        }
    }

    /// <summary>Mean value per row over the trees that did not see it, in the order of trees; NaN where there is none.</summary>
    public double[] Estimate(GrownNode[] trees, BinnedMatrix matrix, int threads, CancellationToken cancellation)
    {
        var (sums, unseen, times) = (new double[rows], new int[rows], new byte[rows]);
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var root = trees[tree];
            Draw(tree, times);
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
