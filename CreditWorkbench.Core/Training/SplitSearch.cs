using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>Finds the best split of a node on one column from its histogram: every split point, every arrangement of codes that
/// can be best, every prefix of the categories in order of risk.</summary>
/// <typeparam name="TSum">What the histogram adds up.</typeparam>
/// <typeparam name="TCriterion">What makes a split good.</typeparam>
internal readonly ref struct SplitSearch<TSum, TCriterion>
    where TSum : unmanaged, ISplitSum<TSum>
    where TCriterion : struct, ISplitCriterion<TSum>
{
    private readonly int _column;
    private readonly ColumnBins _bins;
    private readonly ColumnRule _rule;
    private readonly ReadOnlySpan<TSum> _histogram;
    private readonly TSum _total;
    private readonly TCriterion _criterion;
    private readonly NodeBounds _bounds;

    /// <summary>Prepares the search.</summary>
    /// <param name="column">Index of the column.</param>
    /// <param name="bins">Its bins.</param>
    /// <param name="rule">What its splits must respect.</param>
    /// <param name="histogram">The node's sums per bin of this column.</param>
    /// <param name="total">The node's sums.</param>
    /// <param name="criterion">What makes a split good.</param>
    /// <param name="bounds">Bounds of the node's values.</param>
    public SplitSearch(int column, ColumnBins bins, ColumnRule rule, ReadOnlySpan<TSum> histogram, TSum total, TCriterion criterion, NodeBounds bounds)
    {
        (_column, _bins, _rule, _total, _criterion, _bounds) = (column, bins, rule, total, criterion, bounds);
        _histogram = histogram;
    }

    /// <summary>Replaces <paramref name="best"/> when this column has a strictly better split.</summary>
    public void Improve(ref SplitChoice<TSum> best)
    {
        if (_bins.IsCategory) ImproveByCategories(ref best);
        else ImproveByCuts(ref best);
    }

    /// <summary>Every split point under each arrangement of the codes. The split point after the last bin in use parts values from
    /// codes; the column's direction has no say there.</summary>
    private void ImproveByCuts(ref SplitChoice<TSum> best)
    {
        var lastBin = _bins.Regular - 1;
        while (lastBin >= 0 && _histogram[lastBin].IsEmpty) lastBin--;
        if (lastBin < 0) return;
        Span<uint> masks = stackalloc uint[2 * (CodedNaN.MaxCode + 1)];
        Span<TSum> sums = stackalloc TSum[2 * (CodedNaN.MaxCode + 1)];
        var arrangements = CodeArrangements(masks, sums);

        var bestTrial = new Trial { Score = best.Score };
        var (bestBin, bestMask) = (-1, 0U);
        for (var i = 0; i < arrangements; i++)
        {
            if (TryOrder(masks[i], out var ordered))
            {
                var bin = _criterion.BestCut(_histogram[..lastBin], sums[i], _total, _bounds, ordered, bestTrial.Score);
                if (bin >= 0 && TryCut(SumTo(bin, sums[i]), masks[i], false, bestTrial.Score, out var trial))
                    (bestTrial, bestBin, bestMask) = (trial, bin, masks[i]);
            }

            if (arrangements > 1 && TryCut(SumTo(lastBin, sums[i]), masks[i], true, bestTrial.Score, out var whole))
                (bestTrial, bestBin, bestMask) = (whole, lastBin, masks[i]);
        }

        if (bestBin >= 0) TakeCut(ref best, bestTrial, bestBin, bestMask);
    }

    private TSum SumTo(int bin, TSum sum)
    {
        foreach (var rows in _histogram[..(bin + 1)]) sum += rows;
        return sum;
    }

    /// <summary>The order that the children's values must have under an arrangement of the codes, where it is known before they are.</summary>
    /// <returns>False when no split is possible: missing rows would lie on the side of less risk.</returns>
    private bool TryOrder(uint mask, out int ordered)
    {
        ordered = _rule.Direction * TCriterion.RiskSign;
        if (!_rule.BlankNeverHelps || _histogram[_bins.Regular].IsEmpty) return true;
        var risk = (mask & 1) != 0 ? -1 : 1;
        ordered = risk * TCriterion.RiskSign;
        return _rule.Direction == 0 || _rule.Direction == risk;
    }

    /// <summary>The arrangements of the codes present that can be best. The score is convex in a child's sums, so at the best split
    /// the codes on the left are the first few, or the last few, in order of risk.</summary>
    /// <param name="masks">Filled: bit k set when code k goes left.</param>
    /// <param name="sums">Filled: what those codes add to the left.</param>
    /// <returns>Number of arrangements, at least 1 (no code on the left).</returns>
    private int CodeArrangements(Span<uint> masks, Span<TSum> sums)
    {
        Span<int> codes = stackalloc int[CodedNaN.MaxCode + 1];
        var present = 0;
        for (var code = 0; code < _bins.Codes; code++)
        {
            if (!_histogram[_bins.Regular + code].IsEmpty) codes[present++] = code;
        }

        SortByRisk(codes[..present], _bins.Regular);
        (masks[0], sums[0]) = (0, default);
        var count = 1;
        for (var length = 1; length <= present; length++, count++)
            (masks[count], sums[count]) = (masks[count - 1] | 1U << codes[length - 1], sums[count - 1] + _histogram[_bins.Regular + codes[length - 1]]);
        var (mask, sum) = (0U, default(TSum));
        for (var first = present - 1; first >= 1; first--, count++)
        {
            mask |= 1U << codes[first];
            sum += _histogram[_bins.Regular + codes[first]];
            (masks[count], sums[count]) = (mask, sum);
        }

        return count;
    }

    private bool TryCut(TSum left, uint mask, bool allRegularLeft, double scoreToBeat, out Trial trial)
    {
        trial = default;
        var right = _total - left;
        if (right.IsEmpty || !_criterion.Admits(left) || !_criterion.Admits(right)) return false;
        var (leftValue, rightValue) = (_bounds.Clamp(_criterion.Value(left)), _bounds.Clamp(_criterion.Value(right)));
        var score = _bounds.AreOpen
            ? _criterion.Score(left) + _criterion.Score(right)
            : _criterion.Score(left, leftValue) + _criterion.Score(right, rightValue);
        if (!(score > scoreToBeat)) return false;

        var risk = allRegularLeft ? 0 : _rule.Direction;
        if (_rule.BlankNeverHelps && !PlaceMissing(ref risk, mask, leftValue, rightValue)) return false;
        var ordered = risk * TCriterion.RiskSign;
        if (ordered * leftValue > ordered * rightValue) return false;
        trial = new Trial { Score = score, Left = left, LeftValue = leftValue, RightValue = rightValue, Ordered = ordered };
        return true;
    }

    /// <summary>Settles which side is the riskier one so that it holds the missing rows.</summary>
    /// <param name="risk">In: +1 or -1 where the direction settles it, else 0. Out: +1 when right is the riskier side, -1 when left is.</param>
    /// <param name="mask">Codes on the left.</param>
    /// <param name="leftValue">Value of the left child.</param>
    /// <param name="rightValue">Value of the right child.</param>
    /// <returns>False when the missing rows lie on the other side.</returns>
    private bool PlaceMissing(ref int risk, uint mask, double leftValue, double rightValue)
    {
        var present = !_histogram[_bins.Regular].IsEmpty;
        var missingLeft = (mask & 1) != 0;
        if (risk == 0)
            risk = present ? (missingLeft ? -1 : 1) : (leftValue * TCriterion.RiskSign > rightValue * TCriterion.RiskSign ? -1 : 1);
        return !present || missingLeft == (risk < 0);
    }

    private void TakeCut(ref SplitChoice<TSum> best, in Trial trial, int bin, uint mask)
    {
        var next = bin + 1;
        while (next < _bins.Regular && _histogram[next].IsEmpty) next++;
        var edge = next == _bins.Regular ? _bins.Regular - 1 : (bin + next - 1) / 2;
        Take(ref best, trial);
        best.Cut = _bins.CutAfter(edge);
        for (var b = 0; b <= edge; b++) best.LeftBins.Add(b);
        PlaceCodes(ref best, trial, mask);
    }

    /// <summary>Codes present go as the mask says, absent ones to the heavier side, a blank that must not help to the riskier.</summary>
    private void PlaceCodes(ref SplitChoice<TSum> best, in Trial trial, uint mask)
    {
        var heavierLeft = _criterion.Weight(trial.Left) > _criterion.Weight(_total - trial.Left);
        for (var code = 0; code < _bins.Codes; code++)
        {
            var goesLeft = !_histogram[_bins.Regular + code].IsEmpty ? (mask >> code & 1) != 0
                : code == 0 && _rule.BlankNeverHelps ? trial.Ordered * TCriterion.RiskSign < 0
                : heavierLeft;
            if (goesLeft) best.LeftBins.Add(_bins.Regular + code);
        }
    }

    /// <summary>Categories and codes alike, in order of risk; each prefix goes left. Exact for a score convex in two sums.</summary>
    private void ImproveByCategories(ref SplitChoice<TSum> best)
    {
        Span<int> order = stackalloc int[ColumnBins.MaxBins + 1];
        var present = 0;
        for (var bin = 0; bin < _bins.Total; bin++)
        {
            if (!_histogram[bin].IsEmpty && !(_rule.BlankNeverHelps && bin == _bins.Regular)) order[present++] = bin;
        }

        SortByRisk(order[..present], 0);
        if (_rule.BlankNeverHelps && !_histogram[_bins.Regular].IsEmpty) order[present++] = _bins.Regular;

        var bestTrial = new Trial { Score = best.Score };
        var bestLength = 0;
        var left = default(TSum);
        for (var length = 1; length < present; length++)
        {
            left += _histogram[order[length - 1]];
            if (!TryPrefix(left, bestTrial.Score, out var trial)) continue;
            (bestTrial, bestLength) = (trial, length);
        }

        if (bestLength > 0) TakeCategories(ref best, bestTrial, order[..present], bestLength);
    }

    private bool TryPrefix(TSum left, double scoreToBeat, out Trial trial)
    {
        trial = default;
        var right = _total - left;
        if (!_criterion.Admits(left) || !_criterion.Admits(right)) return false;
        var (leftValue, rightValue) = (_bounds.Clamp(_criterion.Value(left)), _bounds.Clamp(_criterion.Value(right)));
        var ordered = _rule.BlankNeverHelps ? TCriterion.RiskSign : 0;
        if (ordered * leftValue > ordered * rightValue) return false;
        var score = _criterion.Score(left, leftValue) + _criterion.Score(right, rightValue);
        trial = new Trial { Score = score, Left = left, LeftValue = leftValue, RightValue = rightValue, Ordered = ordered };
        return score > scoreToBeat;
    }

    /// <summary>Writes the heavier side as the right one: it takes the categories and codes that the node has not seen.</summary>
    private void TakeCategories(ref SplitChoice<TSum> best, in Trial trial, ReadOnlySpan<int> order, int length)
    {
        var right = _total - trial.Left;
        var swap = _criterion.Weight(trial.Left) > _criterion.Weight(right);
        Take(ref best, swap
            ? new Trial { Score = trial.Score, Left = right, LeftValue = trial.RightValue, RightValue = trial.LeftValue, Ordered = -trial.Ordered }
            : trial);
        foreach (var bin in swap ? order[length..] : order[..length]) best.LeftBins.Add(bin);
        if (swap && _rule.BlankNeverHelps && _histogram[_bins.Regular].IsEmpty) best.LeftBins.Add(_bins.Regular);
    }

    private void Take(ref SplitChoice<TSum> best, in Trial trial)
    {
        best = new SplitChoice<TSum>(trial.Score)
        {
            Column = _column,
            Left = trial.Left,
            LeftValue = trial.LeftValue,
            RightValue = trial.RightValue,
            Ordered = trial.Ordered,
        };
    }

    /// <summary>Insertion sort by risk; equal risks keep the order of bins.</summary>
    private void SortByRisk(Span<int> items, int offset)
    {
        Span<double> risks = stackalloc double[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var (item, risk) = (items[i], _criterion.Order(_histogram[offset + items[i]]));
            var at = i;
            for (; at > 0 && risks[at - 1] > risk; at--) (items[at], risks[at]) = (items[at - 1], risks[at - 1]);
            (items[at], risks[at]) = (item, risk);
        }
    }

    /// <summary>One admissible split.</summary>
    private struct Trial
    {
        public double Score, LeftValue, RightValue;
        public TSum Left;
        public int Ordered;
    }
}
