namespace CreditWorkbench.Core.Recourse;

/// <summary>What a counter-offer changes.</summary>
public enum OfferKind
{
    /// <summary>The largest amount that can be approved over the term asked for.</summary>
    LargestAmount,
    /// <summary>The shortest term over which the amount asked for can be approved.</summary>
    ShortestTerm,
}

/// <summary>Terms on which a case can be approved; re-scored through the whole line.</summary>
/// <param name="Kind">What differs from what was asked for.</param>
/// <param name="Amount">Amount in major units.</param>
/// <param name="TermMonths">Term; null where the application states none.</param>
/// <param name="ScoreAfter">Issued score on these terms.</param>
/// <param name="Instalment">Monthly instalment in major units where the dictionary works one out; null otherwise.</param>
public sealed record CounterOffer(OfferKind Kind, double Amount, int? TermMonths, int ScoreAfter, double? Instalment);

/// <summary>What re-scoring terms gives.</summary>
/// <param name="Approvable">Whether score, rules and limits all allow approval.</param>
/// <param name="Issued">Issued score.</param>
/// <param name="Instalment">Monthly instalment; null where the dictionary works none out.</param>
public readonly record struct TermsScore(bool Approvable, int Issued, double? Instalment);

/// <summary>Re-scores a case on other terms through the whole line.</summary>
public delegate TermsScore ScoreTerms(double amount, int? termMonths);

/// <summary>How far a search may go.</summary>
/// <param name="Amount">Amount asked for, major units, positive.</param>
/// <param name="TermMonths">Term asked for; null where none is stated.</param>
/// <param name="LeastAmount">Smallest amount that is offered.</param>
/// <param name="MostAmount">Largest amount that is offered.</param>
/// <param name="LeastTerm">Shortest term that is offered.</param>
/// <param name="MostTerm">Longest term that is offered.</param>
public sealed record OfferReach(double Amount, int? TermMonths, double LeastAmount, double MostAmount, int LeastTerm, int MostTerm);

/// <summary>What a search for counter-offers found.</summary>
/// <param name="AsAsked">The terms asked for, re-scored.</param>
/// <param name="Offers">Offers found; empty when the terms asked for can be approved, or when no other terms can.</param>
/// <param name="Scored">How many terms were scored.</param>
public sealed record CounterOffers(TermsScore AsAsked, IReadOnlyList<CounterOffer> Offers, int Scored);

/// <summary>Looks for the largest amount and the shortest term that can be approved. A score need not rise as the amount falls, so terms
/// are tried one by one, from the best for the applicant on; what is offered was scored itself.</summary>
public static class CounterOfferSearch
{
    private const int MostAmounts = 1000;

    /// <summary>Searches; at most 1,000 amounts and every term within reach are scored.</summary>
    /// <param name="reach">What was asked for and how far to go.</param>
    /// <param name="score">Re-scores terms.</param>
    public static CounterOffers Find(OfferReach reach, ScoreTerms score)
    {
        var scored = 1;
        var asked = score(reach.Amount, reach.TermMonths);
        if (asked.Approvable && reach.Amount <= reach.MostAmount) return new CounterOffers(asked, [], scored);
        var offers = new List<CounterOffer>();
        var step = StepOf(reach.Amount);
        for (var units = Math.Floor(Math.Min(reach.Amount, reach.MostAmount) / step); units > 0 && units * step >= reach.LeastAmount && scored <= MostAmounts; units--)
        {
            if (units * step == reach.Amount) continue;
            scored++;
            if (score(units * step, reach.TermMonths) is not { Approvable: true } found) continue;
            offers.Add(new CounterOffer(OfferKind.LargestAmount, units * step, reach.TermMonths, found.Issued, found.Instalment));
            break;
        }

        if (reach.TermMonths is null || reach.Amount > reach.MostAmount) return new CounterOffers(asked, offers, scored);
        for (var months = reach.LeastTerm; months <= reach.MostTerm; months++)
        {
            if (months == reach.TermMonths) continue;
            scored++;
            if (score(reach.Amount, months) is not { Approvable: true } found) continue;
            offers.Add(new CounterOffer(OfferKind.ShortestTerm, reach.Amount, months, found.Issued, found.Instalment));
            break;
        }

        return new CounterOffers(asked, offers, scored);
    }

    /// <summary>A hundredth of the power of ten below the amount: 60,000,000 is lowered by 100,000.</summary>
    public static double StepOf(double amount) => Math.Max(1, Math.Pow(10, Math.Floor(Math.Log10(amount)) - 2));
}
