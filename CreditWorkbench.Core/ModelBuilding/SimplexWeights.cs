using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Weights at least 0 with sum 1 that minimise the log-loss of a weighted sum of log-odds.</summary>
/// <remarks>The loss is convex in the weights. Each step moves weight from the member whose share raises the loss most to the one that
/// lowers it most, as far as Newton's step along that line says (pairwise Frank-Wolfe: Lacoste-Julien and Jaggi, 2015). The gap
/// between the two slopes bounds the distance to the least loss, so that the end is proved, not guessed.</remarks>
internal static class SimplexWeights
{
    private const int MaxSteps = 1_000;
    private const double Gap = 1e-7;

    /// <summary>Fits weights.</summary>
    /// <param name="logOdds">Calibrated log-odds of bad per member, shape [members][rows].</param>
    /// <param name="bad">Outcome per row.</param>
    /// <param name="rowWeights">Weight per row, above 0; null for ones.</param>
    /// <returns>Weight per member.</returns>
    public static double[] Fit(IReadOnlyList<double[]> logOdds, bool[] bad, double[]? rowWeights = null)
    {
        var shares = SharesOf(bad.Length, rowWeights);
        double[] weights = [.. Enumerable.Repeat(1.0 / logOdds.Count, logOdds.Count)];
        var blend = new double[bad.Length];
        for (var step = 0; step < MaxSteps; step++)
        {
            Mix(logOdds, weights, blend);
            double[] slopes = [.. logOdds.Select(member => Slope(member, blend, bad, shares))];
            var to = Array.IndexOf(slopes, slopes.Min());
            var from = Enumerable.Range(0, weights.Length).Where(member => weights[member] > 0.0).MaxBy(member => slopes[member]);
            if (slopes[from] - slopes[to] < Gap) break;
            var moved = Move(logOdds[from], logOdds[to], blend, bad, shares, slopes[from] - slopes[to], weights[from]);
            if (moved <= 0.0) break;
            weights[to] += moved;
            weights[from] = moved >= weights[from] ? 0.0 : weights[from] - moved;
        }

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>Mean log-loss of a weighted sum.</summary>
    public static double Loss(IReadOnlyList<double[]> logOdds, double[] weights, bool[] bad)
    {
        var blend = new double[bad.Length];
        Mix(logOdds, weights, blend);
        return Loss(blend, bad, SharesOf(bad.Length, null));
    }

    // How much each row counts; one for all, so that sums are divided by their number alone, without weights.
    private static double[] SharesOf(int rows, double[]? weights)
    {
        var shares = new double[rows];
        var mean = weights?.Average() ?? 1.0;
        for (var row = 0; row < rows; row++) shares[row] = weights is null ? 1.0 : weights[row] / mean;
        return shares;
    }

    private static void Mix(IReadOnlyList<double[]> logOdds, double[] weights, double[] blend)
    {
        Array.Clear(blend);
        for (var member = 0; member < weights.Length; member++)
        {
            for (var row = 0; row < blend.Length; row++) blend[row] += weights[member] * logOdds[member][row];
        }
    }

    // Derivative of the mean loss by the member's weight.
    private static double Slope(double[] member, double[] blend, bool[] bad, double[] shares)
    {
        var sum = 0.0;
        for (var row = 0; row < blend.Length; row++) sum += shares[row] * ((ReproducibleMath.Logistic(blend[row]) - (bad[row] ? 1.0 : 0.0)) * member[row]);
        return sum / blend.Length;
    }

    // Newton's step along the line, halved until the loss falls; 0 where it falls no more in floating point.
    private static double Move(double[] from, double[] to, double[] blend, bool[] bad, double[] shares, double gap, double most)
    {
        var curvature = 0.0;
        for (var row = 0; row < blend.Length; row++)
        {
            var (p, d) = (ReproducibleMath.Logistic(blend[row]), to[row] - from[row]);
            curvature += shares[row] * (p * (1.0 - p) * d * d);
        }

        var before = Loss(blend, bad, shares);
        var moved = new double[blend.Length];
        for (var step = Math.Min(most, gap / Math.Max(1e-300, curvature / blend.Length)); step > 1e-9; step /= 2.0)
        {
            for (var row = 0; row < moved.Length; row++) moved[row] = blend[row] + step * (to[row] - from[row]);
            if (Loss(moved, bad, shares) < before) return step;
        }

        return 0.0;
    }

    private static double Loss(double[] logOdds, bool[] bad, double[] shares)
    {
        var sum = 0.0;
        for (var row = 0; row < logOdds.Length; row++)
        {
            var signed = bad[row] ? -logOdds[row] : logOdds[row];
            sum += shares[row] * (Math.Max(signed, 0.0) + ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(signed))));
        }

        return sum / logOdds.Length;
    }
}
