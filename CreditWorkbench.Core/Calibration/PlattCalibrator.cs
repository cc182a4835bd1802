namespace CreditWorkbench.Core.Calibration;

/// <summary>Affine map from raw margin to calibrated log-odds of bad: slope x margin + intercept, slope &gt; 0.</summary>
/// <param name="Slope">a of PRODUCT arithmetic, positive.</param>
/// <param name="Intercept">b.</param>
public sealed record PlattCalibrator(double Slope, double Intercept)
{
    /// <summary>Leaves margins as they are.</summary>
    public static PlattCalibrator Identity { get; } = new(1.0, 0.0);

    /// <summary>Calibrated log-odds of a margin.</summary>
    public double LogOdds(double margin) => Slope * margin + Intercept;
}
