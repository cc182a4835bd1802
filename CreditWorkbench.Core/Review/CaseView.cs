using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Review;

/// <summary>Everything that the pages of one application show.</summary>
/// <param name="Application">The application.</param>
/// <param name="Applicant">The applicant, personal data masked.</param>
/// <param name="Definition">Dictionary of the scorecard.</param>
/// <param name="Consents">All consents, newest first.</param>
/// <param name="Score">Latest score; null before the first.</param>
/// <param name="EarlierScores">Scores before it, newest first.</param>
/// <param name="Case">Review case; null before it opens.</param>
/// <param name="Decisions">Decisions of the case, newest first.</param>
public sealed record CaseView(
    CreditApplication Application, Applicant Applicant, ScorecardDefinition Definition, IReadOnlyList<Consent> Consents, IssuedScore? Score,
    IReadOnlyList<IssuedScore> EarlierScores, ReviewCase? Case, IReadOnlyList<CaseDecision> Decisions);

/// <summary>A row of the applications list or the review queue.</summary>
/// <param name="Application">The application.</param>
/// <param name="ApplicantName">Name, masked unless the reader may see it.</param>
/// <param name="Score">Latest score; null before the first.</param>
/// <param name="Case">Review case; null before it opens.</param>
public sealed record CaseSummary(CreditApplication Application, string ApplicantName, IssuedScore? Score, ReviewCase? Case);
