using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>What an audit adds that does not move with the threshold, and the reasons of those it declines.</summary>
public static class FairnessDetails
{
    private const int MostFeatures = 8;

    /// <summary>Audits one sensitive column of judged rows in full.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="judged">What the candidate says.</param>
    /// <param name="column">One of the sensitive columns of the rows.</param>
    /// <param name="threshold">PDs above it are declined.</param>
    /// <param name="seed">Seed of bootstrap and null bands.</param>
    /// <returns>Null when fewer than two groups have rows.</returns>
    public static FairnessReport? Of(JudgedRows rows, CandidateJudgement judged, CodedColumn column, double threshold, int seed)
    {
        string?[] groups = [.. column.Codes.Select((_, row) => column[row])];
        if (FairnessAudit.Of(column, judged.Pd, rows.Bad, threshold, seed) is not { } report) return null;
        var members = Enumerable.Range(0, rows.Count).Where(row => groups[row] is not null).GroupBy(row => groups[row]!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        var reference = members[report.Reference];
        return report with
        {
            Groups = [.. report.Groups.Select(group => group with
            {
                StandardisedMeanDifference = group.Group == report.Reference ? null : MeanDifference(judged.Score, members[group.Group], reference),
                Calibration = CalibrationOf(judged.Pd, rows.Bad, members[group.Group], seed),
            })],
            Reasons = judged.Reasons is { } reasons ? Reasons(reasons, groups, judged.Pd, threshold, report) : [],
        };
    }

    // In points, over the root mean of both variances: Cohen (1988).
    private static double? MeanDifference(double[] score, int[] group, int[] reference)
    {
        if (score.Length == 0 || group.Length < 2 || reference.Length < 2) return null;
        var ((mean, variance), (otherMean, otherVariance)) = (Moments(score, group), Moments(score, reference));
        var spread = Math.Sqrt(0.5 * (variance + otherVariance));
        return spread > 0 ? (mean - otherMean) / spread : null;
    }

    private static (double Mean, double Variance) Moments(double[] values, int[] rows)
    {
        var (mean, sum) = (0.0, 0.0);
        foreach (var row in rows) mean += values[row] / rows.Length;
        foreach (var row in rows) sum += (values[row] - mean) * (values[row] - mean);
        return (mean, sum / (rows.Length - 1));
    }

    private static CalibrationError CalibrationOf(double[] pd, bool[] bad, int[] rows, int seed) =>
        CalibrationError.Of(Array.ConvertAll(rows, row => pd[row]), Array.ConvertAll(rows, row => bad[row]), seed);

    // Of the features that declined rows name most often, how often each group names them.
    private static IReadOnlyList<ReasonShare> Reasons(ReasonSample sample, string?[] groups, double[] pd, double threshold, FairnessReport report)
    {
        var (declined, named) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<(string Group, int Feature), int>());
        var totals = new int[sample.Features.Count];
        for (var i = 0; i < sample.Rows.Length; i++)
        {
            var row = sample.Rows[i];
            if (pd[row] <= threshold || groups[row] is not { } group) continue;
            declined[group] = declined.GetValueOrDefault(group) + 1;
            foreach (var feature in sample.Strongest[i])
            {
                totals[feature]++;
                named[(group, feature)] = named.GetValueOrDefault((group, feature)) + 1;
            }
        }

        int[] features = [.. Enumerable.Range(0, totals.Length).Where(feature => totals[feature] > 0).OrderByDescending(feature => totals[feature]).Take(MostFeatures)];
        return [.. report.Groups.Where(group => declined.ContainsKey(group.Group)).SelectMany(group => features.Select(feature => Share(group.Group, feature)))];

        ReasonShare Share(string group, int feature)
        {
            var (count, of) = (named.GetValueOrDefault((group, feature)), declined[group]);
            if (!declined.TryGetValue(report.Reference, out var referenceOf)) return new ReasonShare(group, sample.Features[feature], of, (double)count / of, null, null);
            var compared = RateComparison.Of(count, of, named.GetValueOrDefault((report.Reference, feature)), referenceOf);
            return new ReasonShare(group, sample.Features[feature], of, compared.Rate, compared.ReferenceRate, group == report.Reference ? null : compared.PValue);
        }
    }
}
