using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A case that the chosen line decided on, with what the others need to see it too.</summary>
/// <param name="SubjectId">The issued score, or the prediction record.</param>
/// <param name="Scored">Record, score and policy.</param>
/// <param name="Terms">Amount and term of the application, where no input states them.</param>
/// <param name="Decision">Recommendation as issued.</param>
/// <param name="Reasons">Codes of the reasons, strongest first.</param>
/// <param name="Explained">Whether the full explanation was worked out; the others then do the same work.</param>
/// <param name="Elapsed">Time to score and explain.</param>
public sealed record DecidedCase(
    Guid SubjectId, ScoredCase Scored, ApplicationTerms Terms, Recommendation Decision, IReadOnlyList<string> Reasons, bool Explained, TimeSpan Elapsed)
{
    /// <summary>Application; null at the stateless door.</summary>
    public Guid? ApplicationId { get; init; }

    /// <summary>Applicant: whose key seals the reasons; null at the stateless door.</summary>
    public Guid? ApplicantId { get; init; }
}
