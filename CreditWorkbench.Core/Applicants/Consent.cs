using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>An applicant's permission for one purpose and one source.</summary>
public sealed record Consent
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Who consents.</summary>
    public required Guid ApplicantId { get; init; }
    /// <summary>Scorecard whose text was shown.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>Purpose (scoring, explanation ...).</summary>
    public required string Purpose { get; init; }
    /// <summary>Source of data.</summary>
    public required string Source { get; init; }
    /// <summary>Hash of the text in the language shown.</summary>
    public required ContentHash TextHash { get; init; }
    /// <summary>Version of the dictionary that the text is part of.</summary>
    public string TextVersion { get; init; } = "";
    /// <summary>Two-letter language of the text.</summary>
    public required string Language { get; init; }
    /// <summary>branch, browser or api.</summary>
    public required string Channel { get; init; }
    /// <summary>When given.</summary>
    public required DateTimeOffset GivenAt { get; init; }
    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>When withdrawn; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Whether it stands at a moment.</summary>
    public bool IsActive(DateTimeOffset now) => WithdrawnAt is null && GivenAt <= now && now < ExpiresAt;
}
