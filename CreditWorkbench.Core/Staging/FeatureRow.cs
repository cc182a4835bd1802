using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The features of an entity as of an instant.</summary>
/// <param name="Entity">Key of the entity.</param>
/// <param name="AsOf">Nothing dated at or after this instant is in the values.</param>
/// <param name="Fields">Values in the order of the feature file.</param>
public sealed record FeatureRow(string Entity, DateTimeOffset AsOf, IReadOnlyList<FeatureField> Fields)
{
    /// <summary>Version of the feature set; null for a row that was written by itself.</summary>
    public int? Version { get; init; }

    /// <summary>When the row became known to the store.</summary>
    public DateTimeOffset KnownSince { get; init; }

    /// <summary>Scoring hash of the dictionary that the values follow.</summary>
    public string ScoringHash { get; init; } = "";

    /// <summary>The field of a name; null when there is none.</summary>
    public FeatureField? Field(string name) => Fields.FirstOrDefault(field => field.Name == name);
}

/// <summary>One value of a row.</summary>
/// <param name="Name">Column.</param>
/// <param name="Type">Type.</param>
/// <param name="Text">As in the feature file: ISO dates, category codes, special codes, numbers that read back to the same double; null for a
/// missing value.</param>
/// <param name="Number">The number or day number; a <see cref="CodedNaN"/> for missing values, special codes and texts.</param>
public sealed record FeatureField(string Name, InputType Type, string? Text, double Number);
