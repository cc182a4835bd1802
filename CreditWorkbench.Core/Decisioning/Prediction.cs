using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What a stateless call asked for.</summary>
public enum PredictionKind
{
    /// <summary>A score.</summary>
    Predict,
    /// <summary>A score with its explanation.</summary>
    Explain,
    /// <summary>A way to a better score.</summary>
    Roadmap,
    /// <summary>A row of a batch, a file or a queue.</summary>
    Batch,
}

/// <summary>The record of a stateless prediction: who asked, which release answered what, on which values. Never an application, a
/// letter or a decision on credit.</summary>
public sealed record Prediction
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Client system, or the person who called: nobody else sees the record.</summary>
    public required Guid ClientId { get; init; }
    /// <summary>What was asked for.</summary>
    public required PredictionKind Kind { get; init; }
    /// <summary>The caller's own reference; null without. Encrypted at rest.</summary>
    public string? Reference { get; init; }
    /// <summary>Codes of <see cref="LegalBases"/>, separated by commas. Encrypted at rest.</summary>
    public required string LegalBasis { get; init; }
    /// <summary>Which release answered.</summary>
    public required ReleaseReference Release { get; init; }
    /// <summary>SHA-256 of <see cref="Values"/>.</summary>
    public required ContentHash InputHash { get; init; }
    /// <summary>The accepted values as canonical JSON in UTF-8; encrypted at rest.</summary>
    public required ReadOnlyMemory<byte> Values { get; init; }
    /// <summary>Bits of the margin, so that a replay can be compared.</summary>
    public required long MarginBits { get; init; }
    /// <summary>Issued score.</summary>
    public required int Issued { get; init; }
    /// <summary>Grade.</summary>
    public required string Grade { get; init; }
    /// <summary>Probability of default; NaN where none could be given.</summary>
    public required double Pd { get; init; }
    /// <summary>What policy recommends.</summary>
    public required Recommendation Decision { get; init; }
    /// <summary>Stable warning codes.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
    /// <summary>Whether the answer was worked out by an earlier call on the same values.</summary>
    public bool FromCache { get; init; }
}
