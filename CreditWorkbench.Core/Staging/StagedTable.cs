using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The rows of one table that may be used, column by column.</summary>
internal sealed class StagedTable
{
    /// <summary>Its definition.</summary>
    public required StagingTable Definition { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; set; }

    /// <summary>Cells of each column of the definition, shape [columns][rows]; null for a column that no file has.</summary>
    public required double[]?[] Columns { get; init; }

    /// <summary>Texts of each column.</summary>
    public required TextPool[] Pools { get; init; }

    /// <summary>Number of each row in the table's files, counted on from file to file; rows that could not be used leave gaps.</summary>
    public required int[] RowNumbers { get; set; }

    /// <summary>Names of the files in reading order, each with the count of rows before it.</summary>
    public required IReadOnlyList<(string Name, long RowsBefore)> Files { get; init; }

    /// <summary>Rows of the files, those that could not be used included.</summary>
    public long RowsRead { get; init; }

    /// <summary>The cells of a column; null where no file has it.</summary>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public double[]? Column(string name) => Columns[IndexOf(name)];

    /// <summary>Position of a column.</summary>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Definition.Columns.Count; i++)
        {
            if (Definition.Columns[i].Name == name) return i;
        }

        throw new ArgumentException($"The table {Definition.Name} has no column {name}.", nameof(name));
    }

    /// <summary>File and row number in it of a row.</summary>
    public (string File, long Row) PlaceOf(int row) => PlaceOf(Files, RowNumbers[row]);

    /// <summary>File and row number in it of a row counted on from file to file.</summary>
    public static (string File, long Row) PlaceOf(IReadOnlyList<(string Name, long RowsBefore)> files, long number)
    {
        var file = files.Count - 1;
        while (file > 0 && files[file].RowsBefore >= number) file--;
        return (files[file].Name, number - files[file].RowsBefore);
    }

    /// <summary>Keeps the rows that are marked.</summary>
    public void Keep(ReadOnlySpan<bool> kept)
    {
        var count = 0;
        foreach (var keep in kept) count += keep ? 1 : 0;
        if (count == Rows) return;
        for (var column = 0; column < Columns.Length; column++) Columns[column] = Columns[column] is { } cells ? Kept(cells, kept, count) : null;
        RowNumbers = Kept(RowNumbers, kept, count);
        Rows = count;
    }

    private static T[] Kept<T>(T[] cells, ReadOnlySpan<bool> kept, int count)
    {
        var left = new T[count];
        var to = 0;
        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row]) left[to++] = cells[row];
        }

        return left;
    }
}
