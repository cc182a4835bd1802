using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Takes numeric columns of a file as they stand; missing tokens become missing.</summary>
public sealed class NumericVectorizer : IRowVectorizer
{
    private readonly int[] _positions;

    /// <summary>Takes the columns with the given names.</summary>
    /// <exception cref="ArgumentException">The file has no such column.</exception>
    public NumericVectorizer(RowReader reader, IReadOnlyList<string> names)
    {
        _positions = [.. names.Select(reader.IndexOf)];
        if (_positions.Contains(-1)) throw new ArgumentException("Every column stands in the file.", nameof(names));
        Columns = [.. names.Select(name => FeatureColumn.Number(name))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <inheritdoc/>
    public InputRecord? Record => null;

    /// <inheritdoc/>
    public bool TryCompute(RowReader row, Span<float> vector, List<Problem> problems)
    {
        var before = problems.Count;
        for (var column = 0; column < _positions.Length; column++)
        {
            var cell = CellText.Unwrap(row.Cell(_positions[column]));
            if (NumberCell.TryInvariant(cell, out var value)) vector[column] = (float)value;
            else if (CellText.IsMissing(cell)) vector[column] = CodedNaN.Missing;
            else problems.Add(new Problem("input.number", "The cell is not a number.") { Field = Columns[column].Name, Row = row.Row, Remedy = "Write digits with a decimal point." });
        }

        return problems.Count == before;
    }
}
