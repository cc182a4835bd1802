using CreditWorkbench.Core.Evaluation;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Audits judged rows over every sensitive column.</summary>
internal static class FairnessStep
{
    /// <summary>One report per column with at least two groups.</summary>
    /// <param name="rows">Rows with their sensitive columns.</param>
    /// <param name="judged">What the candidate says.</param>
    public static IReadOnlyList<FairnessReport> Of(JudgedRows rows, CandidateJudgement judged) =>
        [.. rows.Sensitive.Select(column => FairnessAudit.Of(column.Name, [.. column.Codes.Select((_, row) => column[row])], judged.Pd, rows.Bad, judged.Threshold)).OfType<FairnessReport>()];
}
