using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Issued scores against what became of them. A figure that the number of outcomes does not carry is left out.</summary>
internal static class PerformanceFigures
{
    private const int FewestOfEither = 10;
    private const int FewestForCalibration = 100;
    private const int Seed = 1;
    private const double Interval = 1.959963984540054;

    /// <summary>Figures of outcomes; null without any.</summary>
    /// <param name="outcomes">Scores with what became of them.</param>
    /// <param name="isOrdinal">Whether margins are those of an ordinal scale, which rise with the score; else they are log-odds of bad.</param>
    public static Performance? Of(IReadOnlyList<ObservedOutcome> outcomes, bool isOrdinal)
    {
        if (outcomes.Count == 0) return null;
        bool[] bad = [.. outcomes.Select(outcome => outcome.Bad)];
        double[] risks = [.. outcomes.Select(outcome => isOrdinal ? -outcome.Subject.Margin : outcome.Subject.Margin)];
        double[] probabilities = [.. outcomes.Select(outcome => outcome.Subject.Pd)];
        var (count, known) = (bad.Count(each => each), probabilities.All(double.IsFinite));
        return new Performance(
            outcomes.Count, count, known ? probabilities.Average() : null,
            risks.All(double.IsFinite) ? AucOf(risks, bad, count) : null,
            known && outcomes.Count >= FewestForCalibration ? CalibrationError.Of(probabilities, bad, Seed) : null);
    }

    private static AucWithInterval? AucOf(double[] risks, bool[] bad, int count)
    {
        if (count < FewestOfEither || bad.Length - count < FewestOfEither) return null;
        var estimate = DeLong.Of(risks, bad);
        var reach = Interval * estimate.StandardError;
        return new AucWithInterval(estimate.Auc, Math.Max(0, estimate.Auc - reach), Math.Min(1, estimate.Auc + reach));
    }
}
