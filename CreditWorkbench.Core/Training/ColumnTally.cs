using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>Outcomes of one column's rows: by code, by category, and between edges.</summary>
internal sealed class ColumnTally
{
    private readonly FeatureColumn _column;
    private readonly float[] _cells;
    private readonly byte[] _bad;
    private readonly double[]? _weights;
    private readonly Evidence[] _codes;
    private readonly int[] _codeRows;
    private readonly Evidence[] _categories;
    private readonly int[] _categoryRows;

    /// <summary>Counts a column.</summary>
    /// <param name="features">Training rows.</param>
    /// <param name="column">Index of the column.</param>
    /// <param name="bad">1 for bad, 0 for good.</param>
    /// <param name="weights">Row weights, or null for ones.</param>
    public ColumnTally(FeatureMatrix features, int column, byte[] bad, double[]? weights)
    {
        (_column, _cells, _bad, _weights) = (features.Columns[column], features.Column(column).ToArray(), bad, weights);
        (_codes, _codeRows) = (new Evidence[_column.SpecialCodes.Count + 1], new int[_column.SpecialCodes.Count + 1]);
        (_categories, _categoryRows) = (new Evidence[_column.Categories.Count], new int[_column.Categories.Count]);
        for (var row = 0; row < _cells.Length; row++) Count(row);
    }

    /// <summary>Evidence of all rows with a regular value.</summary>
    public Evidence Regular { get; private set; }

    /// <summary>Number of categories; 0 for numbers.</summary>
    public int Categories => _categories.Length;

    /// <summary>Missing, then each special code.</summary>
    public int Codes => _codes.Length;

    /// <summary>Evidence of a code; 0 is missing.</summary>
    public Evidence OfCode(int code) => _codes[code];

    /// <summary>Rows of a code.</summary>
    public int RowsOfCode(int code) => _codeRows[code];

    /// <summary>Evidence of a category.</summary>
    public Evidence OfCategory(int category) => _categories[category];

    /// <summary>Rows of a category.</summary>
    public int RowsOf(int category) => _categoryRows[category];

    /// <summary>Regular values in row order.</summary>
    public float[] RegularValues() => Array.FindAll(_cells, cell => !float.IsNaN(cell));

    /// <summary>Evidence of regular rows between edges, a value at an edge belonging below; shape [edges + 1].</summary>
    public Evidence[] Between(float[] edges)
    {
        var groups = new Evidence[edges.Length + 1];
        for (var row = 0; row < _cells.Length; row++)
        {
            if (float.IsNaN(_cells[row])) continue;
            var (low, high) = (0, edges.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (edges[middle] < _cells[row]) low = middle + 1;
                else high = middle;
            }

            groups[low] += OfRow(row);
        }

        return groups;
    }

    private void Count(int row)
    {
        var cell = _cells[row];
        if (float.IsNaN(cell))
        {
            var code = CodedNaN.CodeOf(cell);
            if (code >= _codes.Length) code = 0;
            _codes[code] += OfRow(row);
            _codeRows[code]++;
            return;
        }

        Regular += OfRow(row);
        if (!_column.IsCategory) return;
        _categories[(int)cell] += OfRow(row);
        _categoryRows[(int)cell]++;
    }

    private Evidence OfRow(int row)
    {
        var weight = _weights?[row] ?? 1.0;
        return _bad[row] == 1 ? new Evidence(0.0, weight) : new Evidence(weight, 0.0);
    }
}
