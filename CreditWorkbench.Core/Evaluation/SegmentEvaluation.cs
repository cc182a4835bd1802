using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Measures a model inside the segments of a column.</summary>
public static class SegmentEvaluation
{
    private const string Unknown = "(unknown)";
    private const string Other = "(other)";

    /// <summary>Figures per segment. O(n log n).</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="column">Segment per row, same order.</param>
    /// <param name="threshold">PDs above it are declined.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static SegmentReport Of(EvaluatedRows rows, CodedColumn column, double threshold)
    {
        if (column.Codes.Length != rows.Count) throw new ArgumentException("One segment per row.", nameof(column));
        var segments = Enumerable.Range(0, rows.Count).GroupBy(row => column[row] ?? Unknown, StringComparer.Ordinal).Select(group => (Name: group.Key, Rows: group.ToArray()))
            .OrderByDescending(segment => segment.Rows.Length).ThenBy(segment => segment.Name, StringComparer.Ordinal).ToList();
        if (segments.Count > SegmentReport.MostSegments)
        {
            int[] rest = [.. segments.Skip(SegmentReport.MostSegments - 1).SelectMany(segment => segment.Rows)];
            segments = [.. segments.Take(SegmentReport.MostSegments - 1), (Other, rest)];
        }

        return new SegmentReport(column.Name, [.. segments.Select(segment => Figures(segment.Name, rows, segment.Rows, threshold))]);
    }

    private static SegmentFigures Figures(string name, EvaluatedRows rows, int[] members, double threshold)
    {
        var (risk, pd, bad) = (Array.ConvertAll(members, row => rows.Risk[row]), Array.ConvertAll(members, row => rows.Pd[row]), Array.ConvertAll(members, row => rows.Bad[row]));
        var bads = bad.Count(outcome => outcome);
        var (approved, approvedBads) = (pd.Count(value => value <= threshold), members.Count(row => rows.Pd[row] <= threshold && rows.Bad[row]));
        var ranked = bads > 0 && bads < bad.Length ? RankedOutcomes.Of(risk, bad) : null;
        var auc = ranked is null ? (double?)null : Ranking.Auc(ranked.Good, ranked.Bad);
        var half = bads < 2 || bad.Length - bads < 2 ? (double?)null : 1.959963984540054 * DeLong.Of(risk, bad).StandardError;
        return new SegmentFigures
        {
            Segment = name,
            Count = bad.Length,
            Bads = bads,
            BadRate = (double)bads / bad.Length,
            MeanPd = pd.Average(),
            ApprovalRate = (double)approved / bad.Length,
            ApprovedBadRate = approved > 0 ? (double)approvedBads / approved : null,
            Auc = auc,
            AucLow = half is null ? null : Math.Max(0.0, auc!.Value - half.Value),
            AucHigh = half is null ? null : Math.Min(1.0, auc!.Value + half.Value),
            Ks = ranked is null ? null : Ranking.KolmogorovSmirnov(ranked.Good, ranked.Bad),
            Brier = ProbabilityLoss.Brier(pd, bad),
        };
    }
}
