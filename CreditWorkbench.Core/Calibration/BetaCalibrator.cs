using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Calibration;

/// <summary>Beta calibration of a probability p = logistic(log-odds): logit of the result = A ln p - B ln(1 - p) + C, which no value of A
/// and B at or above 0 makes fall. A = B = 1, C = 0 changes nothing.</summary>
/// <param name="A">Weight of the low end, at least 0.</param>
/// <param name="B">Weight of the high end, at least 0.</param>
/// <param name="C">Shift.</param>
/// <param name="Rows">n of the rows fitted on; the result is kept in [1/(2n), 1 - 1/(2n)].</param>
/// <remarks>Kull, Silva Filho and Flach (2017).</remarks>
public sealed record BetaCalibrator(double A, double B, double C, int Rows) : IPdCalibrator
{
    /// <inheritdoc/>
    public double Probability(double position)
    {
        var edge = 1.0 / (2.0 * Rows);
        return Math.Clamp(ReproducibleMath.Logistic(A * LogOfProbability(position) + B * LogOfProbabilityLess(position) + C), edge, 1.0 - edge);
    }

    /// <summary>ln p, at most 0.</summary>
    internal static double LogOfProbability(double logOdds) => -Softplus(-logOdds);

    /// <summary>-ln(1 - p), at least 0.</summary>
    internal static double LogOfProbabilityLess(double logOdds) => Softplus(logOdds);

    private static double Softplus(double x) => Math.Max(x, 0.0) + ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(x)));
}
