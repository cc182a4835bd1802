using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Reads what a row weighs. A row whose weight cannot be used is left out and named, as one whose outcome cannot.</summary>
/// <param name="column">Name of the column.</param>
/// <param name="index">Its index.</param>
internal sealed class WeightCell(string column, int index)
{
    /// <summary>The largest weight: sums of as many rows as a file can have stay finite and exact enough.</summary>
    public const double Most = 1e9;

    /// <summary>The smallest weight above 0.</summary>
    public const double Least = 1e-9;

    /// <summary>The reader of a column; null without one.</summary>
    public static WeightCell? Of(RowReader reader, string? column) => column is null ? null : new WeightCell(column, reader.IndexOf(column));

    /// <summary>The weight of the current row; adds what stands in the way.</summary>
    public double Read(RowReader reader, List<Problem> problems)
    {
        var cell = reader.Cell(index);
        if (CellText.IsMissing(cell)) problems.Add(DatasetProblems.WeightMissing(column, reader.Row));
        else if (!NumberCell.TryUnambiguous(cell, out var weight)) problems.Add(DatasetProblems.WeightNotNumber(column, reader.Row, FileProblems.Shorten(reader.Text(index))));
        else if (weight == 0.0) problems.Add(DatasetProblems.WeightZero(column, reader.Row));
        else if (!(weight is >= Least and <= Most)) problems.Add(DatasetProblems.WeightOutside(column, reader.Row, weight));
        else return weight;
        return 1.0;
    }
}
