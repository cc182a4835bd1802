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
    public static Performance? Of(IReadOnlyList<ObservedOutcome> outcomes)
    {
        if (outcomes.Count == 0) return null;
        bool[] bad = [.. outcomes.Select(outcome => outcome.Bad)];
        double[] margins = [.. outcomes.Select(outcome => outcome.Subject.Margin)];
        double[] probabilities = [.. outcomes.Select(outcome => outcome.Subject.Pd)];
        var (count, known) = (bad.Count(each => each), probabilities.All(double.IsFinite));
        return new Performance(
            outcomes.Count, count, known ? probabilities.Average() : null,
            margins.All(double.IsFinite) ? AucOf(margins, bad, count) : null,
            known && outcomes.Count >= FewestForCalibration ? CalibrationError.Of(probabilities, bad, Seed) : null);
    }

    private static AucWithInterval? AucOf(double[] margins, bool[] bad, int count)
    {
        if (count < FewestOfEither || bad.Length - count < FewestOfEither) return null;
        var estimate = DeLong.Of(margins, bad);
        var reach = Interval * estimate.StandardError;
        return new AucWithInterval(estimate.Auc, Math.Max(0, estimate.Auc - reach), Math.Min(1, estimate.Auc + reach));
    }
}
