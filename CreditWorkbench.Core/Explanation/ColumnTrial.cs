using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A copy of rows in which single columns are replaced for a trial and put back. Not safe to share between threads.</summary>
internal sealed class ColumnTrial
{
    private readonly FeatureMatrix _original;

    /// <summary>Copies the rows.</summary>
    public ColumnTrial(FeatureMatrix original)
    {
        _original = original;
        Rows = new FeatureMatrix(original.Columns, original.Rows, [.. original.Values]);
    }

    /// <summary>The rows with what is on trial.</summary>
    public FeatureMatrix Rows { get; }

    /// <summary>Gives every row the same value.</summary>
    public void Set(int column, float value) => Cells(column).Fill(value);

    /// <summary>Gives each row a value of its own.</summary>
    public void Set(int column, ReadOnlySpan<float> values) => values.CopyTo(Cells(column));

    /// <summary>Deals the column's values out anew.</summary>
    /// <remarks>Fisher and Yates, as in Knuth (1997), volume 2, algorithm P.</remarks>
    public void Shuffle(int column, SeededDraws draws)
    {
        var cells = Cells(column);
        for (var i = cells.Length - 1; i > 0; i--)
        {
            var other = draws.NextBelow(i + 1);
            (cells[i], cells[other]) = (cells[other], cells[i]);
        }
    }

    /// <summary>Puts the column's own values back.</summary>
    public void Restore(int column) => _original.Column(column).CopyTo(Cells(column));

    private Span<float> Cells(int column) => Rows.Values.AsSpan(column * Rows.Rows, Rows.Rows);
}
