using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>A data set with where it came from and what was left out.</summary>
/// <param name="Dataset">Accepted, labelled rows.</param>
/// <param name="Manifest">For lineage.</param>
/// <param name="Rejected">Rows that were left out.</param>
public sealed record BuiltDataset(LabelledDataset Dataset, DatasetManifest Manifest, RejectedRows Rejected);

/// <summary>Reads a file once, row by row, into a labelled data set.</summary>
public static class DatasetBuilder
{
    /// <summary>Builds the data set.</summary>
    /// <param name="reader">The open file, before its first row; stays open.</param>
    /// <param name="request">Columns.</param>
    /// <param name="vectorizer">Computes the vectors.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>The data set; refused when a column is unknown, the file breaks off, no row is usable, or the labelled rows
    /// lack a class.</returns>
    public static async Task<Outcome<BuiltDataset>> BuildAsync(RowReader reader, DatasetRequest request, IRowVectorizer vectorizer, CancellationToken cancellationToken)
    {
        var unknown = Unknown(reader, request);
        if (unknown.Count > 0) return unknown;
        var rejected = new RejectedRows();
        var rows = new DatasetRows(reader, request, vectorizer);
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case RowState.Row:
                    rows.Take(reader, rejected);
                    break;
                case RowState.Rejected:
                    rejected.Add(reader.Problem!);
                    break;
                case RowState.Refused:
                    return reader.Problem!;
                default:
                    return Finish(rows, request, rejected);
            }
        }
    }

    private static List<Problem> Unknown(RowReader reader, DatasetRequest request)
    {
        var problems = new List<Problem>();
        if (reader.IndexOf(request.Target) < 0) problems.Add(ColumnProblems.ColumnUnknown(request.Target, reader.Columns) with { Code = "target.column.unknown" });
        foreach (var column in new[] { request.Id, request.Group, request.Time, request.Weight }.OfType<string>().Concat(request.Sensitive))
        {
            if (reader.IndexOf(column) < 0) problems.Add(ColumnProblems.ColumnUnknown(column, reader.Columns));
        }

        return problems;
    }

    private static Outcome<BuiltDataset> Finish(DatasetRows rows, DatasetRequest request, RejectedRows rejected)
    {
        if (rows.Count == 0) return (List<Problem>)[DatasetProblems.NothingUsable(rejected.Count), .. rejected.First.Take(5)];
        var dataset = rows.Build();
        for (var outcome = 0; outcome < dataset.ClassCounts.Count; outcome++)
        {
            if (dataset.ClassCounts[outcome] == 0) return DatasetProblems.ClassAbsent(request.Target, outcome, dataset.ClassCounts.Count, dataset.Rows);
        }

        string[] columns = [.. dataset.Features.Columns.Select(column => column.Name)];
        return new BuiltDataset(dataset, new DatasetManifest(request.Source, dataset.Rows, rejected.Count, dataset.ClassCounts, columns, dataset.Hash(), request.Scoring), rejected);
    }
}
