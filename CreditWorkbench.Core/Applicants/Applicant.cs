namespace CreditWorkbench.Core.Applicants;

/// <summary>Person or company.</summary>
public enum ApplicantKind
{
    /// <summary>A natural person.</summary>
    Person,
    /// <summary>A company.</summary>
    Company,
}

/// <summary>Who applies. Name, e-mail, phone, national id and contact are personal data: encrypted at rest under the applicant's own key,
/// masked on screen, never logged.</summary>
public sealed record Applicant
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Person or company.</summary>
    public required ApplicantKind Kind { get; init; }
    /// <summary>Full name.</summary>
    public required string Name { get; init; }
    /// <summary>E-mail.</summary>
    public required string Email { get; init; }
    /// <summary>Phone.</summary>
    public string Phone { get; init; } = "";
    /// <summary>National or company registration number; null when not given.</summary>
    public string? NationalId { get; init; }
    /// <summary>Who speaks for a company; null for persons, and where nobody was named.</summary>
    public string? ContactName { get; init; }
    /// <summary>Two-letter language of letters.</summary>
    public string Language { get; init; } = "en";
    /// <summary>Branch; null for the head office.</summary>
    public string? BranchId { get; init; }
    /// <summary>Client system that registered the applicant; null where a person did.</summary>
    public Guid? ClientId { get; init; }
    /// <summary>When registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When somebody asked for the erasure; null where nobody did.</summary>
    public DateTimeOffset? ErasureRequestedAt { get; init; }
    /// <summary>When the applicant's key was destroyed; personal data is then empty.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
    /// <summary>Version token.</summary>
    public int Version { get; init; }
}
