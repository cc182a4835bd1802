using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A line of a run's leader board: one candidate as it was compared on the training part.</summary>
/// <param name="Family">Family.</param>
/// <param name="Auc">Cross-validated AUC.</param>
/// <param name="ReasonsAreExact">Whether its reasons are exact.</param>
public sealed record LabBoardLine(string Family, FoldedAuc Auc, bool ReasonsAreExact)
{
    /// <summary>The line of a compared candidate.</summary>
    internal static LabBoardLine Of(CandidateResult result) => new(result.Family, result.Auc, result.ReasonsAreExact);
}

/// <summary>A candidate of a finished run, as lists and the leader board show it.</summary>
public sealed record LabCandidate
{
    /// <summary>Family; one candidate of each per run.</summary>
    public required string Family { get; init; }
    /// <summary>Whether its reasons are exact.</summary>
    public required bool ReasonsAreExact { get; init; }
    /// <summary>Cross-validated AUC on the training part.</summary>
    public required FoldedAuc Auc { get; init; }
    /// <summary>Figures on the test part.</summary>
    public required EvaluationReport Test { get; init; }
    /// <summary>Figures on the out-of-time part; null without one.</summary>
    public EvaluationReport? OutOfTime { get; init; }
    /// <summary>Time of its cross-validation.</summary>
    public required double Seconds { get; init; }
}

/// <summary>What a finished run found, in short.</summary>
/// <param name="Candidates">Candidates, best cross-validated AUC first.</param>
/// <param name="Chosen">Family that the run proposes: the best one whose reasons are exact.</param>
/// <param name="RecordHash">Hash of the run's record: equal runs have equal ones.</param>
/// <param name="Seconds">Time of the whole run, its last attempt.</param>
public sealed record LabSummary(IReadOnlyList<LabCandidate> Candidates, string Chosen, ContentHash RecordHash, double Seconds);

/// <summary>A candidate that stands in the registry.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Family">The candidate.</param>
/// <param name="Model">NAME@V.</param>
/// <param name="By">Who registered it.</param>
/// <param name="At">When.</param>
public sealed record LabRegistration(Guid RunId, string Family, string Model, Guid By, DateTimeOffset At);
