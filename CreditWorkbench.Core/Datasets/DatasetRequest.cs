using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Which columns of a file make a labelled data set.</summary>
/// <param name="Source">Name of the file for the manifest, without its folder.</param>
/// <param name="Target">Column of the outcome.</param>
/// <param name="Labels">How its values are classes.</param>
public sealed record DatasetRequest(string Source, string Target, OutcomeLabels Labels)
{
    /// <summary>Identity column; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>Column whose equal values stay on one side of a split; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Column of the date; null for none.</summary>
    public string? Time { get; init; }

    /// <summary>Column that says how much a row counts beside the others; null where all count alike.</summary>
    public string? Weight { get; init; }

    /// <summary>How the date column is written; null accepts unambiguous dates only.</summary>
    public DateFormat? TimeFormat { get; init; }

    /// <summary>Columns for audit only.</summary>
    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>Keep the records beside the vectors, for fitted transforms.</summary>
    public bool KeepRecords { get; init; }

    /// <summary>Scoring hash of the dictionary; null without one.</summary>
    public ContentHash? Scoring { get; init; }

    /// <summary>The request of a dictionary for a file that has its outcome.</summary>
    /// <param name="definition">Names the outcome, its values, and the columns of id, time and applicant, which are used where
    /// the file has them.</param>
    /// <param name="reader">The open file.</param>
    /// <param name="source">Path or name of the file.</param>
    public static DatasetRequest Of(ScorecardDefinition definition, RowReader reader, string source)
    {
        var fileNames = definition.Read.RenamedColumns.ToDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);
        string? Present(string? column) => column is not null && reader.IndexOf(column) >= 0 ? column : null;
        return new DatasetRequest(Path.GetFileName(source), definition.Target.Column, OutcomeLabels.Of(definition.Target))
        {
            Id = Present(definition.Keys.Id),
            Group = Present(definition.Training.By) ?? Present(definition.Keys.Applicant),
            Time = Present(definition.Keys.Time),
            Sensitive = [.. definition.Inputs.Where(input => input.Sensitive).Select(input => Present(input.Name) ?? Present(fileNames.GetValueOrDefault(input.Name))).OfType<string>()],
            Scoring = definition.ScoringHash,
        };
    }

    /// <summary>The request of an inferred dictionary for a file like the one it was inferred from.</summary>
    public static DatasetRequest Of(InferredDictionary inferred, RowReader reader, string source) =>
        Of(inferred.Definition, reader, source) with { TimeFormat = inferred.TimeFormat, Weight = inferred.Weight };
}
