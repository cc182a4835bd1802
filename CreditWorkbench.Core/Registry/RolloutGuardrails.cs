using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Limits within which a challenger may run. Every limit is judged with its significance, so a few unlucky cases change nothing.</summary>
public sealed record RolloutGuardrails
{
    /// <summary>Hours that a judgement looks back, in [1, 720].</summary>
    public int WindowHours { get; init; } = 24;
    /// <summary>Cases that each arm needs before approval, groups and latency are judged, in [20, 100,000].</summary>
    public int MinimumCases { get; init; } = 200;
    /// <summary>Largest difference of the approval rates, either way, in (0, 1].</summary>
    public double ApprovalGap { get; init; } = 0.05;
    /// <summary>Least ratio of a group's approval rate to that of the best group, in (0, 1].</summary>
    public double GroupRatio { get; init; } = 0.8;
    /// <summary>Largest share of cases on which the challenger fails, in (0, 1].</summary>
    public double ErrorShare { get; init; } = 0.01;
    /// <summary>Largest 95th percentile of the time to score and explain, milliseconds, in [1, 60,000].</summary>
    public double LatencyMilliseconds { get; init; } = 100;
    /// <summary>Judgements in a row that must find a limit broken before the challenger is rolled back, in [1, 10].</summary>
    public int Confirmations { get; init; } = 2;

    /// <summary>Every limit that is out of its range: <c>rollout.guardrail</c>.</summary>
    public IReadOnlyList<Problem> Check() =>
    [
        .. Fault(nameof(WindowHours), WindowHours, 1, 720), .. Fault(nameof(MinimumCases), MinimumCases, 20, 100_000),
        .. Fault(nameof(ApprovalGap), ApprovalGap, 0.001, 1), .. Fault(nameof(GroupRatio), GroupRatio, 0.001, 1),
        .. Fault(nameof(ErrorShare), ErrorShare, 0.0001, 1), .. Fault(nameof(LatencyMilliseconds), LatencyMilliseconds, 1, 60_000),
        .. Fault(nameof(Confirmations), Confirmations, 1, 10),
    ];

    /// <summary>Limits that differ from those before, in words for the trail: <c>groupRatio 0.8 to 0.7</c>.</summary>
    public IReadOnlyList<string> ChangesFrom(RolloutGuardrails before) =>
    [
        .. Change("windowHours", before.WindowHours, WindowHours), .. Change("minimumCases", before.MinimumCases, MinimumCases), .. Change("approvalGap", before.ApprovalGap, ApprovalGap),
        .. Change("groupRatio", before.GroupRatio, GroupRatio), .. Change("errorShare", before.ErrorShare, ErrorShare), .. Change("latencyMilliseconds", before.LatencyMilliseconds, LatencyMilliseconds),
        .. Change("confirmations", before.Confirmations, Confirmations),
    ];

    /// <summary>Whether any limit would stop a challenger later than before. Another window is no stricter, whichever way it changes.</summary>
    public bool IsLooserThan(RolloutGuardrails before) =>
        WindowHours != before.WindowHours || MinimumCases > before.MinimumCases || ApprovalGap > before.ApprovalGap || GroupRatio < before.GroupRatio
        || ErrorShare > before.ErrorShare || LatencyMilliseconds > before.LatencyMilliseconds || Confirmations > before.Confirmations;

    private static IEnumerable<string> Change(string name, double before, double after)
    {
        if (before != after) yield return FormattableString.Invariant($"{name} {before} to {after}");
    }

    private static IEnumerable<Problem> Fault(string name, double value, double least, double most)
    {
        if (value >= least && value <= most) yield break;
        var field = char.ToLowerInvariant(name[0]) + name[1..];
        yield return new Problem("rollout.guardrail", FormattableString.Invariant($"{field} is {value}. Allowed: {least} to {most}.")) { Field = field };
    }
}
