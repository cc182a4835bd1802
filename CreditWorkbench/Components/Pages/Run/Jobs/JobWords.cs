using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Run.Jobs;

/// <summary>Jobs in the reader's words.</summary>
public static class JobWords
{
    /// <summary>Where a job stands; a running one that was asked to stop says so.</summary>
    public static string StateOf(Job job) => Texts.T(job is { CancelRequested: true, EndedAt: null } ? "jobs.cancelling" : $"JobState.{job.State}");

    /// <summary>Tone of where a job stands.</summary>
    public static Tone ToneOf(Job job) => job.State switch
    {
        JobState.Completed => Tone.Favourable,
        JobState.Failed => Tone.Adverse,
        JobState.Running => Tone.Accent,
        JobState.Queued => Tone.Outline,
        _ => Tone.Neutral,
    };

    /// <summary>What kind of work it is.</summary>
    public static string KindOf(Job job) => Texts.TOr("jobs.kind." + job.Kind, job.Kind);

    /// <summary>The phase in which it is; "waits for a worker" before the first.</summary>
    public static string PhaseOf(Job job) => job.Phase.Length == 0 ? Texts.T(job.State == JobState.Queued ? "jobs.waits" : "jobs.starts") : Texts.TOr($"jobs.phase.{job.Phase}", job.Phase);

    /// <summary>Whether it can still be called off.</summary>
    public static bool CanCancel(Job job) => job is { EndedAt: null, CancelRequested: false };
}
