using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>A decision on a claimed case.</summary>
/// <param name="Decision">approve, decline, refer or counterOffer.</param>
/// <param name="Justification">Why; at least 10 characters, 40 for an override.</param>
/// <param name="Amount">Amount in major units; needed for approve and counterOffer.</param>
/// <param name="InterestRate">Yearly rate as a share; needed for approve and counterOffer.</param>
/// <param name="TermMonths">Term; needed for approve and counterOffer.</param>
/// <param name="OverrideReason">Code of the reason; needed where the decision overrides the recommendation.</param>
public sealed record NewDecision(Verdict Decision, string Justification, decimal? Amount = null, double? InterestRate = null, int? TermMonths = null, string? OverrideReason = null);

/// <summary>What a second person says to a decision that waits for one.</summary>
/// <param name="Agrees">True: it stands; false: the case goes back to the queue.</param>
public sealed record SecondOpinion(bool Agrees);

/// <summary>A review case.</summary>
/// <param name="Id">Identity.</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="ApplicationNumber">Its number; null where only the case was read.</param>
/// <param name="ApplicantName">Name, masked unless the caller works with applicants; null as above.</param>
/// <param name="Scorecard">Scorecard; null as above.</param>
/// <param name="ScoreId">Score under review.</param>
/// <param name="Score">Issued score; null as above.</param>
/// <param name="Grade">Grade; null as above.</param>
/// <param name="Recommendation">approve, refer or decline; null as above.</param>
/// <param name="Amount">Amount asked for, in major units; null when not stated.</param>
/// <param name="Status">waiting, claimed, secondApproval or decided.</param>
/// <param name="Priority">1 first.</param>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="DueAt">When it is late.</param>
/// <param name="ClaimedBy">Who has it.</param>
/// <param name="ClaimedByName">Name of that person.</param>
/// <param name="ClaimedAt">Since when.</param>
/// <param name="ObjectedAt">When the applicant objected; null without an objection.</param>
/// <param name="Decisions">Decisions, newest first; null in lists.</param>
/// <param name="Version">Version, as in the ETag.</param>
public sealed record ReviewResource(
    Guid Id, Guid ApplicationId, string? ApplicationNumber, string? ApplicantName, string? Scorecard, Guid ScoreId, int? Score, string? Grade, Recommendation? Recommendation, decimal? Amount,
    CaseState Status, int Priority, DateTimeOffset OpenedAt, DateTimeOffset DueAt, Guid? ClaimedBy, string? ClaimedByName, DateTimeOffset? ClaimedAt, DateTimeOffset? ObjectedAt,
    IReadOnlyList<DecisionResource>? Decisions, int Version)
{
    internal static ReviewResource Of(ReviewCase one) => new(
        one.Id, one.ApplicationId, null, null, null, one.ScoreId, null, null, null, null, one.State, one.Priority, one.OpenedAt, one.DueAt, one.ClaimedBy, one.ClaimedByName, one.ClaimedAt,
        one.ObjectedAt, null, one.Version);

    internal static ReviewResource Of(QueueRow row) => Of(row.Case) with
    {
        ApplicationNumber = row.Facts.Number,
        ApplicantName = row.ApplicantName,
        Scorecard = row.Facts.ScorecardId,
        Score = row.Facts.Issued,
        Grade = row.Facts.Grade,
        Recommendation = row.Facts.Recommendation,
        Amount = row.Facts.Amount?.Major,
    };

    internal static ReviewResource Of(CaseSummary row) => Of(row.Case!) with
    {
        ApplicationNumber = row.Application.Number,
        ApplicantName = row.ApplicantName,
        Scorecard = row.Application.ScorecardId,
        Score = row.Score?.Score.Issued,
        Grade = row.Score?.Score.Grade,
        Recommendation = row.Score?.Policy.Recommendation,
        Amount = row.Application.Amount?.Major,
    };

    internal static ReviewResource Of(ReviewCase one, CaseView view) =>
        Of(new CaseSummary(view.Application, view.Applicant.Name, view.Score, one)) with { Decisions = [.. view.Decisions.Select(DecisionResource.Of)] };
}

/// <summary>A decision.</summary>
/// <param name="Id">Identity.</param>
/// <param name="ReviewId">Review case.</param>
/// <param name="ScoreId">Score that it rests on.</param>
/// <param name="Decision">approve, decline, refer or counterOffer.</param>
/// <param name="Amount">Amount granted, in major units.</param>
/// <param name="InterestRate">Yearly rate as a share.</param>
/// <param name="TermMonths">Term.</param>
/// <param name="Justification">Why.</param>
/// <param name="Override">none, lowSide or highSide, or by a rule: how it departs from the recommendation.</param>
/// <param name="OverrideReason">Code of the reason; null without override.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedByName">Name of that person.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="NeedsSecond">Whether another person must approve before it stands.</param>
/// <param name="SecondBy">Who did; null before.</param>
/// <param name="SecondAt">When; null before.</param>
/// <param name="Stands">Whether it decides.</param>
public sealed record DecisionResource(
    Guid Id, Guid ReviewId, Guid ScoreId, Verdict Decision, decimal? Amount, double? InterestRate, int? TermMonths, string Justification, OverrideKind Override, string? OverrideReason, Guid DecidedBy,
    string DecidedByName, DateTimeOffset DecidedAt, bool NeedsSecond, Guid? SecondBy, DateTimeOffset? SecondAt, bool Stands)
{
    internal static DecisionResource Of(CaseDecision one) => new(
        one.Id, one.CaseId, one.ScoreId, one.Verdict, one.Amount?.Major, one.InterestRate, one.TermMonths, one.Justification, one.Override, one.OverrideReason, one.DecidedBy, one.DecidedByName,
        one.DecidedAt, one.NeedsSecond, one.SecondBy, one.SecondAt, one.Stands);
}

/// <summary>A letter to the applicant.</summary>
/// <param name="Id">Identity.</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="DecisionId">Decision that it tells.</param>
/// <param name="Issued">Whether it was issued and is frozen; else how it would read today.</param>
/// <param name="IssuedAt">When; null before.</param>
/// <param name="Language">Language of this text.</param>
/// <param name="Text">The letter.</param>
public sealed record LetterResource(Guid Id, Guid ApplicationId, Guid DecisionId, bool Issued, DateTimeOffset? IssuedAt, string Language, LetterText Text);
