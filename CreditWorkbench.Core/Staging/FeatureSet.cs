using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>One version of the features of a scorecard.</summary>
public sealed record FeatureSet
{
    /// <summary>Identity; that of the run that made it.</summary>
    public required Guid Id { get; init; }
    /// <summary>Scorecard.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>One-based, without gaps per scorecard; 0 before it is published.</summary>
    public int Version { get; init; }
    /// <summary>Hash of the dictionary's text.</summary>
    public required ContentHash DefinitionHash { get; init; }
    /// <summary>Scoring hash of the dictionary: models are tied to it.</summary>
    public required ContentHash ScoringHash { get; init; }
    /// <summary>Hash of columns, cells and keys: equal for equal features, whenever and wherever they were worked out.</summary>
    public required ContentHash ContentHash { get; init; }
    /// <summary>Rows.</summary>
    public required int Rows { get; init; }
    /// <summary>Columns.</summary>
    public required int Columns { get; init; }
    /// <summary>Bytes of its file.</summary>
    public required long Bytes { get; init; }
    /// <summary>Newest as-of instant of its rows; null without rows.</summary>
    public DateTimeOffset? NewestAsOf { get; init; }
    /// <summary>When it became the latest version.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
    /// <summary>When its rows were removed to make room; null while they can be read.</summary>
    public DateTimeOffset? RetiredAt { get; init; }
}
