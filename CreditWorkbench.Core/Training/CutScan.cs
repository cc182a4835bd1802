namespace CreditWorkbench.Core.Training;

/// <summary>Looks at the split points of a column one after the other: for criteria without a faster way, and the twin that the
/// faster ways are tested against.</summary>
internal static class CutScan
{
    /// <inheritdoc cref="ISplitCriterion{TSum}.BestCut"/>
    public static int BestCut<TSum, TCriterion>(
        in TCriterion criterion, ReadOnlySpan<TSum> bins, TSum onLeft, TSum total, NodeBounds bounds, int ordered, double scoreToBeat)
        where TSum : unmanaged, ISplitSum<TSum>
        where TCriterion : struct, ISplitCriterion<TSum>
    {
        var best = -1;
        var left = onLeft;
        for (var bin = 0; bin < bins.Length; bin++)
        {
            if (bins[bin].IsEmpty) continue;
            left += bins[bin];
            var right = total - left;
            if (right.IsEmpty) break;
            if (!criterion.Admits(left) || !criterion.Admits(right)) continue;
            var score = Score(criterion, left, right, bounds, ordered);
            if (score > scoreToBeat) (best, scoreToBeat) = (bin, score);
        }

        return best;
    }

    private static double Score<TSum, TCriterion>(in TCriterion criterion, TSum left, TSum right, NodeBounds bounds, int ordered)
        where TSum : unmanaged, ISplitSum<TSum>
        where TCriterion : struct, ISplitCriterion<TSum>
    {
        if (ordered == 0 && bounds.AreOpen) return criterion.Score(left) + criterion.Score(right);
        var (leftValue, rightValue) = (bounds.Clamp(criterion.Value(left)), bounds.Clamp(criterion.Value(right)));
        if (ordered * leftValue > ordered * rightValue) return double.NegativeInfinity;
        return bounds.AreOpen ? criterion.Score(left) + criterion.Score(right) : criterion.Score(left, leftValue) + criterion.Score(right, rightValue);
    }
}
