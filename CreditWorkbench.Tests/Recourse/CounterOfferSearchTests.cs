using CreditWorkbench.Core.Recourse;
using Xunit;

namespace CreditWorkbench.Tests.Recourse;

/// <summary>Largest amount and shortest term against a search of every possibility.</summary>
public sealed class CounterOfferSearchTests
{
    private static readonly OfferReach Asked = new(60_000_000, 24, 1_000_000, 500_000_000, 3, 120);

    // 12 % a year; approvable while the instalment stays within the limit, but never over 48 months.
    private static TermsScore Score(double amount, int? months, double limit)
    {
        var rate = 0.01;
        var instalment = amount * rate / (1 - Math.Pow(1 + rate, -months!.Value));
        return new TermsScore(instalment <= limit && months <= 48, 600, instalment);
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(1_600_000)]
    [InlineData(500_000)]
    public void Find_InstalmentAboveTheLimit_OffersWhatAnExhaustiveSearchFinds(double limit)
    {
        var found = CounterOfferSearch.Find(Asked, (amount, months) => Score(amount, months, limit));

        double[] amounts = [.. Enumerable.Range(10, 591).Select(units => units * 100_000.0)];
        var largest = amounts.Where(amount => Score(amount, 24, limit).Approvable).Max();
        int[] terms = [.. Enumerable.Range(3, 118).Where(months => Score(60_000_000, months, limit).Approvable)];
        Assert.Equal(largest, found.Offers.Single(offer => offer.Kind == OfferKind.LargestAmount).Amount);
        Assert.Equal(terms.Length == 0 ? null : terms.Min(), found.Offers.SingleOrDefault(offer => offer.Kind == OfferKind.ShortestTerm)?.TermMonths);
    }

    [Fact]
    public void Find_ApprovableAsAsked_OffersNothingAndScoresOnce()
    {
        var found = CounterOfferSearch.Find(Asked, (_, _) => new TermsScore(true, 700, null));

        Assert.Empty(found.Offers);
        Assert.Equal(1, found.Scored);
    }

    [Fact]
    public void Find_ScoreThatIsNotMonotoneInTheAmount_OffersTheLargestAllTheSame()
    {
        var found = CounterOfferSearch.Find(Asked with { TermMonths = null }, (amount, _) => new TermsScore(amount is 41_500_000 or 12_000_000, 600, null));

        Assert.Equal(41_500_000, Assert.Single(found.Offers).Amount);
    }

    [Fact]
    public void Find_AmountAboveTheLimitOfOffers_StartsAtTheLimit()
    {
        var found = CounterOfferSearch.Find(Asked with { MostAmount = 25_000_000 }, (_, _) => new TermsScore(true, 700, null));

        Assert.Equal((OfferKind.LargestAmount, 25_000_000), (found.Offers.Single().Kind, found.Offers.Single().Amount));
    }

    [Fact]
    public void Find_NothingApprovable_OffersNothingWithinItsBudget()
    {
        var found = CounterOfferSearch.Find(Asked, (_, _) => new TermsScore(false, 400, null));

        Assert.Empty(found.Offers);
        Assert.InRange(found.Scored, 500, 1_200);
    }
}
