using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Amount and term that a case is scored on.</summary>
internal static class ScoredTerms
{
    /// <summary>What the application asks for today.</summary>
    public static ApplicationTerms Of(CreditApplication application) => new((double?)application.Amount?.Major, application.TermMonths);

    /// <summary>What was asked for when the score was issued: an application may be changed and scored anew. Scores of before it was kept go by
    /// what is asked for today.</summary>
    public static ApplicationTerms Of(IssuedScore issued, CreditApplication application) => issued.Terms ?? Of(application);
}
