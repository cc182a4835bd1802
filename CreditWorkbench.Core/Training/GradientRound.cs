using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>Gradients and hessians of logistic loss for one round, in fixed point.</summary>
internal sealed class GradientRound(byte[] bad, double[]? weights, int threads, CancellationToken cancellation)
{
    private const int BlockRows = 8192;

    private readonly float[] _gradient = new float[bad.Length];
    private readonly float[] _hessian = new float[bad.Length];

    /// <summary>Packed sums per row; rows that were not computed hold older values.</summary>
    public GradientSum[] Sums { get; } = new GradientSum[bad.Length];

    /// <summary>Computes the rows' sums at these margins.</summary>
    /// <param name="rows">Rows to compute.</param>
    /// <param name="margins">Log-odds per row of the matrix.</param>
    /// <returns>Gradient and hessian of one fixed-point step.</returns>
    /// <remarks>The scales keep the sum over all rows, rounding included, below 2^31; blocks are added up in their order.</remarks>
    public (double GradientUnit, double HessianUnit) Compute(int[] rows, double[] margins)
    {
        var blocks = (rows.Length + BlockRows - 1) / BlockRows;
        var (gradients, hessians) = (new double[blocks], new double[blocks]);
        Work.Over(blocks, threads, block => (gradients[block], hessians[block]) = Derive(Block(rows, block), margins), cancellation);
        var (gradientTotal, hessianTotal) = (0.0, 0.0);
        for (var block = 0; block < blocks; block++) (gradientTotal, hessianTotal) = (gradientTotal + gradients[block], hessianTotal + hessians[block]);

        var steps = int.MaxValue - 2.0 * rows.Length - 2.0;
        var (gradientScale, hessianScale) = (gradientTotal > 0 ? steps / gradientTotal : 1.0, hessianTotal > 0 ? steps / hessianTotal : 1.0);
        Work.Over(blocks, threads, block => Pack(Block(rows, block), gradientScale, hessianScale), cancellation);
        return (1.0 / gradientScale, 1.0 / hessianScale);
    }

    private static ArraySegment<int> Block(int[] rows, int block) =>
        new(rows, block * BlockRows, Math.Min(BlockRows, rows.Length - block * BlockRows));

    private (double Gradients, double Hessians) Derive(ReadOnlySpan<int> rows, double[] margins)
    {
        var (gradients, hessians) = (0.0, 0.0);
        foreach (var row in rows)
        {
            var p = ReproducibleMath.Logistic(margins[row]);
            var weight = weights is null ? 1.0 : weights[row];
            var gradient = (float)(weight * (p - bad[row]));
            var hessian = (float)(weight * p * (1.0 - p));
            (_gradient[row], _hessian[row]) = (gradient, hessian);
            gradients += Math.Abs(gradient);
            hessians += hessian;
        }

        return (gradients, hessians);
    }

    private void Pack(ReadOnlySpan<int> rows, double gradientScale, double hessianScale)
    {
        foreach (var row in rows)
        {
            var gradient = (int)Math.Round(_gradient[row] * gradientScale);
            var hessian = 1U + (uint)(_hessian[row] * hessianScale);
            Sums[row] = new GradientSum(gradient, hessian);
        }
    }
}
