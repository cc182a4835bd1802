using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Training;

/// <summary>A grown tree as arrays, for rows that it did not see: each test is a table of a byte per bin.</summary>
/// <remarks>Nodes stand in preorder, so a left child follows its parent.</remarks>
internal sealed class TreeWalk
{
    private const int Bins = ColumnBins.MaxBins + 1;

    private readonly List<int> _column = [];
    private readonly List<int> _right = [];
    private readonly List<float> _value = [];
    private byte[] _goesLeft = [];

    /// <summary>Turns to a tree.</summary>
    public void Read(GrownNode root)
    {
        _column.Clear();
        _right.Clear();
        _value.Clear();
        Add(root);
    }

    /// <summary>Adds the tree's values to margins.</summary>
    /// <param name="matrix">Bins of all rows.</param>
    /// <param name="rows">Rows to move on.</param>
    /// <param name="margins">Margin per row of the matrix.</param>
    public void AddTo(BinnedMatrix matrix, ReadOnlySpan<int> rows, float[] margins)
    {
        ReadOnlySpan<int> columns = CollectionsMarshal.AsSpan(_column), right = CollectionsMarshal.AsSpan(_right);
        ReadOnlySpan<float> values = CollectionsMarshal.AsSpan(_value);
        foreach (var row in rows)
        {
            var line = matrix.Bins.AsSpan(row * matrix.Stride, matrix.Stride);
            var node = 0;
            while (columns[node] >= 0) node = _goesLeft[node * Bins + line[columns[node]]] != 0 ? node + 1 : right[node];
            margins[row] += values[node];
        }
    }

    private void Add(GrownNode node)
    {
        var index = _column.Count;
        _column.Add(node.Column);
        _right.Add(0);
        _value.Add((float)node.Value);
        if (node.Column < 0) return;
        if (_goesLeft.Length < (index + 1) * Bins) Array.Resize(ref _goesLeft, Math.Max(64 * Bins, 2 * _goesLeft.Length));
        node.LeftBins.Spread(_goesLeft.AsSpan(index * Bins, Bins));
        Add(node.Left!);
        _right[index] = _column.Count;
        Add(node.Right!);
    }
}
