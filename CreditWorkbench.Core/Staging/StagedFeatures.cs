using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The features of every base row, column by column.</summary>
public sealed class StagedFeatures
{
    internal StagedFeatures(IReadOnlyList<StagedColumn> columns, int rows) => (Columns, Rows) = (columns, rows);

    /// <summary>Columns in the order of the feature file.</summary>
    public IReadOnlyList<StagedColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>A column by name; null when there is none.</summary>
    public StagedColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The cell of a row as it stands in the feature file: empty for a missing value, codes and categories by their text,
    /// dates in ISO 8601, numbers so that they read back to the same double.</summary>
    public string Text(int row, int column)
    {
        using var writer = new StringWriter();
        FeatureCell.Write(writer, Columns[column].Definition, Columns[column].Pool, Columns[column].Cells[row]);
        return writer.ToString();
    }
}

/// <summary>One column of the features.</summary>
public sealed class StagedColumn
{
    internal StagedColumn(StagingColumn definition, TextPool? pool, double[] cells) => (Definition, Pool, Cells) = (definition, pool, cells);

    /// <summary>Name in the feature file.</summary>
    public string Name => Definition.Name;

    /// <summary>Type of its values.</summary>
    public InputType Type => Definition.Type;

    /// <summary>Numbers and day numbers as they are; missing values and special codes as <see cref="Features.CodedNaN"/>; texts by a
    /// number that means nothing outside.</summary>
    public ReadOnlySpan<double> Values => Cells;

    internal StagingColumn Definition { get; }

    internal TextPool? Pool { get; }

    internal double[] Cells { get; }
}
