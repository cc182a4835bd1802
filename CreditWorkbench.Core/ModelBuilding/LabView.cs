using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A run in the list.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">Where its job stands; null where the job is gone.</param>
/// <param name="Registered">Candidates in the registry.</param>
public sealed record LabLine(LabRun Run, JobState? State, IReadOnlyList<LabRegistration> Registered);

/// <summary>A run with what stands beside it now.</summary>
/// <param name="Run">The run.</param>
/// <param name="Job">Its job; null where it is gone.</param>
/// <param name="Acknowledged">Acknowledged findings, oldest first.</param>
/// <param name="Registered">Candidates in the registry, oldest first.</param>
public sealed record LabView(LabRun Run, Job? Job, IReadOnlyList<LabAcknowledgement> Acknowledged, IReadOnlyList<LabRegistration> Registered)
{
    /// <summary>What its page shows while it works.</summary>
    public LabCheckpoint Checkpoint => LabCheckpoint.Read(Job?.Checkpoint);

    /// <summary>Whether a worker has it, or will.</summary>
    public bool IsAtWork => Run.Summary is null && Job is { State: JobState.Queued or JobState.Running };
}

/// <summary>A finished run, opened: its record and the rows behind it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Record">Everything that was measured.</param>
/// <param name="Rows">The rows that candidates were judged on.</param>
public sealed record LabStudy(LabRun Run, LabRecord Record, EvidenceRows Rows)
{
    /// <summary>The record of a candidate; null when there is none.</summary>
    public CandidateRecord? Of(string family) => Record.Training.Of(family);

    /// <summary>Findings of a candidate.</summary>
    public IReadOnlyList<LeakageFinding> FindingsOf(string family) => Record.Findings.GetValueOrDefault(family) ?? [];

    /// <summary>Findings of a candidate that still stand in the way of registration.</summary>
    public IReadOnlyList<LeakageFinding> OpenOf(string family, IReadOnlyList<LabAcknowledgement> acknowledged) =>
        [.. FindingsOf(family).Where(finding => finding.Blocks && !acknowledged.Any(one => one.Column == finding.Column && one.Kind == finding.Kind))];

    /// <summary>Why a candidate cannot be registered, whatever is acknowledged.</summary>
    public IReadOnlyList<Problem> LastingOf(string family) =>
    [
        .. Of(family)?.Refusals.Where(problem => problem.Code != TrainingProblems.LeakCode) ?? [],
        .. Record.NotPacked.GetValueOrDefault(family) ?? [],
    ];
}
