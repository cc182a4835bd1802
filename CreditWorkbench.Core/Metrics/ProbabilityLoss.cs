namespace CreditWorkbench.Core.Metrics;

/// <summary>Proper scoring rules: how far probabilities are from outcomes, row by row. Lower is better.</summary>
public static class ProbabilityLoss
{
    // Half-open distance of the double next below 1: keeps log finite and is what common libraries clip with.
    private const double Edge = 2.220446049250313e-16;

    /// <summary>Brier score: mean squared gap between probability and outcome, in [0, 1].</summary>
    /// <param name="probabilities">PD per row, shape [n], n &gt;= 1, in [0, 1].</param>
    /// <param name="bad">Outcome per row, shape [n], same order.</param>
    /// <exception cref="ArgumentException">Lengths differ or no row.</exception>
    /// <remarks>Brier (1950).</remarks>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> bad)
    {
        Check(probabilities, bad);
        var sum = 0.0;
        for (var i = 0; i < bad.Length; i++)
        {
            var gap = probabilities[i] - (bad[i] ? 1.0 : 0.0);
            sum += gap * gap;
        }

        return sum / bad.Length;
    }

    /// <summary>Log-loss: mean of -log of the probability given to what happened, in nats; probabilities are kept one
    /// machine epsilon away from 0 and 1.</summary>
    /// <param name="probabilities">PD per row, shape [n], n &gt;= 1, in [0, 1].</param>
    /// <param name="bad">Outcome per row, shape [n], same order.</param>
    /// <exception cref="ArgumentException">Lengths differ or no row.</exception>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> bad)
    {
        Check(probabilities, bad);
        var sum = 0.0;
        for (var i = 0; i < bad.Length; i++)
        {
            var inside = Math.Clamp(probabilities[i], Edge, 1.0 - Edge);
            sum -= Math.Log(bad[i] ? inside : 1.0 - inside);
        }

        return sum / bad.Length;
    }

    private static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> bad)
    {
        if (probabilities.Length != bad.Length || bad.Length == 0)
            throw new ArgumentException($"{probabilities.Length} probabilities, {bad.Length} outcomes; at least one of each.", nameof(bad));
    }
}
