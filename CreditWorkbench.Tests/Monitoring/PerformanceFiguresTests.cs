using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

/// <summary>Scores against outcomes, beside pairs counted one by one.</summary>
public sealed class PerformanceFiguresTests
{
    [Fact]
    public void Of_ManyOutcomes_EqualsCountedPairsAndTheVarianceOfTheirPlacements()
    {
        var outcomes = Outcomes(400, seed: 3);

        var performance = PerformanceFigures.Of(outcomes, isOrdinal: false)!;

        var (bad, good) = (Margins(outcomes, true), Margins(outcomes, false));
        double[] ofBad = [.. bad.Select(b => good.Average(g => b > g ? 1.0 : b == g ? 0.5 : 0.0))];
        double[] ofGood = [.. good.Select(g => bad.Average(b => b > g ? 1.0 : b == g ? 0.5 : 0.0))];
        var error = Math.Sqrt(Variance(ofBad) / bad.Length + Variance(ofGood) / good.Length);
        Assert.Equal(ofBad.Average(), performance.Auc!.Value, 1e-12);
        Assert.Equal(ofBad.Average() - 1.959963984540054 * error, performance.Auc.Low, 1e-9);
        Assert.Equal((outcomes.Count, bad.Length, (double)bad.Length / 400), (performance.Outcomes, performance.Bad, performance.BadRate));
        Assert.Equal(outcomes.Average(outcome => outcome.Subject.Pd), performance.MeanPd!.Value, 1e-12);
        Assert.Equal(CalibrationByHand(outcomes), performance.Calibration!.Value, 1e-12);
        Assert.InRange(performance.Calibration.Value, 0, performance.Calibration.NullLimit);
    }

    [Fact]
    public void Of_AnOrdinalScale_RanksTheOtherWay()
    {
        var outcomes = Outcomes(400, seed: 3);

        var (odds, ordinal) = (PerformanceFigures.Of(outcomes, isOrdinal: false)!.Auc!, PerformanceFigures.Of(outcomes, isOrdinal: true)!.Auc!);

        Assert.Equal(1 - odds.Value, ordinal.Value, 1e-12);
        Assert.Equal(1 - odds.High, ordinal.Low, 1e-9);
    }

    [Fact]
    public void Of_FewOutcomes_LeavesFiguresOutThatTheyDoNotCarry()
    {
        var outcomes = Outcomes(400, seed: 3);

        var few = PerformanceFigures.Of([.. outcomes.Where(outcome => outcome.Bad).Take(9), .. outcomes.Where(outcome => !outcome.Bad).Take(80)], isOrdinal: false)!;

        Assert.Equal((89, 9), (few.Outcomes, few.Bad));
        Assert.Null(few.Auc);
        Assert.Null(few.Calibration);
        Assert.Null(PerformanceFigures.Of([], isOrdinal: false));
    }

    [Fact]
    public void Of_AScoreWithoutPd_HasNoMeanAndNoCalibration()
    {
        var outcomes = Outcomes(400, seed: 3);

        var performance = PerformanceFigures.Of([outcomes[0] with { Subject = outcomes[0].Subject with { Pd = double.NaN } }, .. outcomes.Skip(1)], isOrdinal: false)!;

        Assert.Null(performance.MeanPd);
        Assert.Null(performance.Calibration);
        Assert.NotNull(performance.Auc);
    }

    // Outcomes drawn from their own PDs, so that calibration is perfect but for chance.
    private static List<ObservedOutcome> Outcomes(int count, long seed)
    {
        var outcomes = new List<ObservedOutcome>(count);
        for (var i = 0; i < count; i++)
        {
            var margin = Math.Round(4 * Samples.Next(ref seed) - 3, 2);
            var pd = 1 / (1 + Math.Exp(-margin));
            var subject = new OutcomeSubject(OutcomeKind.Application, Guid.CreateVersion7(), null, "trust", ContentHash.Of("release"), "trust@1", DateTimeOffset.UnixEpoch, margin, 600, pd);
            outcomes.Add(new ObservedOutcome(Guid.CreateVersion7(), subject, Samples.Next(ref seed) < pd, DateTimeOffset.UnixEpoch, Guid.Empty, DateTimeOffset.UnixEpoch, true));
        }

        return outcomes;
    }

    private static double[] Margins(List<ObservedOutcome> outcomes, bool bad) => [.. outcomes.Where(outcome => outcome.Bad == bad).Select(outcome => outcome.Subject.Margin)];

    private static double Variance(double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);

    // Ten bins of forty rows; rows of equal PD stay together, so a bin ends where the PD changes.
    private static double CalibrationByHand(List<ObservedOutcome> outcomes)
    {
        var sorted = outcomes.OrderBy(outcome => outcome.Subject.Pd).ToList();
        var (sum, start) = (0.0, 0);
        for (var bin = 1; bin <= 10; bin++)
        {
            var end = bin * sorted.Count / 10;
            while (end > start && end < sorted.Count && sorted[end].Subject.Pd == sorted[end - 1].Subject.Pd) end++;
            if (end <= start) continue;
            var rows = sorted[start..end];
            sum += Math.Abs(rows.Sum(row => row.Subject.Pd) - rows.Count(row => row.Bad));
            start = end;
        }

        return sum / sorted.Count;
    }
}
