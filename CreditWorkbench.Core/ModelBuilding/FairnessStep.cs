using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Audits judged rows over every sensitive column.</summary>
internal static class FairnessStep
{
    /// <summary>One report per column with at least two groups.</summary>
    /// <param name="rows">Rows with their sensitive columns.</param>
    /// <param name="judged">What the candidate says.</param>
    /// <param name="features">Vectors of the rows.</param>
    /// <param name="importance">Share of each feature in the candidate.</param>
    /// <param name="seed">Seed of bootstrap and folds.</param>
    /// <param name="cancellation">Stops between columns.</param>
    public static IReadOnlyList<FairnessReport> Of(
        JudgedRows rows, CandidateJudgement judged, FeatureMatrix features, IReadOnlyList<FeatureImportance> importance, int seed, CancellationToken cancellation)
    {
        var reports = new List<FairnessReport>();
        foreach (var column in rows.Sensitive)
        {
            cancellation.ThrowIfCancellationRequested();
            if (FairnessDetails.Of(rows, judged, column, judged.Threshold, seed) is { } report)
                reports.Add(report with { Proxies = ProxyStep.Of(column, features, importance, seed, cancellation) });
        }

        return reports;
    }
}
