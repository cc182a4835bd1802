using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Run.Rollouts;

/// <summary>Rollouts in the reader's words.</summary>
public static class RolloutWords
{
    /// <summary>Tone of a state.</summary>
    public static Tone ToneOf(RolloutState state) => state switch
    {
        RolloutState.Running => Tone.Accent,
        RolloutState.Promoted => Tone.Favourable,
        RolloutState.RolledBack => Tone.Adverse,
        _ => Tone.Neutral,
    };

    /// <summary>Tone of a verdict.</summary>
    public static Tone ToneOf(GuardrailVerdict verdict) => verdict switch
    {
        GuardrailVerdict.Holds => Tone.Favourable,
        GuardrailVerdict.Broken => Tone.Adverse,
        _ => Tone.Outline,
    };

    /// <summary>A share in whole per cent.</summary>
    public static string ShareOf(int percent) => Formats.Percent(percent / 100.0, 0);

    /// <summary>Mode, with the share of a canary.</summary>
    public static string ModeOf(Rollout rollout) => rollout.Mode == RolloutMode.Canary ? Texts.T("rollout.modeOf", Words.Of(rollout.Mode), ShareOf(rollout.Share)) : Words.Of(rollout.Mode);

    /// <summary>A figure of a guardrail in its unit; a dash without one.</summary>
    public static string FigureOf(Guardrail guardrail, double? value, bool signed = false) => (guardrail, value) switch
    {
        (_, null) => Formats.Unknown,
        (Guardrail.Groups, { } ratio) => Formats.Number(ratio, 2),
        (Guardrail.Latency, { } milliseconds) => Texts.T("rollout.milliseconds", Formats.Number(milliseconds, milliseconds < 10 ? 1 : 0)),
        (Guardrail.Approval, { } gap) when signed => $"{Formats.Signed(100 * gap)} {Texts.T("rollout.unit.points")}",
        (_, { } share) => Formats.Percent(share),
    };

    /// <summary>A share; a dash without one.</summary>
    public static string Share(double? share) => share is { } known ? Formats.Percent(known) : Formats.Unknown;
}
