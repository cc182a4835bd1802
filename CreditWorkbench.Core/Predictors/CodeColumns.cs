using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The byte columns that a model's tests read. Every test becomes <c>code &lt;= bound</c> goes left on one column.</summary>
/// <remarks>A feature has one column per 255 of its cuts and per arrangement of its missing values and special codes: a NaN that goes left
/// at a node has the least code of that node's column, one that goes right the greatest. A category set has a column of its own, least
/// code inside and greatest outside. Bytes are biased by 128, because vector comparisons are signed.</remarks>
internal sealed class CodeColumns
{
    /// <summary>Code that always goes left.</summary>
    public const sbyte Least = sbyte.MinValue;

    /// <summary>Code that always goes right.</summary>
    public const sbyte Greatest = sbyte.MaxValue;

    /// <summary>Cuts that one byte column tells apart.</summary>
    public const int CutsPerColumn = 255;

    private readonly Feature[] _features;

    /// <summary>Wraps the columns of each feature that a test reads.</summary>
    public CodeColumns(IEnumerable<Feature> features, int count) => (_features, Count) = ([.. features], count);

    /// <summary>Number of columns.</summary>
    public int Count { get; }

    /// <summary>Codes a tile of rows.</summary>
    /// <param name="values">Feature-major: cell (row, feature) at <c>feature * stride + row</c>.</param>
    /// <param name="stride">Floats from one feature to the next.</param>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="codes">Filled: code (row, column) at <c>column * tile + row</c>.</param>
    /// <param name="tile">Bytes from one column to the next; at least the rows, a multiple of 32.</param>
    /// <param name="scratch">Shape [tile].</param>
    /// <param name="byLanes">Takes the vector paths.</param>
    public void Fill(ReadOnlySpan<float> values, int stride, int rows, Span<sbyte> codes, int tile, Span<int> scratch, bool byLanes)
    {
        foreach (var feature in _features)
        {
            var cells = values.Slice(feature.Index * stride, rows);
            if (feature.Coder is { } coder)
            {
                coder.Code(cells, scratch, byLanes);
                foreach (var group in feature.CutColumns) FillCuts(group, scratch[..rows], codes, tile, byLanes);
            }

            foreach (var set in feature.SetColumns) FillSet(set, cells, codes.Slice(set.Column * tile, rows));
            PlaceBlanks(feature, cells, codes, tile);
        }
    }

    private static void FillCuts(CutGroup group, ReadOnlySpan<int> ranks, Span<sbyte> codes, int tile, bool byLanes)
    {
        var first = codes.Slice(group.Columns[0].Column * tile, tile);
        var done = byLanes ? NarrowByLanes(ranks, group.FirstCut, first) : 0;
        for (; done < ranks.Length; done++) first[done] = (sbyte)(Math.Clamp(ranks[done] - group.FirstCut, 0, CutsPerColumn) + Least);
        for (var i = 1; i < group.Columns.Length; i++) first[..ranks.Length].CopyTo(codes[(group.Columns[i].Column * tile)..]);
    }

    private static int NarrowByLanes(ReadOnlySpan<int> ranks, int firstCut, Span<sbyte> codes)
    {
        var bias = Vector256.Create(firstCut - Least);
        var (least, most) = (Vector256.Create((int)Least), Vector256.Create((int)Greatest));
        ref var from = ref MemoryMarshal.GetReference(ranks);
        ref var to = ref MemoryMarshal.GetReference(codes);
        var done = 0;
        for (; done + 32 <= ranks.Length; done += 32)
        {
            var a = Vector256.Min(Vector256.Max(Vector256.LoadUnsafe(ref from, (nuint)done) - bias, least), most);
            var b = Vector256.Min(Vector256.Max(Vector256.LoadUnsafe(ref from, (nuint)done + 8) - bias, least), most);
            var c = Vector256.Min(Vector256.Max(Vector256.LoadUnsafe(ref from, (nuint)done + 16) - bias, least), most);
            var d = Vector256.Min(Vector256.Max(Vector256.LoadUnsafe(ref from, (nuint)done + 24) - bias, least), most);
            Vector256.Narrow(Vector256.Narrow(a, b), Vector256.Narrow(c, d)).StoreUnsafe(ref to, (nuint)done);
        }

        return done;
    }

    private static void FillSet(SetColumn set, ReadOnlySpan<float> cells, Span<sbyte> codes)
    {
        var table = set.CodeOfCategory;
        for (var row = 0; row < cells.Length; row++)
        {
            // The conversion saturates and drops the fraction, as in the one-row walk; whatever the set does not cover goes right.
            var index = (uint)(int)cells[row];
            codes[row] = index < (uint)table.Length ? table[index] : Greatest;
        }
    }

    private static void PlaceBlanks(Feature feature, ReadOnlySpan<float> cells, Span<sbyte> codes, int tile)
    {
        for (var row = 0; row < cells.Length; row++)
        {
            if (!float.IsNaN(cells[row])) continue;
            var code = CodedNaN.CodeOf(cells[row]);
            foreach (var group in feature.CutColumns)
            {
                foreach (var column in group.Columns) codes[column.Column * tile + row] = (column.CodesLeft >> code & 1) != 0 ? Least : Greatest;
            }

            foreach (var set in feature.SetColumns) codes[set.Column * tile + row] = (set.CodesLeft >> code & 1) != 0 ? Least : Greatest;
        }
    }

    /// <summary>The columns of one feature.</summary>
    /// <param name="Index">Index of the feature.</param>
    /// <param name="Coder">Codes of its cuts; null when it has none.</param>
    /// <param name="CutColumns">Columns per 255 cuts.</param>
    /// <param name="SetColumns">Columns of category sets.</param>
    internal sealed record Feature(int Index, CutCoder? Coder, CutGroup[] CutColumns, SetColumn[] SetColumns);

    /// <summary>Columns that share their regular codes.</summary>
    /// <param name="FirstCut">Rank of the first cut that they tell apart.</param>
    /// <param name="Columns">At least one.</param>
    internal sealed record CutGroup(int FirstCut, CutColumn[] Columns);

    /// <summary>A column of a cut group.</summary>
    /// <param name="Column">Its index.</param>
    /// <param name="CodesLeft">Which NaNs go left.</param>
    internal readonly record struct CutColumn(int Column, uint CodesLeft);

    /// <summary>A column of one category set.</summary>
    /// <param name="Column">Its index.</param>
    /// <param name="CodesLeft">Which NaNs go left.</param>
    /// <param name="CodeOfCategory">Least inside the set, greatest outside; shape [categories that the set covers].</param>
    internal sealed record SetColumn(int Column, uint CodesLeft, sbyte[] CodeOfCategory);
}
