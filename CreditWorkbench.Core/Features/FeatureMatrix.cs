namespace CreditWorkbench.Core.Features;

/// <summary>Feature vectors of many rows, column-major: the layout of training, batches and portfolio explanations.</summary>
/// <remarks>Cell (row, column) is <c>Values[column * Rows + row]</c>. Missing and coded cells are <see cref="CodedNaN"/>s.
/// A category cell holds the category's zero-based index as a float.</remarks>
public sealed class FeatureMatrix
{
    /// <summary>Wraps values, which the matrix then owns.</summary>
    /// <param name="columns">Names and kinds, in column order.</param>
    /// <param name="rows">Row count, at least 0.</param>
    /// <param name="values">Shape [columns x rows], column-major.</param>
    /// <exception cref="ArgumentException">The length is not columns x rows.</exception>
    public FeatureMatrix(IReadOnlyList<FeatureColumn> columns, int rows, float[] values)
    {
        if (values.LongLength != (long)columns.Count * rows) throw new ArgumentException($"Expected {columns.Count} x {rows} values, got {values.Length}.", nameof(values));
        (Columns, Rows, Values) = (columns, rows, values);
    }

    /// <summary>Columns in order.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>All cells, column-major.</summary>
    public float[] Values { get; }

    /// <summary>One column, shape [Rows].</summary>
    public ReadOnlySpan<float> Column(int column) => Values.AsSpan(column * Rows, Rows);

    /// <summary>Copies one row into a caller-owned span of at least Columns.Count.</summary>
    public void CopyRow(int row, Span<float> destination)
    {
        for (var column = 0; column < Columns.Count; column++) destination[column] = Values[column * Rows + row];
    }

    /// <summary>The rows with the given indices, in their order.</summary>
    public FeatureMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new float[Columns.Count * rows.Length];
        for (var column = 0; column < Columns.Count; column++)
        {
            var from = Column(column);
            var to = taken.AsSpan(column * rows.Length, rows.Length);
            for (var i = 0; i < rows.Length; i++) to[i] = from[rows[i]];
        }

        return new FeatureMatrix(Columns, rows.Length, taken);
    }
}
