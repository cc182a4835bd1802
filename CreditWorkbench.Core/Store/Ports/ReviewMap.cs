using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Case and decision to rows and back.</summary>
internal static class ReviewMap
{
    private const string Justification = "Decisions.Justification";

    /// <summary>Writes what may change.</summary>
    public static void Write(ReviewCase reviewCase, CaseRow row)
    {
        row.ScoreId = reviewCase.ScoreId;
        row.State = reviewCase.State;
        row.Priority = reviewCase.Priority;
        row.DueAt = reviewCase.DueAt;
        row.ClaimedBy = reviewCase.ClaimedBy;
        row.ClaimedByName = reviewCase.ClaimedByName;
        row.ClaimedAt = reviewCase.ClaimedAt;
        row.ObjectedAt = reviewCase.ObjectedAt;
    }

    /// <summary>Copies what the queue shows from the application and the score under review.</summary>
    public static void CopyFacts(CaseRow row, CreditApplication application, QueueFacts facts)
    {
        row.ApplicantId = application.ApplicantId;
        (row.Number, row.ScorecardId) = (facts.Number, facts.ScorecardId);
        (row.AmountMinorUnits, row.Currency) = (facts.Amount?.MinorUnits, facts.Amount?.Currency);
        (row.Issued, row.Grade, row.Recommendation) = (facts.Issued, facts.Grade, facts.Recommendation);
    }

    /// <summary>What the queue shows.</summary>
    public static QueueFacts FactsOf(CaseRow row) =>
        new(row.Number, row.ScorecardId, ApplicationMap.MoneyOf(row.AmountMinorUnits, row.Currency), row.Issued, row.Grade, row.Recommendation);

    public static ReviewCase Read(CaseRow row) => new()
    {
        Id = row.Id,
        ApplicationId = row.ApplicationId,
        ScoreId = row.ScoreId,
        State = row.State,
        Priority = row.Priority,
        OpenedAt = row.OpenedAt,
        DueAt = row.DueAt,
        ClaimedBy = row.ClaimedBy,
        ClaimedByName = row.ClaimedByName,
        ClaimedAt = row.ClaimedAt,
        ObjectedAt = row.ObjectedAt,
        Version = row.Version,
    };

    public static void Write(CaseDecision decision, DecisionRow row, DataKey key)
    {
        row.CaseId = decision.CaseId;
        row.ApplicationId = decision.ApplicationId;
        row.ScoreId = decision.ScoreId;
        row.Verdict = decision.Verdict;
        row.AmountMinorUnits = decision.Amount?.MinorUnits;
        row.Currency = decision.Amount?.Currency;
        row.InterestRate = decision.InterestRate;
        row.TermMonths = decision.TermMonths;
        row.Justification = key.Seal(decision.Justification, Justification, decision.Id);
        row.Override = decision.Override;
        row.OverrideReason = decision.OverrideReason;
        row.DecidedBy = decision.DecidedBy;
        row.DecidedByName = decision.DecidedByName;
        row.DecidedAt = decision.DecidedAt;
        row.NeedsSecond = decision.NeedsSecond;
        row.SecondBy = decision.SecondBy;
        row.SecondAt = decision.SecondAt;
    }

    /// <summary>Without a key (erased) the justification is empty.</summary>
    public static CaseDecision Read(DecisionRow row, DataKey? key) => new()
    {
        Id = row.Id,
        CaseId = row.CaseId,
        ApplicationId = row.ApplicationId,
        ScoreId = row.ScoreId,
        Verdict = row.Verdict,
        Amount = ApplicationMap.MoneyOf(row.AmountMinorUnits, row.Currency),
        InterestRate = row.InterestRate,
        TermMonths = row.TermMonths,
        Justification = key?.Open(row.Justification, Justification, row.Id) ?? "",
        Override = row.Override,
        OverrideReason = row.OverrideReason,
        DecidedBy = row.DecidedBy,
        DecidedByName = row.DecidedByName,
        DecidedAt = row.DecidedAt,
        NeedsSecond = row.NeedsSecond,
        SecondBy = row.SecondBy,
        SecondAt = row.SecondAt,
    };
}
