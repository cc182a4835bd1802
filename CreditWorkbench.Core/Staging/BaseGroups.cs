namespace CreditWorkbench.Core.Staging;

/// <summary>Which base rows the rows of a large table belong to: rows of one key form a group, named by its first base row.</summary>
internal sealed class BaseGroups
{
    private readonly KeyIndex _keys;
    private readonly TextPool _pool;
    private readonly double[] _cells;

    /// <param name="rows">Rows of the base table.</param>
    /// <param name="on">Column that joins.</param>
    public BaseGroups(StagedTable rows, string on) => (_cells, _pool, _keys) = (rows.Column(on)!, rows.Pools[rows.IndexOf(on)], KeyIndex.Of(rows.Column(on)!));

    /// <summary>Base rows; groups have numbers below this.</summary>
    public int Count => _cells.Length;

    /// <summary>Group of a base row; the row itself where its key is missing.</summary>
    public int OfRow(int row) => _keys.RowOf(_cells[row]) is var group and >= 0 ? group : row;

    /// <summary>Group of a key; -1 where no base row has it.</summary>
    public int Of(double key) => double.IsNaN(key) ? -1 : _keys.RowOf(key);

    /// <summary>Group of a key that is a text; -1 where no base row has it.</summary>
    public int Of(ReadOnlySpan<byte> key) => _pool.Find(key) is var number and >= 0 ? _keys.RowOf(number) : -1;
}
