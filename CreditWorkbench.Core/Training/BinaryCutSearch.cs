using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Training;

/// <summary>Finds the best cut of a free numeric column for two classes, several cuts at a time. At most one code may be present, which
/// covers the usual missing values; all else is for <see cref="SplitSearch{TSum, TCriterion}"/>, whose choice this one makes too, up to
/// rounding where two cuts are equally good.</summary>
/// <remarks>With weights W and weighted bad B of the node, w and b of the left side, the children's Gini scores exceed the node's by
/// 2 (b W - B w)^2 / (W w (W - w)): one division per cut. Sums of whole numbers below 2^53 and single IEEE operations give the same
/// bits in every lane width.</remarks>
internal readonly ref struct BinaryCutSearch
{
    private const int Lanes = 4;
    private const long MagicBits = 0x4330_0000_0000_0000;
    private const double Magic = 4503599627370496.0;

    private readonly int _column;
    private readonly ColumnBins _bins;
    private readonly ReadOnlySpan<BinarySum> _histogram;
    private readonly BinarySum _total;
    private readonly BinaryCriterion _criterion;
    private readonly NodeBounds _bounds;

    /// <summary>Prepares the search.</summary>
    /// <param name="column">Index of the column.</param>
    /// <param name="bins">Its bins.</param>
    /// <param name="histogram">The node's counts per bin of this column.</param>
    /// <param name="total">The node's counts.</param>
    /// <param name="criterion">Class weights and least leaf.</param>
    /// <param name="bounds">Bounds of the node's values.</param>
    public BinaryCutSearch(int column, ColumnBins bins, ReadOnlySpan<BinarySum> histogram, BinarySum total, BinaryCriterion criterion, NodeBounds bounds)
    {
        (_column, _bins, _total, _criterion, _bounds) = (column, bins, total, criterion, bounds);
        _histogram = histogram;
    }

    /// <summary>Replaces <paramref name="best"/> when this column has a strictly better cut.</summary>
    /// <returns>False, without having looked, when more than one code is present.</returns>
    [SkipLocalsInit]
    public bool TryImprove(ref SplitChoice<BinarySum> best)
    {
        var code = -1;
        for (var k = 0; k < _bins.Codes; k++)
        {
            if (_histogram[_bins.Regular + k].IsEmpty) continue;
            if (code >= 0) return false;
            code = k;
        }

        Span<long> left = stackalloc long[ForestRows<BinarySum>.Width + Lanes];
        Span<byte> binOf = stackalloc byte[ForestRows<BinarySum>.Width + Lanes];
        var groups = Accumulate(left, binOf);
        var free = BestCut(left, groups, 0);
        var with = code < 0 ? Cut.None : BestCut(left, groups, _histogram[_bins.Regular + code].Packed);
        var codeLeft = with.Gain > free.Gain || (with.Gain == free.Gain && with.Group < free.Group);
        var cut = codeLeft ? with : free;
        if (cut.Group < 0) return true;

        var sum = new BinarySum(left[cut.Group] + (codeLeft ? _histogram[_bins.Regular + code].Packed : 0));
        var score = _criterion.Score(sum) + _criterion.Score(_total - sum);
        if (score > best.Score) Take(ref best, score, sum, binOf[cut.Group], cut.Group + 1 < groups ? binOf[cut.Group + 1] : _bins.Regular, codeLeft ? code : -1);
        return true;
    }

    /// <summary>Counts at or below each regular bin that holds rows.</summary>
    /// <param name="left">Filled; padded with the last one to whole vectors.</param>
    /// <param name="binOf">Filled: the bin behind each.</param>
    /// <returns>How many bins hold rows.</returns>
    private int Accumulate(Span<long> left, Span<byte> binOf)
    {
        var (groups, sum) = (0, 0L);
        ref var sums = ref MemoryMarshal.GetReference(left);
        ref var bins = ref MemoryMarshal.GetReference(binOf);
        for (var bin = 0; bin < _bins.Regular; bin++)
        {
            var rows = _histogram[bin].Packed;
            sum += rows;
            Unsafe.Add(ref sums, groups) = sum;
            Unsafe.Add(ref bins, groups) = (byte)bin;
            groups += rows != 0 ? 1 : 0;
        }

        left.Slice(groups, Lanes).Fill(sum);
        return groups;
    }

    private Cut BestCut(ReadOnlySpan<long> left, int groups, long offset) =>
        Vector256.IsHardwareAccelerated ? BestCutByLanes(left, groups, offset, this) : BestCutByOne(left, groups, offset, this);

    /// <summary>Best of the cuts after each group; of equal ones the first.</summary>
    /// <param name="left">Counts at or below each group, padded to whole vectors.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="offset">Added to each: a code that goes left.</param>
    /// <param name="search">Totals and weights.</param>
    internal static Cut BestCutByOne(ReadOnlySpan<long> left, int groups, long offset, in BinaryCutSearch search)
    {
        var (badWeight, goodWeight) = (search._criterion.BadWeight, search._criterion.GoodWeight);
        var (weight, bad) = (badWeight * search._total.Bad + goodWeight * search._total.Good, badWeight * search._total.Bad);
        var (least, most) = (search._criterion.MinLeaf, search._total.Count - search._criterion.MinLeaf);
        var best = Cut.None;
        for (var i = 0; i < groups; i++)
        {
            var sum = new BinarySum(left[i] + offset);
            if (sum.Count < least || sum.Count > most) continue;
            var leftBad = badWeight * sum.Bad;
            var leftWeight = leftBad + goodWeight * sum.Good;
            var lift = leftBad * weight - bad * leftWeight;
            var gain = lift * lift / (leftWeight * (weight - leftWeight));
            if (gain > best.Gain) best = new Cut(gain, i);
        }

        return best;
    }

    /// <summary>The same, four cuts at a time.</summary>
    internal static Cut BestCutByLanes(ReadOnlySpan<long> left, int groups, long offset, in BinaryCutSearch search)
    {
        var (badWeight, goodWeight) = (Vector256.Create(search._criterion.BadWeight), Vector256.Create(search._criterion.GoodWeight));
        var bad = Vector256.Create(search._criterion.BadWeight * search._total.Bad);
        var weight = bad + Vector256.Create(search._criterion.GoodWeight * search._total.Good);
        var (least, most) = (Vector256.Create((double)search._criterion.MinLeaf), Vector256.Create((double)(search._total.Count - search._criterion.MinLeaf)));
        var (magicBits, magic, low, offsets) = (Vector256.Create(MagicBits), Vector256.Create(Magic), Vector256.Create(0xFFFF_FFFFL), Vector256.Create(offset));
        var (bestGain, bestGroup, group, step) = (Vector256.Create(0.0), Vector256.Create(-1.0), Vector256.Create(0.0, 1.0, 2.0, 3.0), Vector256.Create((double)Lanes));
        ref var first = ref MemoryMarshal.GetReference(left);
        for (var i = 0; i < groups; i += Lanes, group += step)
        {
            var sums = Vector256.LoadUnsafe(ref first, (nuint)i) + offsets;
            // A whole number below 2^52 in the low bits of 2^52 is that number plus 2^52.
            var bads = ((sums >>> 32) | magicBits).AsDouble() - magic;
            var goods = ((sums & low) | magicBits).AsDouble() - magic;
            var count = bads + goods;
            var leftBad = badWeight * bads;
            var leftWeight = leftBad + goodWeight * goods;
            var lift = leftBad * weight - bad * leftWeight;
            var gain = lift * lift / (leftWeight * (weight - leftWeight));
            var better = Vector256.GreaterThan(gain, bestGain) & Vector256.GreaterThanOrEqual(count, least) & Vector256.LessThanOrEqual(count, most);
            bestGain = Vector256.ConditionalSelect(better, gain, bestGain);
            bestGroup = Vector256.ConditionalSelect(better, group, bestGroup);
        }

        var best = Cut.None;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var (gain, at) = (bestGain[lane], (int)bestGroup[lane]);
            if (at >= 0 && (gain > best.Gain || (gain == best.Gain && at < best.Group))) best = new Cut(gain, at);
        }

        return best;
    }

    /// <summary>Writes the cut, halfway through the empty bins up to the next group. Codes that the node has not seen go to the heavier
    /// side.</summary>
    private void Take(ref SplitChoice<BinarySum> best, double score, BinarySum left, int bin, int next, int codeLeft)
    {
        var right = _total - left;
        var edge = next == _bins.Regular ? _bins.Regular - 1 : (bin + next - 1) / 2;
        best = new SplitChoice<BinarySum>(score)
        {
            Column = _column,
            Cut = _bins.CutAfter(edge),
            Left = left,
            LeftValue = _bounds.Clamp(_criterion.Value(left)),
            RightValue = _bounds.Clamp(_criterion.Value(right)),
        };
        for (var b = 0; b <= edge; b++) best.LeftBins.Add(b);
        var heavierLeft = _criterion.Weight(left) > _criterion.Weight(right);
        for (var code = 0; code < _bins.Codes; code++)
        {
            if (_histogram[_bins.Regular + code].IsEmpty ? heavierLeft : code == codeLeft) best.LeftBins.Add(_bins.Regular + code);
        }
    }

    /// <summary>A cut after a group.</summary>
    /// <param name="Gain">What it is worth, for comparison with other cuts of the node.</param>
    /// <param name="Group">Index of the group; -1 for no cut.</param>
    internal readonly record struct Cut(double Gain, int Group)
    {
        /// <summary>No cut: any gain beats it.</summary>
        public static Cut None { get; } = new(0.0, -1);
    }
}
