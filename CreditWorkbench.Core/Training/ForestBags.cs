namespace CreditWorkbench.Core.Training;

/// <summary>Which rows each tree of a forest sees, and how often; drawn again from the tree's stream whenever asked.</summary>
internal sealed class ForestBags(int rows, double[]? weights, ForestSettings settings, ulong seed, ulong purpose)
{
    private const int BlockRows = 4096;
    private const ulong FractionPurpose = 0xF003;
    private readonly double[]? _ends = weights is null ? null : EndsOf(weights);

    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    /// <summary>How often each row counts in a tree.</summary>
    /// <param name="tree">Index of the tree.</param>
    /// <param name="times">Filled; shape [rows]; 0 for rows out of bag. With weights a row comes as often as its weight says. A row drawn more than 255 times counts 255 times.</param>
    public void Draw(int tree, byte[] times)
    {
        if (!settings.Bootstrap)
        {
            Array.Fill(times, (byte)1);
            return;
        }

        Array.Clear(times);
        if (_ends is not null)
        {
            DrawWeighted(tree, times, _ends);
            return;
        }

        var random = new RandomStream(seed, purpose, (ulong)tree);
        for (var i = 0; i < rows; i++)
        {
            ref var count = ref times[random.NextInt(rows)];
            if (count < byte.MaxValue) count++;
        }
    }

    // A draw lands on the line of all weights, in one of as many steps as the rows weigh together. Whole weights end at steps, so that the
    // step alone decides and repeated rows would have been drawn as often; the place inside a step comes from a stream of its own.
    private void DrawWeighted(int tree, byte[] times, double[] ends)
    {
        var draws = Math.Max(1, (int)Math.Min(int.MaxValue, Math.Round(ends[^1])));
        var (steps, fractions) = (new RandomStream(seed, purpose, (ulong)tree), new RandomStream(seed, FractionPurpose, (ulong)tree));
        var unit = ends[^1] / draws;
        for (var i = 0; i < draws; i++)
        {
            var place = (steps.NextInt(draws) + fractions.NextDouble()) * unit;
            var row = Array.BinarySearch(ends, place);
            row = Math.Min(rows - 1, row < 0 ? ~row : row + 1);
            if (times[row] < byte.MaxValue) times[row]++;
        }
    }

    private static double[] EndsOf(double[] weights)
    {
        var (ends, sum) = (new double[weights.Length], 0.0);
        for (var row = 0; row < ends.Length; row++) ends[row] = sum += weights[row];
        return ends;
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
