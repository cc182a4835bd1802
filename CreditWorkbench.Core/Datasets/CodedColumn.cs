namespace CreditWorkbench.Core.Datasets;

/// <summary>A column that is no model input (group key, sensitive column): texts by index.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Levels">Distinct values in order of first appearance.</param>
/// <param name="Codes">Shape [rows]; index into <paramref name="Levels"/>, -1 where the cell is missing.</param>
public sealed record CodedColumn(string Name, IReadOnlyList<string> Levels, int[] Codes)
{
    /// <summary>The value of a row; null where it is missing.</summary>
    public string? this[int row] => Codes[row] < 0 ? null : Levels[Codes[row]];

    /// <summary>The rows with the given indices, in their order; levels stay.</summary>
    public CodedColumn Take(ReadOnlySpan<int> rows)
    {
        var codes = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) codes[i] = Codes[rows[i]];
        return this with { Codes = codes };
    }
}
