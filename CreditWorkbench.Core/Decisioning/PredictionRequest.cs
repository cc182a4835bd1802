using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A stateless call as it came in.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="Body">JSON in valid UTF-8.</param>
/// <param name="Actor">Who calls; its identity owns the record.</param>
/// <param name="LegalBasis">Legal basis of calls that name none; null when each call must name it.</param>
public sealed record PredictionCall(PredictionKind Kind, string ScorecardId, ReadOnlyMemory<byte> Body, Actor Actor, string? LegalBasis)
{
    /// <summary>Whether a prediction carries its reasons.</summary>
    public bool WithReasons { get; init; }
}

/// <summary>What a body says.</summary>
/// <param name="Record">Accepted values.</param>
public sealed record PredictionRequest(InputRecord Record)
{
    /// <summary>The caller's own reference; null without.</summary>
    public string? Reference { get; init; }
    /// <summary>Legal basis as stated; null for the client's own.</summary>
    public IReadOnlyList<string>? LegalBasis { get; init; }
    /// <summary>How absent features are imagined.</summary>
    public AttributionMethod Method { get; init; } = AttributionMethod.Interventional;
    /// <summary>How many contributions are wanted, the strongest first; null for all, in the dictionary's order.</summary>
    public int? Top { get; init; }
    /// <summary>Issued score that a roadmap aims at; null without.</summary>
    public int? TargetScore { get; init; }
    /// <summary>Grade that a roadmap aims at; null without.</summary>
    public string? TargetGrade { get; init; }
    /// <summary>Whether values were left out that only an audit may read.</summary>
    public bool IgnoredSensitive { get; init; }
}
