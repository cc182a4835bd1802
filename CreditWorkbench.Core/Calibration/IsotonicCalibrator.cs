namespace CreditWorkbench.Core.Calibration;

/// <summary>Monotone step-free map (linear between knots, flat outside) from a position to a probability of bad.</summary>
/// <param name="Positions">Knots, strictly rising; calibrated log-odds for binary models, z for ordinal ones.</param>
/// <param name="Probabilities">Probability at each knot, in [1/(2n), 1 - 1/(2n)]; monotone (rising in log-odds, falling in z).</param>
public sealed record IsotonicCalibrator(double[] Positions, double[] Probabilities) : IPdCalibrator
{
    /// <inheritdoc/>
    public double Probability(double position)
    {
        var index = Array.BinarySearch(Positions, position);
        if (index >= 0) return Probabilities[index];
        var above = ~index;
        if (above == 0) return Probabilities[0];
        if (above == Positions.Length) return Probabilities[^1];
        var share = (position - Positions[above - 1]) / (Positions[above] - Positions[above - 1]);
        return Probabilities[above - 1] + share * (Probabilities[above] - Probabilities[above - 1]);
    }
}
