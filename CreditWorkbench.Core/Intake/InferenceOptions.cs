namespace CreditWorkbench.Core.Intake;

/// <summary>What a user says about a file of their own.</summary>
/// <param name="Name">Name of the scorecard; its id is made from it.</param>
/// <param name="Target">Column of the outcome.</param>
/// <param name="Bad">Values of the outcome that count as bad.</param>
public sealed record InferenceOptions(string Name, string Target, IReadOnlyList<string> Bad)
{
    /// <summary>Identity column; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>Column whose equal values stay on one side of a split; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Column of the date; null for none.</summary>
    public string? Time { get; init; }

    /// <summary>Column of a segment for reports; null for none.</summary>
    public string? Segment { get; init; }

    /// <summary>Column that says how much a row counts; models never learn from it. Null where all count alike.</summary>
    public string? Weight { get; init; }

    /// <summary>Columns for audit only.</summary>
    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>Columns that never enter.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Declared special codes.</summary>
    public SpecialCodeList Specials { get; init; } = SpecialCodeList.None;

    /// <summary>Columns that are read as another kind than they look like.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Seed of the training section.</summary>
    public int Seed { get; init; } = 1;
}
