using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>How one column's cells become bins: regular bins first (value ranges or categories), then one bin for missing and one
/// per special code, in payload order.</summary>
internal sealed class ColumnBins
{
    /// <summary>Most bins a column has, reserved ones included.</summary>
    public const int MaxBins = 255;

    private readonly byte[] _binOfCategory;
    private readonly float[] _ladder;

    private ColumnBins(bool isCategory, float[] cuts, byte[] binOfCategory, int regular, int codes)
    {
        (IsCategory, Cuts, _binOfCategory, Regular, Codes) = (isCategory, cuts, binOfCategory, regular, codes);
        _ladder = new float[MaxBins];
        Array.Fill(_ladder, float.PositiveInfinity);
        cuts.CopyTo(_ladder, 0);
    }

    /// <summary>Whether the regular bins are categories.</summary>
    public bool IsCategory { get; }

    /// <summary>Upper edges of all regular bins but the last, strictly rising: <c>value &lt;= Cuts[b]</c> exactly when its bin is at
    /// most b. Empty for categories.</summary>
    public float[] Cuts { get; }

    /// <summary>Number of regular bins, at least 1.</summary>
    public int Regular { get; }

    /// <summary>Number of reserved bins: 1 for missing, then one per special code of the dictionary.</summary>
    public int Codes { get; }

    /// <summary>All bins.</summary>
    public int Total => Regular + Codes;

    /// <summary>Number of categories of a category column.</summary>
    public int CategoryCount => _binOfCategory.Length;

    /// <summary>Split point between a regular bin and the next; beyond the last bin the largest float, which parts regular values
    /// from codes.</summary>
    public float CutAfter(int bin) => bin < Cuts.Length ? Cuts[bin] : float.MaxValue;

    /// <summary>The regular bin of a category.</summary>
    public int BinOfCategory(int category) => _binOfCategory[category];

    /// <summary>Bins of a numeric column with these cuts.</summary>
    public static ColumnBins Numeric(float[] cuts, int specialCodes) => new(false, cuts, [], cuts.Length + 1, 1 + specialCodes);

    /// <summary>Bins of a category column: one per category; where they do not fit, the rarest share the last bin.</summary>
    /// <param name="counts">Training rows per category.</param>
    /// <param name="specialCodes">Number of special codes.</param>
    /// <param name="maxBins">Most bins, reserved ones included.</param>
    public static ColumnBins Category(ReadOnlySpan<int> counts, int specialCodes, int maxBins)
    {
        var room = Math.Min(maxBins, MaxBins) - 1 - specialCodes;
        var order = new int[counts.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        if (counts.Length > room)
        {
            var frequency = counts.ToArray();
            Array.Sort(order, (a, b) => frequency[a] != frequency[b] ? frequency[b].CompareTo(frequency[a]) : a.CompareTo(b));
        }

        var binOfCategory = new byte[counts.Length];
        for (var rank = 0; rank < order.Length; rank++) binOfCategory[order[rank]] = (byte)Math.Min(rank, room - 1);
        return new ColumnBins(true, [], binOfCategory, Math.Min(counts.Length, room), 1 + specialCodes);
    }

    /// <summary>The bin of a cell. A NaN whose code the dictionary does not list counts as missing; an infinite value falls in the
    /// outermost regular bin.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A category index that the column does not have.</exception>
    public int BinOf(float value)
    {
        if (float.IsNaN(value)) return CodeBin(CodedNaN.CodeOf(value));
        return IsCategory ? BinOfCategoryCell(value) : Math.Min(CutsBelow(ref MemoryMarshal.GetArrayDataReference(_ladder), value), Cuts.Length);
    }

    /// <summary>Bins cells in a row.</summary>
    /// <param name="cells">Cells of the column.</param>
    /// <param name="bins">Filled: the bin of cell i at <c>i * stride</c>.</param>
    /// <param name="stride">Bytes from one bin to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">A category index that the column does not have.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ReadOnlySpan<float> cells, Span<byte> bins, int stride)
    {
        ref var ladder = ref MemoryMarshal.GetArrayDataReference(_ladder);
        var (slot, last) = (0, Cuts.Length);
        foreach (var cell in cells)
        {
            bins[slot] = IsCategory || float.IsNaN(cell) ? (byte)BinOf(cell) : (byte)Math.Min(CutsBelow(ref ladder, cell), last);
            slot += stride;
        }
    }

    /// <summary>The reserved bin of a code index (0 missing).</summary>
    public int CodeBin(int code) => Regular + (code < Codes ? code : 0);

    private int BinOfCategoryCell(float value)
    {
        var index = (int)value;
        if (index < 0 || index >= _binOfCategory.Length || index != value)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"A category cell holds an index below {_binOfCategory.Length}.");
        return _binOfCategory[index];
    }

    /// <summary>Number of cuts below a value, which is the first cut that is not. Eight steps for any value, none of them a jump,
    /// so that neighbouring cells are worked on at the same time.</summary>
    /// <param name="ladder">255 cuts, those beyond the column's own infinite.</param>
    /// <param name="value">Not a NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CutsBelow(ref float ladder, float value)
    {
        var below = 0;
        for (var step = 128; step > 0; step >>= 1)
        {
            var isBelow = Unsafe.Add(ref ladder, below + step - 1) < value;
            below += step & -Unsafe.BitCast<bool, byte>(isBelow);
        }

        return below;
    }
}
