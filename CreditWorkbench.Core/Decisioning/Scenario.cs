using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A trial that somebody kept beside a case. It never counts as a score.</summary>
public sealed record Scenario
{
    /// <summary>Most scenarios that one person keeps per case.</summary>
    public const int Most = 4;

    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Application.</summary>
    public required Guid ApplicationId { get; init; }
    /// <summary>Applicant: the key of the encrypted parts.</summary>
    public required Guid ApplicantId { get; init; }
    /// <summary>Issued score that it starts from.</summary>
    public required Guid ScoreId { get; init; }
    /// <summary>Who kept it.</summary>
    public required Guid UserId { get; init; }
    /// <summary>What that person calls it; encrypted at rest.</summary>
    public required string Name { get; init; }
    /// <summary>New values by input; encrypted at rest.</summary>
    public required IReadOnlyDictionary<string, InputValue> Changes { get; init; }
    /// <summary>Issued score on these values.</summary>
    public required int Issued { get; init; }
    /// <summary>Grade.</summary>
    public required string Grade { get; init; }
    /// <summary>Probability of default.</summary>
    public required double Pd { get; init; }
    /// <summary>What policy says.</summary>
    public required Recommendation Recommendation { get; init; }
    /// <summary>Monthly instalment; null where the dictionary works none out.</summary>
    public double? Instalment { get; init; }
    /// <summary>When kept.</summary>
    public required DateTimeOffset KeptAt { get; init; }
}
