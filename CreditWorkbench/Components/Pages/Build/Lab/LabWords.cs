using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>Names and figures of the lab in the reader's language.</summary>
public static class LabWords
{
    /// <summary>Name of a family.</summary>
    public static string Family(string family) => Texts.TOr("lab.family." + family, family);

    /// <summary>Name of a kind of finding.</summary>
    public static string Kind(string kind) => Texts.TOr("lab.kind." + kind, kind);

    /// <summary>What rows weigh, as a line.</summary>
    public static string Weights(RowWeighting weights) =>
        Texts.T("weights.rowsText", weights.Column, Formats.Number(weights.Least, 2), Formats.Number(weights.Most, 2), Formats.Integer((long)Math.Round(weights.EffectiveRows)));

    /// <summary>Name of a part.</summary>
    public static string Part(LabPart part) => Texts.T("lab.part." + part);

    /// <summary>Where a run stands.</summary>
    public static string State(JobState? state) => Texts.T("lab.state." + (state?.ToString() ?? "None"));

    /// <summary>Tone of where a run stands.</summary>
    public static Tone ToneOf(JobState? state) => state switch
    {
        JobState.Completed => Tone.Favourable,
        JobState.Running => Tone.Accent,
        JobState.Queued => Tone.Outline,
        JobState.Failed => Tone.Adverse,
        _ => Tone.Neutral,
    };

    /// <summary>A value with its interval: <c>0.842 (0.826 to 0.857)</c>.</summary>
    public static string Interval(double value, double low, double high, int decimals = 3) =>
        Texts.T("lab.interval", Formats.Number(value, decimals), Formats.Number(low, decimals), Formats.Number(high, decimals));

    /// <summary>A value that may be missing.</summary>
    public static string Number(double? value, int decimals = 3) => value is { } known && double.IsFinite(known) ? Formats.Number(known, decimals) : Formats.Unknown;

    /// <summary>A share that may be missing.</summary>
    public static string Share(double? value, int decimals = 1) => value is { } known && double.IsFinite(known) ? Formats.Percent(known, decimals) : Formats.Unknown;

    /// <summary>A chance: three decimals, or that it lies below a thousandth.</summary>
    public static string Chance(double? p) => p is not { } known ? Formats.Unknown : known < 0.001 ? Texts.T("lab.below", Formats.Number(0.001, 3)) : Formats.Number(known, 3);

    /// <summary>Time of work: <c>1 min 36 s</c>.</summary>
    public static string Seconds(double seconds) => seconds < 60
        ? Texts.T("lab.seconds", Formats.Number(seconds, seconds < 10 ? 1 : 0))
        : Texts.T("lab.minutes", Formats.Integer((long)(seconds / 60)), Formats.Integer((long)(seconds % 60)));

    /// <summary>Name of a metric.</summary>
    public static string Metric(string metric) => Texts.TOr("lab.metric." + metric, metric);

    /// <summary>What the figures of a group allow to say.</summary>
    public static (string Text, Tone Tone) Verdict(GroupFairness group, bool isReference) => isReference
        ? (Texts.T("lab.fair.reference"), Tone.Neutral)
        : group.Verdict switch
        {
            FairnessVerdict.WithinFourFifths => (Texts.T("lab.fair.within"), Tone.Neutral),
            FairnessVerdict.AdverseImpact => (Texts.T("lab.fair.adverse"), Tone.Adverse),
            _ => (Texts.T("lab.fair.insufficient"), Tone.Outline),
        };

    /// <summary>Tone of a finding.</summary>
    public static Tone ToneOf(LeakageFinding finding, bool acknowledged) =>
        acknowledged ? Tone.Neutral : finding.Severity == LeakageSeverity.Error ? Tone.Adverse : Tone.Caution;

    /// <summary>Last line of exported tables: run, data, seed, program.</summary>
    public static string Origin(LabRecord record, string what) => Texts.T(
        "lab.origin", record.Request.Title, what, record.DataName, record.Facts.DataHash.Short, record.Request.Seed, record.Facts.CodeVersion);
}
