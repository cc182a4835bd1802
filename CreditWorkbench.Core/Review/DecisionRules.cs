using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>What a decision must hold before anybody weighs it.</summary>
public static class DecisionRules
{
    /// <summary>Fewest characters of any justification.</summary>
    public const int ShortestJustification = 10;

    /// <summary>Fewest characters of the justification of an override.</summary>
    public const int ShortestOverrideJustification = 40;

    /// <summary>Most characters of any justification.</summary>
    public const int LongestJustification = 4000;

    /// <summary>Everything that is wrong with a request, at once; empty when nothing is.</summary>
    public static List<Problem> Check(DecisionRequest request, OverrideKind kind)
    {
        var problems = new List<Problem>();
        var shortest = kind == OverrideKind.None ? ShortestJustification : ShortestOverrideJustification;
        if (request.Justification.Trim().Length < shortest)
            problems.Add(new Problem("decision.justification.short", $"The justification has {request.Justification.Trim().Length} characters; at least {shortest} are needed.") { Field = "justification", Remedy = "Say which facts carry the decision." });
        if (request.Justification.Length > LongestJustification)
            problems.Add(new Problem("decision.justification.long", $"The justification has {request.Justification.Length} characters; at most {LongestJustification} are kept.") { Field = "justification", Remedy = "Say it shorter; documents can be filed with the case." });
        if (kind != OverrideKind.None && !OverrideReasons.Codes.Contains(request.OverrideReason))
            problems.Add(new Problem("decision.override.reason", "This decision overrides the recommendation and gives no reason for it.") { Field = "overrideReason", Remedy = "Choose one of the reasons." });
        if (request.Verdict is Verdict.Approve or Verdict.CounterOffer) CheckTerms(request, problems);
        return problems;
    }

    private static void CheckTerms(DecisionRequest request, List<Problem> problems)
    {
        if (request.Amount is not { MinorUnits: > 0 })
            problems.Add(new Problem("decision.amount", "An approval names an amount above zero.") { Field = "amount", Remedy = "Enter the amount." });
        if (request.InterestRate is not (>= 0 and <= 2))
            problems.Add(new Problem("decision.rate", "An approval names a yearly rate between 0 and 200 %.") { Field = "interestRate", Remedy = "Enter the rate." });
        if (request.TermMonths is not (>= 1 and <= 600))
            problems.Add(new Problem("decision.term", "An approval names a term between 1 and 600 months.") { Field = "termMonths", Remedy = "Enter the term." });
    }
}
