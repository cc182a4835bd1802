using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>What a data set is, for lineage.</summary>
/// <param name="Source">Name of the file, without its folder.</param>
/// <param name="Rows">Labelled rows.</param>
/// <param name="RejectedRows">Rows of the file that were left out.</param>
/// <param name="ClassCounts">Rows per class.</param>
/// <param name="Columns">Model columns in order.</param>
/// <param name="Content">Hash of column names, cells, outcomes and file row numbers.</param>
/// <param name="Scoring">Scoring hash of the dictionary; null without one.</param>
public sealed record DatasetManifest(
    string Source, int Rows, long RejectedRows, IReadOnlyList<int> ClassCounts, IReadOnlyList<string> Columns, ContentHash Content, ContentHash? Scoring);
