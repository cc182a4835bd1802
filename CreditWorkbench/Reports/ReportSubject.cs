using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;

namespace CreditWorkbench.Web.Reports;

/// <summary>What a report on a candidate is drawn from: stored records alone, so that it comes out the same at any later time.</summary>
/// <param name="Title">Name of the run, or of the file.</param>
/// <param name="Training">The record of the run.</param>
/// <param name="Candidate">The record of the candidate.</param>
/// <param name="Findings">Leakage findings on data and model.</param>
/// <param name="Signed">Acknowledgements by people.</param>
/// <param name="Hash">Hash of the record, hexadecimal; null where it is not kept.</param>
public sealed record ReportSubject(
    string Title, TrainingRecord Training, CandidateRecord Candidate, IReadOnlyList<LeakageFinding> Findings, IReadOnlyList<LabAcknowledgement> Signed, string? Hash)
{
    /// <summary>A candidate of a stored run.</summary>
    public static ReportSubject Of(LabStudy study, CandidateRecord candidate, IReadOnlyList<LabAcknowledgement> signed) =>
        new(study.Record.Request.Title, study.Record.Training, candidate, study.FindingsOf(candidate.Family), signed, study.Run.Summary?.RecordHash.Hex);

    /// <summary>The chosen candidate of a record.</summary>
    public static ReportSubject Of(TrainingRecord record) => new(record.Lineage.Source, record, record.Of(record.Chosen)!, record.Leakage, [], null);

    /// <summary>The acknowledgement of a finding; null while nobody has signed.</summary>
    public LabAcknowledgement? SignedFor(LeakageFinding finding) => Signed.FirstOrDefault(one => one.Column == finding.Column && one.Kind == finding.Kind);

    /// <summary>Whether a finding stands in the way of registration.</summary>
    public bool IsOpen(LeakageFinding finding) => finding.Blocks && SignedFor(finding) is null;
}
