using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Which rows of a table go left at the nodes of an ensemble, one bit per row.</summary>
internal sealed class RowSplits
{
    private const int WordBits = 64;

    private readonly TreeEnsemble _ensemble;
    private readonly float[] _values;
    private readonly (int Row, int Code)[][] _absent;

    /// <summary>Copies the columns side by side, each filled up to whole words with cells that no test passes.</summary>
    /// <param name="ensemble">Whose nodes split.</param>
    /// <param name="rows">The rows, with the ensemble's columns.</param>
    public RowSplits(TreeEnsemble ensemble, FeatureMatrix rows)
    {
        (_ensemble, Rows, Words) = (ensemble, rows.Rows, (rows.Rows + WordBits - 1) / WordBits);
        _values = new float[rows.Columns.Count * Words * WordBits];
        _values.AsSpan().Fill(float.NaN);
        _absent = new (int, int)[rows.Columns.Count][];
        for (var column = 0; column < _absent.Length; column++)
        {
            var cells = rows.Column(column);
            cells.CopyTo(Padded(column));
            var absent = new List<(int, int)>();
            for (var row = 0; row < cells.Length; row++)
                if (float.IsNaN(cells[row])) absent.Add((row, CodedNaN.CodeOf(cells[row])));
            _absent[column] = [.. absent];
        }
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Words of a set of rows.</summary>
    public int Words { get; }

    /// <summary>Sets the bit of every row.</summary>
    /// <param name="set">Shape [Words].</param>
    public void All(Span<ulong> set)
    {
        set.Fill(ulong.MaxValue);
        if (Rows % WordBits != 0) set[^1] = (1UL << Rows % WordBits) - 1;
    }

    /// <summary>Sets the bits of the rows that go left at an inner node and clears all others.</summary>
    /// <param name="node">Node of the ensemble.</param>
    /// <param name="set">Shape [Words].</param>
    public void Left(int node, Span<ulong> set)
    {
        var nodes = _ensemble.Nodes;
        var column = nodes.Feature[node];
        if (nodes.CategorySet[node] >= 0) Members(node, Padded(column)[..Rows], set);
        else AtMost(nodes.Cut[node], Padded(column), set);
        foreach (var (row, code) in _absent[column])
            if ((nodes.CodesLeft[node] >> code & 1) != 0) set[row / WordBits] |= 1UL << row;
    }

    private Span<float> Padded(int column) => _values.AsSpan(column * Words * WordBits, Words * WordBits);

    private static void AtMost(float cut, Span<float> values, Span<ulong> set)
    {
        var cuts = Vector256.Create(cut);
        var lanes = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var perWord = WordBits / Vector256<float>.Count;
        for (var word = 0; word < set.Length; word++)
        {
            var bits = 0UL;
            for (var i = 0; i < perWord; i++)
                bits |= (ulong)Vector256.LessThanOrEqual(lanes[word * perWord + i], cuts).ExtractMostSignificantBits() << i * Vector256<float>.Count;
            set[word] = bits;
        }
    }

    private void Members(int node, ReadOnlySpan<float> values, Span<ulong> set)
    {
        set.Clear();
        for (var row = 0; row < values.Length; row++)
            if (!float.IsNaN(values[row]) && _ensemble.GoesLeft(node, values[row])) set[row / WordBits] |= 1UL << row;
    }
}
