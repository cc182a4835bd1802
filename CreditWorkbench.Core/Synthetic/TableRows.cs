using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Generated rows of one table, column by column.</summary>
internal sealed class TableRows
{
    private const double SecondsPerDay = 86400;
    private readonly List<double>[] _cells;
    private readonly IReadOnlyList<string>[] _texts;

    public TableRows(StagingTable table, Func<string, IReadOnlyList<string>> textsOf)
    {
        Table = table;
        _cells = [.. table.Columns.Select(_ => new List<double>())];
        _texts = [.. table.Columns.Select(column => column.Type == InputType.Category ? textsOf(column.Name) : [])];
    }

    /// <summary>Its definition.</summary>
    public StagingTable Table { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _cells[0].Count;

    /// <summary>Adds a row.</summary>
    /// <param name="valueOf">Value of a column: numbers, day numbers, indices of texts.</param>
    public void Add(Func<string, double> valueOf)
    {
        for (var column = 0; column < _cells.Length; column++)
        {
            var value = valueOf(Table.Columns[column].Name);
            // Files state times to the second, and what is worked out from a file must be what is worked out here.
            _cells[column].Add(Table.Columns[column].Type == InputType.DateTime ? Math.Round(value * SecondsPerDay) / SecondsPerDay : value);
        }
    }

    /// <summary>A cell.</summary>
    public double this[int row, int column]
    {
        get => _cells[column][row];
        set => _cells[column][row] = value;
    }

    /// <summary>Position of a column; -1 for none.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            if (Table.Columns[i].Name == name) return i;
        }

        return -1;
    }

    /// <summary>The text of a category.</summary>
    public string TextOf(int column, double value) => _texts[column][(int)value];

    /// <summary>The rows as the staging line reads them; only columns with a value somewhere.</summary>
    public StagedTable Staged()
    {
        var pools = _texts.Select(texts =>
        {
            var pool = new TextPool();
            foreach (var text in texts) pool.IndexOf(text);
            return pool;
        }).ToArray();
        return new StagedTable
        {
            Definition = Table,
            Rows = Count,
            Columns = [.. _cells.Select(cells => cells.TrueForAll(double.IsNaN) ? null : cells.ToArray())],
            Pools = pools,
            RowNumbers = [.. Enumerable.Range(1, Count)],
            Files = [(Table.File, 0)],
            RowsRead = Count,
        };
    }
}
