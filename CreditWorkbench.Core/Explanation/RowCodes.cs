using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The codes of a tile of rows, column by column, and for NaNs and categories a plane of row bits each. Owned by one thread
/// and filled again for each tile.</summary>
internal sealed class RowCodes
{
    private readonly RowCoder _coder;
    private readonly byte[] _narrow;
    private readonly ushort[] _wide;
    private readonly uint[] _nanCodes;
    private readonly List<ulong[]>[] _nanPlanes;
    private readonly ulong[]?[][] _categoryPlanes;
    private readonly Stack<ulong[]> _spare = new();

    /// <summary>Space for tiles.</summary>
    /// <param name="coder">Split points.</param>
    /// <param name="capacity">Most rows of a tile, a multiple of 64.</param>
    public RowCodes(RowCoder coder, int capacity)
    {
        (_coder, Capacity) = (coder, capacity);
        _narrow = new byte[coder.Features * capacity];
        _wide = coder.IsWide.Contains(true) ? new ushort[coder.Features * capacity] : [];
        _nanCodes = new uint[coder.Features];
        _nanPlanes = [.. Enumerable.Range(0, coder.Features).Select(_ => new List<ulong[]>())];
        _categoryPlanes = [.. coder.Categories.Select(count => new ulong[]?[count])];
    }

    /// <summary>Most rows of a tile.</summary>
    public int Capacity { get; }

    /// <summary>Rows in the tile.</summary>
    public int Rows { get; private set; }

    /// <summary>Words of 64 rows; bits beyond the last row are not meaningful.</summary>
    public int Words => (Rows + 63) / 64;

    /// <summary>Bit c: some row of the tile has the NaN with code c in this feature.</summary>
    public uint NanCodes(int feature) => _nanCodes[feature];

    /// <summary>Byte codes of a feature, shape [capacity].</summary>
    public ReadOnlySpan<byte> Narrow(int feature) => _narrow.AsSpan(feature * Capacity, Capacity);

    /// <summary>Two-byte codes of a wide feature, shape [capacity].</summary>
    public ReadOnlySpan<ushort> Wide(int feature) => _wide.AsSpan(feature * Capacity, Capacity);

    /// <summary>Rows whose value is the NaN with a code that <see cref="NanCodes"/> names.</summary>
    public ulong[] NanPlane(int feature, int code) => _nanPlanes[feature][System.Numerics.BitOperations.PopCount(_nanCodes[feature] & (1u << code) - 1)];

    /// <summary>Rows in a category; null when there are none.</summary>
    public ulong[]? CategoryPlane(int feature, int category) => category < _categoryPlanes[feature].Length ? _categoryPlanes[feature][category] : null;

    /// <summary>Encodes consecutive rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More rows than the capacity.</exception>
    public void Fill(FeatureMatrix rows, int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        Rows = count;
        for (var feature = 0; feature < _coder.Features; feature++)
        {
            var values = rows.Column(feature).Slice(first, count);
            if (_coder.IsWide[feature]) _coder.EncodeWide(feature, values, _wide.AsSpan(feature * Capacity, Capacity));
            else _coder.EncodeNarrow(feature, values, _narrow.AsSpan(feature * Capacity, Capacity));
            MarkNans(feature, values);
            if (_categoryPlanes[feature].Length > 0) MarkCategories(_categoryPlanes[feature], values);
        }
    }

    private void MarkNans(int feature, ReadOnlySpan<float> values)
    {
        var present = 0u;
        foreach (var value in values) present |= float.IsNaN(value) ? 1u << CodedNaN.CodeOf(value) : 0;
        foreach (var plane in _nanPlanes[feature]) _spare.Push(plane);
        _nanPlanes[feature].Clear();
        _nanCodes[feature] = present;
        if (present == 0) return;
        for (var bits = present; bits != 0; bits &= bits - 1) _nanPlanes[feature].Add(EmptyPlane());
        for (var row = 0; row < values.Length; row++)
        {
            if (float.IsNaN(values[row])) NanPlane(feature, CodedNaN.CodeOf(values[row]))[row >> 6] |= 1UL << row;
        }
    }

    private void MarkCategories(ulong[]?[] planes, ReadOnlySpan<float> values)
    {
        for (var category = 0; category < planes.Length; category++)
        {
            if (planes[category] is { } plane) _spare.Push(plane);
            planes[category] = null;
        }

        for (var row = 0; row < values.Length; row++)
        {
            if (float.IsNaN(values[row])) continue;
            var category = (int)values[row];
            if (category >= 0 && category < planes.Length) (planes[category] ??= EmptyPlane())[row >> 6] |= 1UL << row;
        }
    }

    private ulong[] EmptyPlane()
    {
        if (!_spare.TryPop(out var plane)) return new ulong[Capacity / 64];
        Array.Clear(plane);
        return plane;
    }
}
