using CreditWorkbench.Core.Calibration;

namespace CreditWorkbench.Core.Scoring;

/// <summary>PD of an ordinal score without a calibrator: how far z lies from the best class towards the worst, in [0, 1].</summary>
internal sealed class RawOrdinalPd(OrdinalScale scale) : IPdCalibrator
{
    public double Probability(double position) => Math.Clamp((scale.Anchors[0] - position) / (scale.Anchors[0] - scale.Anchors[^1]), 0, 1);
}
