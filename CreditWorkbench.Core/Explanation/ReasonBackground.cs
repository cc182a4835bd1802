using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The rows that reasons compare with: held-out rows whose issued score is nearest at or above the approve cut-off. A reason
/// then says what separates a case from those that were just good enough.</summary>
public static class ReasonBackground
{
    /// <summary>Rows at most.</summary>
    public const int MaxRows = 200;

    /// <summary>Rows at least; with fewer a model is not packaged.</summary>
    public const int MinRows = 50;

    /// <summary>Chooses the rows.</summary>
    /// <param name="issued">Issued score per held-out (or out-of-fold) row, shape [n].</param>
    /// <param name="approveFrom">Approve cut-off in points.</param>
    /// <param name="scale">States how far above the cut-off a row may lie: half of PDO, 25 points on ordinal scales.</param>
    /// <returns>Row indices, nearest score first, then row order; or <c>reasonBackground.tooSmall</c>.</returns>
    public static Outcome<int[]> Select(ReadOnlySpan<int> issued, int approveFrom, ScoreScale scale)
    {
        var near = new List<(int Score, int Row)>();
        for (var row = 0; row < issued.Length; row++)
        {
            if (issued[row] >= approveFrom && issued[row] <= approveFrom + scale.ReasonReach) near.Add((issued[row], row));
        }

        if (near.Count < MinRows)
            return new Problem("reasonBackground.tooSmall", string.Create(
                CultureInfo.InvariantCulture,
                $"Only {near.Count} of {issued.Length} held-out rows score from {approveFrom} to {approveFrom + scale.ReasonReach:0.#}; reasons need {MinRows}."))
            {
                Field = "policy.cutoffs.approve_from",
                Remedy = "Train on more rows, add out-of-fold scores, or move the approve cut-off to where applicants score.",
            };
        near.Sort();
        return near.Take(MaxRows).Select(each => each.Row).ToArray();
    }

    /// <summary>The usual value of each column among the rows: median of the known numbers, most frequent category; NaN where fewer
    /// than half of the rows have a value.</summary>
    public static double[] Peers(FeatureMatrix rows) => [.. rows.Columns.Select((column, i) => PeerOf(rows.Column(i), column.IsCategory))];

    private static double PeerOf(ReadOnlySpan<float> values, bool isCategory)
    {
        var known = new List<double>();
        foreach (var value in values)
        {
            if (!float.IsNaN(value)) known.Add(value);
        }

        if (known.Count == 0 || known.Count * 2 < values.Length) return double.NaN;
        if (isCategory) return known.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
        known.Sort();
        return (known[(known.Count - 1) / 2] + known[known.Count / 2]) / 2;
    }
}
