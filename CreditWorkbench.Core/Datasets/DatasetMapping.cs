using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Datasets;

/// <summary>What a person says of the columns of a file: how it is read, what the outcome is, and which column plays which part.</summary>
/// <param name="Target">Column of the outcome.</param>
/// <param name="Bad">Values of the outcome that count as bad.</param>
public sealed record DatasetMapping(string Target, IReadOnlyList<string> Bad)
{
    /// <summary>Whether the first record of a delimited file names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Delimiter; null to detect it.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Identity column; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>Column whose equal values stay on one side of a split; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Column of the date; null for none.</summary>
    public string? Time { get; init; }

    /// <summary>Column of a segment for reports; null for none.</summary>
    public string? Segment { get; init; }

    /// <summary>Column that says how much a row counts beside the others; null where all count alike.</summary>
    public string? Weight { get; init; }

    /// <summary>Columns for audit only.</summary>
    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>Columns that never enter.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Special codes by column.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Specials { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Columns that are read as another kind than they look like.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>How the file is opened.</summary>
    public FileReadOptions ToReading() => FileReadOptions.Default with { HasHeader = HasHeader, Delimiter = Delimiter };

    /// <summary>Special codes as the profile of a file takes them.</summary>
    public SpecialCodeList ToSpecials() => new([], Specials);

    /// <summary>How a dictionary is inferred from the file.</summary>
    /// <param name="name">Name of the scorecard; its id is made from it.</param>
    public InferenceOptions ToInference(string name) => new(name, Target, Bad)
    {
        Id = Id,
        Group = Group,
        Time = Time,
        Segment = Segment,
        Weight = Weight,
        Sensitive = Sensitive,
        Excluded = Excluded,
        Specials = ToSpecials(),
        Kinds = Kinds,
    };

    /// <summary>Whether another mapping says the same.</summary>
    public bool SaysTheSame(DatasetMapping other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Target, HasHeader, Delimiter, Id, Group, Time, Segment, Weight) == (other.Target, other.HasHeader, other.Delimiter, other.Id, other.Group, other.Time, other.Segment, other.Weight)
            && Bad.ToHashSet().SetEquals(other.Bad) && Sensitive.ToHashSet().SetEquals(other.Sensitive) && Excluded.ToHashSet().SetEquals(other.Excluded)
            && Kinds.ToHashSet().SetEquals(other.Kinds) && Codes(this).SetEquals(Codes(other));

        static HashSet<(string, string)> Codes(DatasetMapping mapping) => [.. mapping.Specials.SelectMany(entry => entry.Value.Select(code => (entry.Key, code)))];
    }
}
