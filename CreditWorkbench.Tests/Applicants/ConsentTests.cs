using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Applicants;

public sealed class ConsentTests
{
    private static readonly DateTimeOffset Given = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Given.AddDays(10);

    [Fact]
    public void Check_AllGiven_NothingStandsInTheWay() => Assert.Empty(Check(Consents("bank", "bureau"), Later));

    [Fact]
    public void Check_NoConsentAtAll_NamesThePurpose()
    {
        var problem = Assert.Single(Check([], Later));

        Assert.Equal(("consent.missing", "scoring"), (problem.Code, problem.Field));
    }

    [Fact]
    public void Check_BureauNeverAsked_NamesTheSourceInWords()
    {
        var problem = Assert.Single(Check(Consents("bank"), Later));

        Assert.Equal(("consent.source.missing", "bureau"), (problem.Code, problem.Field));
        Assert.Equal("No score without consent. Missing: credit bureau, for scoring.", problem.Message);
    }

    [Fact]
    public void Check_ValueOfTheSourceLeftOut_AsksForNoConsent() =>
        Assert.Empty(ConsentCheck.Check(Definitions.Small, Record().With("arrears", InputValue.Missing), Consents("bank"), Later));

    [Fact]
    public void Check_OnlyStatedValues_StillNeedsConsentToTheScore()
    {
        var stated = Record().With("arrears", InputValue.Missing).With("turnover", InputValue.Missing);

        Assert.Equal("consent.missing", Assert.Single(ConsentCheck.Check(Definitions.Small, stated, [], Later)).Code);
        Assert.Empty(ConsentCheck.Check(Definitions.Small, stated, Consents("declared"), Later));
    }

    [Fact]
    public void Check_BureauConsentRanOut_SaysExpired()
    {
        var problem = Assert.Single(Check(Consents("bank", "bureau"), Given.AddMonths(4)));

        Assert.Equal(("consent.expired", "No score without consent. Expired: credit bureau, for scoring."), (problem.Code, problem.Message));
    }

    [Fact]
    public void Check_ExpiryMoment_IsTheFirstWithoutConsent()
    {
        Assert.Empty(Check(Consents("bank", "bureau"), Given.AddMonths(3).AddTicks(-1)));
        Assert.Single(Check(Consents("bank", "bureau"), Given.AddMonths(3)));
    }

    [Fact]
    public void Check_OneSourceWithdrawn_IsNoObstacleWhileThePurposeStands()
    {
        var consents = Consents("bank", "bureau");
        consents[1] = consents[1] with { WithdrawnAt = Given.AddDays(1) };

        Assert.Empty(Check(consents, Later));
    }

    [Fact]
    public void Check_EverythingWithdrawn_NoScore()
    {
        var consents = Consents("bank", "bureau").ConvertAll(consent => consent with { WithdrawnAt = Given.AddDays(1) });

        Assert.Equal("consent.missing", Assert.Single(Check(consents, Later)).Code);
    }

    [Fact]
    public void Check_ConsentToAnotherScorecardOrPurpose_DoesNotCount()
    {
        var other = Consents("bank", "bureau").ConvertAll(consent => consent with { ScorecardId = "other" });
        var improvement = Consents("bank", "bureau").ConvertAll(consent => consent with { Purpose = "model_improvement" });

        Assert.Equal("consent.missing", Assert.Single(Check(other, Later)).Code);
        Assert.Equal("consent.missing", Assert.Single(Check(improvement, Later)).Code);
    }

    [Fact]
    public void Check_WithdrawnThenGivenAgainAndExpired_SaysExpired()
    {
        var withdrawn = Consents("bureau")[0] with { WithdrawnAt = Given.AddDays(1) };
        var again = Consents("bureau")[0] with { GivenAt = Given.AddDays(2), ExpiresAt = Given.AddDays(5) };

        Assert.Equal("consent.expired", Assert.Single(Check([.. Consents("bank"), withdrawn, again], Later)).Code);
    }

    [Fact]
    public void ClosedSources_WithdrawnExpiredAndNeverAsked_AreClosedAndStatedOnesNever()
    {
        var consents = Consents("bank", "bureau");
        consents[0] = consents[0] with { WithdrawnAt = Given.AddDays(1) };

        Assert.Equal(["bank", "utility"], ConsentCheck.ClosedSources(Definitions.Small, consents, Later).Order());
        Assert.Equal(["bank", "bureau", "utility"], ConsentCheck.ClosedSources(Definitions.Small, consents, Given.AddMonths(4)).Order());
    }

    [Fact]
    public void Check_BankExpiredButUtilityStands_ValueMayStillBeUsed()
    {
        var consents = Consents("bank", "utility", "bureau");
        consents[0] = consents[0] with { WithdrawnAt = null, ExpiresAt = Given.AddDays(1) };

        Assert.Empty(Check(consents, Later));
    }

    private static IReadOnlyList<Problem> Check(IReadOnlyList<Consent> consents, DateTimeOffset now) => ConsentCheck.Check(Definitions.Small, Record(), consents, now);

    private static List<Consent> Consents(params string[] sources) =>
    [
        .. sources.Select(source => new Consent
        {
            Id = Guid.CreateVersion7(),
            ApplicantId = Guid.Empty,
            ScorecardId = "small",
            Purpose = "scoring",
            Source = source,
            TextHash = ContentHash.Of("I agree."),
            Language = "en",
            Channel = "branch",
            GivenAt = Given,
            ExpiresAt = source == "bureau" ? Given.AddMonths(3) : Given.AddDays(365),
        }),
    ];

    private static InputRecord Record() => new(Definitions.Small, [InputValue.OfNumber(5_000_000), InputValue.OfNumber(42), InputValue.OfNumber(0)]);
}
