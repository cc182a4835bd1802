namespace CreditWorkbench.Core.Calibration;

/// <summary>A second calibrator that gives the PD where the score scale's own is not issued: monotone in the position.</summary>
public interface IPdCalibrator
{
    /// <summary>Probability of bad at a position: calibrated log-odds for binary models, z for ordinal ones.</summary>
    double Probability(double position);
}
