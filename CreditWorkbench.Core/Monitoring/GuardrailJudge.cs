using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Holds figures of a rollout against its limits. A limit is broken only where it is exceeded, chance does not explain it, and the champion
/// does better in the same window.</summary>
/// <remarks>The rolling window is looked at again and again, so chance is held to one in a thousand, not one in twenty. Both sides of a shadow see the
/// same cases; taking them as independent then overstates the chance of a difference, which only makes the judge slower.</remarks>
public static class GuardrailJudge
{
    /// <summary>Chance below which a difference is believed.</summary>
    public const double Chance = 0.001;

    /// <summary>Attempts that are needed before errors are judged: a challenger that fails always is stopped early.</summary>
    public const int FewestRuns = 20;

    private const int FewestErrors = 5;
    private const double Deviations = 3.090232306167813; // one-sided quantile of the normal distribution at Chance

    /// <summary>Judges every limit, in the order of <see cref="Guardrail"/>.</summary>
    public static IReadOnlyList<GuardrailReading> Judge(RolloutGuardrails limits, RolloutFigures figures) =>
        [Approval(limits, figures), Groups(limits, figures), Errors(limits, figures), Latency(limits, figures)];

    private static GuardrailReading Approval(RolloutGuardrails limits, RolloutFigures figures)
    {
        var (champion, challenger) = (figures.Champion, figures.Challenger);
        var cases = Math.Min(champion.Cases, challenger.Cases);
        var reading = new GuardrailReading(
            Guardrail.Approval, GuardrailVerdict.Waiting, champion.ApprovalRate, challenger.ApprovalRate, challenger.ApprovalRate - champion.ApprovalRate, limits.ApprovalGap, null, cases, limits.MinimumCases);
        if (cases < limits.MinimumCases) return reading;
        var compared = RateComparison.Of((int)challenger.Approved, (int)challenger.Cases, (int)champion.Approved, (int)champion.Cases);
        return reading with { PValue = compared.PValue, Verdict = Broken(Math.Abs(compared.Difference) > limits.ApprovalGap && compared.PValue < Chance) };
    }

    private static GuardrailReading Groups(RolloutGuardrails limits, RolloutFigures figures)
    {
        var reading = new GuardrailReading(Guardrail.Groups, GuardrailVerdict.Waiting, null, null, null, limits.GroupRatio, null, figures.Compared, limits.MinimumCases);
        var judged = figures.Groups.Where(group => group.Challenger.Ratio is not null).ToList();
        if (figures.Compared < limits.MinimumCases || judged.Count == 0) return reading;
        var worst = judged.Where(group => IsBroken(limits, group)).DefaultIfEmpty(judged.MinBy(group => group.Challenger.Ratio)!).MinBy(group => group.Challenger.Ratio)!;
        return reading with
        {
            Verdict = Broken(IsBroken(limits, worst)),
            Champion = worst.Champion.Ratio,
            Challenger = worst.Challenger.Ratio,
            Value = worst.Challenger.Ratio,
            PValue = worst.Challenger.PValue,
            Group = worst,
        };
    }

    private static bool IsBroken(RolloutGuardrails limits, GroupFigures group) =>
        group.Challenger.Ratio < limits.GroupRatio && group.Challenger.PValue < Chance && !(group.Champion.Ratio <= group.Challenger.Ratio);

    private static GuardrailReading Errors(RolloutGuardrails limits, RolloutFigures figures)
    {
        var (champion, challenger) = (figures.Champion, figures.Challenger);
        var reading = new GuardrailReading(
            Guardrail.Errors, GuardrailVerdict.Waiting, champion.ErrorShare, challenger.ErrorShare, challenger.ErrorShare, limits.ErrorShare, null, challenger.Runs, FewestRuns);
        if (challenger.Runs < FewestRuns) return reading;
        var p = BetaDistribution.BinomialUpper((int)challenger.Errors, (int)challenger.Runs, limits.ErrorShare);
        var worse = challenger.ErrorShare > (champion.ErrorShare ?? 0.0);
        return reading with { PValue = p, Verdict = Broken(challenger.Errors >= FewestErrors && challenger.ErrorShare > limits.ErrorShare && p < Chance && worse) };
    }

    private static GuardrailReading Latency(RolloutGuardrails limits, RolloutFigures figures)
    {
        var (champion, challenger) = (figures.Champion, figures.Challenger);
        var reading = new GuardrailReading(
            Guardrail.Latency, GuardrailVerdict.Waiting, champion.LatencyMilliseconds, challenger.LatencyMilliseconds, challenger.LatencyMilliseconds, limits.LatencyMilliseconds, null,
            challenger.Cases, limits.MinimumCases);
        if (challenger.Cases < limits.MinimumCases) return reading;
        var slower = champion.LatencyMilliseconds is not { } usual || challenger.LatencyMilliseconds > usual;
        return reading with { Verdict = Broken(challenger.LatencyAtLeast(Deviations) > limits.LatencyMilliseconds && slower) };
    }

    private static GuardrailVerdict Broken(bool broken) => broken ? GuardrailVerdict.Broken : GuardrailVerdict.Holds;
}
