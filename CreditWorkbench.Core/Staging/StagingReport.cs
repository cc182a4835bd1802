using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What a staging run did.</summary>
/// <param name="Scorecard">Dictionary.</param>
/// <param name="Tables">One per table, in the dictionary's order.</param>
/// <param name="Rows">Rows of features.</param>
/// <param name="Gate">Why the result may not replace the last good one; empty when it may.</param>
public sealed record StagingReport(string Scorecard, IReadOnlyList<StagingTableReport> Tables, int Rows, IReadOnlyList<string> Gate)
{
    /// <summary>Columns of features.</summary>
    public int Columns { get; init; }

    /// <summary>Whether the result may be used.</summary>
    public bool Passed => Gate.Count == 0;
}

/// <summary>What became of the rows of one table.</summary>
/// <param name="Table">Name.</param>
/// <param name="Files">File names in reading order.</param>
/// <param name="RowsRead">Rows of the files.</param>
/// <param name="RowsUsed">Rows that no rule kept out.</param>
/// <param name="Findings">Findings per code.</param>
/// <param name="Missing">Share of missing values per column, over the rows used.</param>
public sealed record StagingTableReport(
    string Table, IReadOnlyList<string> Files, long RowsRead, long RowsUsed, IReadOnlyDictionary<string, long> Findings, IReadOnlyDictionary<string, double> Missing)
{
    /// <summary>Share of rows that passed; 1 for an empty table.</summary>
    public double PassRate => RowsRead == 0 ? 1 : RowsUsed / (double)RowsRead;
}
