using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Calibration;

/// <summary>What rows must be like before anything is fitted on them.</summary>
internal static class CalibrationRows
{
    /// <summary>The first thing that stands in the way of a fit; null when nothing does.</summary>
    public static Problem? Fault(ReadOnlySpan<double> positions, ReadOnlySpan<bool> bad)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            if (!double.IsFinite(positions[i]))
                return new Problem("calibration.margin.not_finite", "A margin is not a finite number.") { Row = i + 1 };
        }

        return bad.Contains(true) && bad.Contains(false)
            ? null
            : new Problem("calibration.one_class", "The calibration rows hold one outcome only.") { Remedy = "Use more rows, or split by outcome." };
    }

    /// <summary>Throws unless there is no weight, or one above 0 per row.</summary>
    public static void DemandWeights(ReadOnlySpan<double> weights, int rows)
    {
        if (!weights.IsEmpty && weights.Length != rows) throw new ArgumentException($"Expected {rows} weights, got {weights.Length}.", nameof(weights));
        foreach (var weight in weights)
        {
            if (!(weight > 0.0)) throw new ArgumentException("A weight lies above 0.", nameof(weights));
        }
    }
}
