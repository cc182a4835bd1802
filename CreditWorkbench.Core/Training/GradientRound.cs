using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Training;

/// <summary>Gradients and hessians of logistic loss for one round, in fixed point.</summary>
/// <remarks>The scales follow the last round's sums. What was packed is added up exactly; where that leaves the range that
/// <see cref="GradientSum"/> holds, or wastes more than two bits of it, the round is packed again with better scales.</remarks>
internal sealed class GradientRound(byte[] bad, double[]? weights, Crew crew)
{
    private const int BlockRows = 8192;
    private const int BatchRows = 512;

    /// <summary>Rows whose outcome is certain to thirty digits have nothing left to teach.</summary>
    private const float MostScale = 1e30f;

    private double _gradientScale = 1.0;
    private double _hessianScale = 1.0;

    /// <summary>Packed sums per row; rows that were not computed hold older values.</summary>
    public GradientSum[] Sums { get; } = new GradientSum[bad.Length];

    /// <summary>Computes the rows' sums at these margins.</summary>
    /// <param name="rows">Rows to compute.</param>
    /// <param name="margins">Log-odds per row of the matrix.</param>
    /// <returns>Gradient and hessian of one fixed-point step.</returns>
    public (double GradientUnit, double HessianUnit) Compute(ReadOnlyMemory<int> rows, float[] margins)
    {
        var blocks = (rows.Length + BlockRows - 1) / BlockRows;
        var (gradients, hessians) = (new long[blocks], new long[blocks]);
        while (true)
        {
            crew.Over(blocks, block =>
            {
                var first = block * BlockRows;
                (gradients[block], hessians[block]) = Pack(rows.Span.Slice(first, Math.Min(BlockRows, rows.Length - first)), margins);
            });

            // Whole numbers: their sum does not depend on the order of blocks, nor on the width of a register.
            var (gradientUsed, hessianUsed) = (gradients.Sum(), hessians.Sum());
            var units = (1.0 / _gradientScale, 1.0 / _hessianScale);
            var fits = Adjust(ref _gradientScale, gradientUsed) & Adjust(ref _hessianScale, hessianUsed);
            if (fits) return units;
        }
    }

    /// <summary>Aims a scale at fifteen sixteenths of the range.</summary>
    /// <returns>Whether what was packed lies between a quarter of the range and all of it, or can be brought no nearer.</returns>
    private static bool Adjust(ref double scale, long used)
    {
        var last = scale;
        scale = (float)Math.Min(scale * (int.MaxValue * (15.0 / 16.0) / Math.Max(1, used)), MostScale);
        return used <= int.MaxValue && (used >= int.MaxValue / 4 || last == MostScale);
    }

    private (long Gradients, long Hessians) Pack(ReadOnlySpan<int> rows, float[] margins)
    {
        Span<float> margin = stackalloc float[BatchRows], outcome = stackalloc float[BatchRows], weight = stackalloc float[BatchRows];
        Span<long> packed = stackalloc long[BatchRows];
        weight.Fill(1f);
        var (gradients, hessians) = (0L, 0L);
        for (var first = 0; first < rows.Length; first += BatchRows)
        {
            var batch = rows.Slice(first, Math.Min(BatchRows, rows.Length - first));
            var isRun = batch.Length == BatchRows && batch[^1] - batch[0] == BatchRows - 1;
            if (isRun) Copy(batch[0], margins, margin, outcome, weight);
            else Copy(batch, margins, margin, outcome, weight);
            var target = isRun ? MemoryMarshal.Cast<GradientSum, long>(Sums.AsSpan(batch[0], BatchRows)) : packed;
            var (gradientSteps, hessianSteps) = LogisticLanes.Pack(margin, outcome, weight, (float)_gradientScale, (float)_hessianScale, target);

            // Where a batch is not full, each place that is left over holds one step of hessian.
            (gradients, hessians) = (gradients + gradientSteps, hessians + hessianSteps - (BatchRows - batch.Length));
            for (var i = 0; !isRun && i < batch.Length; i++) Sums[batch[i]] = new GradientSum(packed[i]);
        }

        return (gradients, hessians);
    }

    /// <summary>Rows that follow each other.</summary>
    private void Copy(int first, float[] margins, Span<float> margin, Span<float> outcome, Span<float> weight)
    {
        margins.AsSpan(first, BatchRows).CopyTo(margin);
        var outcomes = bad.AsSpan(first, BatchRows);
        for (var i = 0; i < outcome.Length; i++) outcome[i] = outcomes[i];
        for (var i = 0; weights is not null && i < weight.Length; i++) weight[i] = (float)weights[first + i];
    }

    private void Copy(ReadOnlySpan<int> batch, float[] margins, Span<float> margin, Span<float> outcome, Span<float> weight)
    {
        for (var i = 0; i < batch.Length; i++)
            (margin[i], outcome[i], weight[i]) = (margins[batch[i]], bad[batch[i]], weights is null ? 1f : (float)weights[batch[i]]);
        margin[batch.Length..].Clear();
        outcome[batch.Length..].Clear();
        weight[batch.Length..].Clear();
    }
}
