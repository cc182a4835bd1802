using System.Globalization;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Whether a delivery holds more outliers than somebody should hear of.</summary>
internal static class OutlierCheck
{
    /// <summary>One alert per table whose rows with values out of range, or marked as outliers, exceed a share of the rows read.</summary>
    public static IEnumerable<StagingAlert> Of(StagingDefinition staging, StagingReport report, double limit)
    {
        var codes = staging.Quarantine.Where(rule => rule.Rule is { } name && (name == "out_of_range" || name.Contains("outlier", StringComparison.Ordinal))).Select(rule => rule.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var table in report.Tables.Where(table => table.RowsRead > 0))
        {
            var found = table.Findings.Where(code => codes.Contains(code.Key)).Sum(code => code.Value);
            var share = found / (double)table.RowsRead;
            if (share > limit)
                yield return new StagingAlert("outliers", table.Table, string.Create(CultureInfo.InvariantCulture, $"{table.Table}: {found} outliers in {table.RowsRead} rows ({share:P1}); {limit:P1} are usual."));
        }
    }
}
