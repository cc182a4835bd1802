using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>An application's whole way: consent, data, score, explanation that adds up, roadmap that is verified, human decision,
/// replay and a trail that stands up; on the real store.</summary>
public sealed class ServingLineTests(TrustModel trust) : IClassFixture<TrustModel>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Workbench _workbench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workbench = await Workbench.OpenAsync(_folder.Path);
        await _workbench.PromoteAsync("trust", trust.Package);
    }

    public async ValueTask DisposeAsync()
    {
        await _workbench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Score_WithoutAnyConsent_IsRefusedInTheDomain()
    {
        var applicant = await _workbench.RegisterAsync(1);
        var application = await _workbench.ApplyAsync(applicant.Id, trust.Applicants(1)[0]);

        var outcome = await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation);

        var problem = outcome.Problems.Single();
        Assert.Equal(("consent.missing", "scoring"), (problem.Code, problem.Field));
        Assert.Empty(await _workbench.ScoreRows.OfApplicationAsync(application.Id, Cancellation));
        Assert.Equal(ApplicationState.Draft, (await _workbench.ApplicationRows.FindAsync(application.Id, Cancellation))!.State);
    }

    [Fact]
    public async Task Score_WithoutConsentForOneSource_NamesTheSource()
    {
        var applicant = await _workbench.RegisterAsync(1);
        await _workbench.ConsentAsync(applicant.Id, trust.Definition, "utility");
        var application = await _workbench.ApplyAsync(applicant.Id, trust.Applicants(1)[0]);

        var outcome = await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation);

        var problem = outcome.Problems.Single();
        Assert.Equal(("consent.source.missing", "bank"), (problem.Code, problem.Field));
        Assert.Empty(await _workbench.ScoreRows.OfApplicationAsync(application.Id, Cancellation));
    }

    [Fact]
    public async Task Score_ConsentRunOut_SaysExpired()
    {
        var applicant = await _workbench.RegisterAsync(1);
        await _workbench.ConsentAsync(applicant.Id, trust.Definition);
        var application = await _workbench.ApplyAsync(applicant.Id, trust.Applicants(1)[0]);
        await using var later = await Workbench.OpenAsync(_folder.Path, new LaterClock(TimeSpan.FromDays(400)));

        var outcome = await later.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation);

        Assert.Equal("consent.expired", outcome.Problems.Single().Code);
    }

    [Fact]
    public async Task Score_MinorOfStatedGender_RuleOfAgeFiresAndTheScoreHoldsNoGender()
    {
        var applicant = await _workbench.RegisterAsync(1);
        await _workbench.ConsentAsync(applicant.Id, trust.Definition);
        var minor = trust.Applicants(1)[0].With("gender", InputValue.OfNumber(0)).With("age_years", InputValue.OfNumber(17));
        var application = await _workbench.ApplyAsync(applicant.Id, minor);

        var issued = (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;

        Assert.Equal((Recommendation.Decline, "TP1"), (issued.Policy.Recommendation, issued.Policy.DecidedByRule));
        var kept = InputRecordJson.FromText(trust.Definition, (await _workbench.ScoreRows.FindAsync(issued.Id, Cancellation))!.ValuesJson).Value;
        Assert.Equal((InputValue.Missing, InputValue.OfNumber(17)), (kept["gender"], kept["age_years"]));
        Assert.DoesNotContain("gender", issued.Provenance.Keys);
    }

    [Fact]
    public async Task Score_SeveralApplicants_EveryFeatureCountsEachOfThemOnce()
    {
        const int Cases = 4;
        foreach (var (n, record) in trust.Applicants(Cases).Index())
        {
            var applicant = await _workbench.RegisterAsync(n);
            await _workbench.ConsentAsync(applicant.Id, trust.Definition);
            Assert.True((await _workbench.Scoring.ScoreAsync((await _workbench.ApplyAsync(applicant.Id, record)).Id, People.Officer, Cancellation)).Succeeded);
        }

        var counts = await _workbench.Get<IScoreCounts>().ReadAsync(new ScoreCountQuery("trust", DateOnly.MinValue, DateOnly.MaxValue), Cancellation);

        Assert.Equal(trust.Package.FeatureBins.Select(bins => bins.Column.Name).Append(ScoreBins.Name).Order(StringComparer.Ordinal), counts.Select(count => count.Feature).Distinct().Order(StringComparer.Ordinal));
        Assert.All(counts.GroupBy(count => count.Feature), feature => Assert.Equal(Cases, feature.Sum(count => count.Count)));
    }

    [Fact]
    public async Task Score_ManyApplicants_BarsEndInTheIssuedInteger()
    {
        foreach (var (number, record) in trust.Applicants(40).Index())
        {
            var issued = await ScoreAsync(number, record);

            var explanation = issued.Explanation!;
            var sum = explanation.BasePoints + explanation.Contributions.Sum(bar => bar.Points) + explanation.Rounding + explanation.Clip;
            Assert.Equal(issued.Score.Issued, sum, 1e-6);
            Assert.Equal(issued.Score.Issued, explanation.Issued);
            Assert.Equal(issued.Score.Unrounded, sum - explanation.Rounding - explanation.Clip, 1e-6);
            Assert.InRange(issued.Score.Issued, 300, 900);
            Assert.Equal(20, explanation.Contributions.Count);
        }
    }

    [Fact]
    public async Task Score_ManyApplicants_ReasonsAreFewTrueAndFromTheDictionary()
    {
        var codes = trust.Definition.Reasons.Select(reason => reason.Code).ToHashSet();
        foreach (var (number, record) in trust.Applicants(40, seed: 5).Index())
        {
            var issued = await ScoreAsync(number, record);

            var reasons = issued.Explanation!.Reasons;
            Assert.InRange(reasons.Count, 0, 4);
            Assert.All(reasons, reason => Assert.Contains(reason.Code, codes));
            Assert.All(reasons.Where(reason => !reason.FromRule), reason => Assert.True(reason.Points <= -1, $"{reason.Code} has {reason.Points} points."));
            Assert.Equal(reasons.Count, reasons.Select(reason => reason.Code).Distinct().Count());
            if (issued.Policy.Recommendation == Recommendation.Decline) Assert.NotEmpty(reasons);
            Assert.All(reasons, reason => Assert.DoesNotContain("{value}", reason.Text.In("en") + reason.Text.In("id"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Score_ManyApplicants_RoadmapsHoldWhenEveryStepIsScoredAgain()
    {
        var stepsChecked = 0;
        var line = (await _workbench.Lines.InProductionAsync("trust", Cancellation)).Value;
        foreach (var (number, record) in trust.Applicants(25, seed: 9).Index())
        {
            var issued = await ScoreAsync(number, record);

            var roadmap = issued.Roadmap!;
            Assert.Equal(issued.Score.Issued, roadmap.ScoreNow);
            if (roadmap.Outcome != RoadmapOutcome.Found) continue;
            Assert.True(roadmap.Verified);
            Assert.True(roadmap.ScoreAfter >= roadmap.Target);
            Assert.Equal(roadmap.ScoreAfter, roadmap.Steps is [.., var last] ? last.ScoreAfter : roadmap.WithoutAction);
            var again = RoadmapReplay.Scores(line, record, roadmap);
            Assert.Equal(roadmap.Steps.Take(again.Count).Select(step => step.ScoreAfter), again);
            stepsChecked += again.Count;
        }

        Assert.True(stepsChecked >= 10, $"Only {stepsChecked} steps were scored again.");
    }

    [Fact]
    public async Task Score_SourceWithdrawnThatAnotherCovers_NamesTheOtherSource()
    {
        var before = await ScoreAsync(1, trust.Applicants(1)[0]);
        await _workbench.Applicants.WithdrawSourceAsync(before.ApplicantId, "trust", "utility", People.Officer, Cancellation);

        var after = (await _workbench.Scoring.ScoreAsync(before.ApplicationId, People.Officer, Cancellation)).Value;

        Assert.Equal(("utility", "bank"), (before.Provenance["utility_payment_months"], after.Provenance["utility_payment_months"]));
        Assert.DoesNotContain("utility", after.Provenance.Values);
        Assert.Equal(before.Score, after.Score);
        Assert.Equal(2, (await _workbench.ScoreRows.OfApplicationAsync(before.ApplicationId, Cancellation)).Count);
        Assert.Equal(after.Id, (await _workbench.ApplicationRows.FindAsync(before.ApplicationId, Cancellation))!.ScoreId);
    }

    [Fact]
    public async Task Score_BankWithdrawnBeforeTheDecision_TakesTheMissingPathOfItsFeatures()
    {
        var before = await ScoreAsync(1, trust.Applicants(1)[0]);
        await _workbench.Applicants.WithdrawSourceAsync(before.ApplicantId, "trust", "bank", People.Officer, Cancellation);

        var after = (await _workbench.Scoring.ScoreAsync(before.ApplicationId, People.Officer, Cancellation)).Value;

        Assert.Contains("avg_month_end_balance", before.Provenance.Keys);
        Assert.DoesNotContain("avg_month_end_balance", after.Provenance.Keys);
        Assert.NotEqual(BitConverter.DoubleToInt64Bits(before.Score.Margin), BitConverter.DoubleToInt64Bits(after.Score.Margin));
        Assert.True(double.IsNaN(after.Explanation!.Contributions.Single(bar => bar.Feature == "avg_month_end_balance").Value));
        Assert.True((await _workbench.Replay.ReplayAsync(after.Id, People.Auditor, Cancellation)).Value.Equal);
    }

    [Fact]
    public async Task Journey_FromConsentToSecondApproval_EndsInADecisionThatCannotBeScoredAgain()
    {
        var issued = await ScoreAsync(1, Referred());
        var opened = (await _workbench.Review.OpenAsync(issued.ApplicationId, People.Officer, Cancellation)).Value;
        var claimed = (await _workbench.Review.ClaimAsync(opened.Id, People.Officer, Cancellation)).Value;
        var grant = new DecisionRequest(Verdict.Approve, "Income of fourteen months is proved by payslips that the bank statement does not show.",
            Money.FromMajor(12_000_000, "IDR"), 0.165, 12, "income.notSeen");

        var recommended = (await _workbench.Review.DecideAsync(claimed.Id, grant, People.Officer, Cancellation)).Value;
        var bySelf = await _workbench.Review.SecondAsync(claimed.Id, agrees: true, People.Officer, Cancellation);
        var scoredMeanwhile = (await _workbench.ApplicationRows.FindAsync(issued.ApplicationId, Cancellation))!.State;
        var decided = (await _workbench.Review.SecondAsync(claimed.Id, agrees: true, People.Senior, Cancellation)).Value;
        var again = await _workbench.Scoring.ScoreAsync(issued.ApplicationId, People.Officer, Cancellation);

        Assert.True(recommended.NeedsSecond);
        Assert.Equal(OverrideKind.LowSide, recommended.Override);
        Assert.Equal("case.second.same", bySelf.Problems.Single().Code);
        Assert.Equal(ApplicationState.InReview, scoredMeanwhile);
        Assert.Equal((Verdict.Approve, People.Senior.Id), (decided.Verdict, decided.SecondBy));
        Assert.Equal("application.decided", again.Problems.Single().Code);
        Assert.Equal(ApplicationState.Decided, (await _workbench.ApplicationRows.FindAsync(issued.ApplicationId, Cancellation))!.State);
        Assert.Single(await _workbench.ScoreRows.OfApplicationAsync(issued.ApplicationId, Cancellation));
    }

    [Fact]
    public async Task Replay_IssuedScores_GiveTheSameBitsUnderTheirOwnRelease()
    {
        foreach (var (number, record) in trust.Applicants(10, seed: 13).Index())
        {
            var issued = await ScoreAsync(number, record);

            var replayed = (await _workbench.Replay.ReplayAsync(issued.Id, People.Auditor, Cancellation)).Value;

            Assert.True(replayed.Equal);
            Assert.False(replayed.EngineChanged);
            Assert.Equal((0.0, issued.Score.Issued), (replayed.MarginDifference, replayed.Replayed));
        }
    }

    [Fact]
    public async Task Replay_AfterARestart_IsStillEqual()
    {
        var issued = await ScoreAsync(1, trust.Applicants(1)[0]);
        await using var restarted = await Workbench.OpenAsync(_folder.Path);

        var replayed = (await restarted.Replay.ReplayAsync(issued.Id, People.Auditor, Cancellation)).Value;

        Assert.True(replayed.Equal);
    }

    private async Task<IssuedScore> ScoreAsync(int number, InputRecord record)
    {
        var applicant = await _workbench.RegisterAsync(number);
        await _workbench.ConsentAsync(applicant.Id, trust.Definition);
        var application = await _workbench.ApplyAsync(applicant.Id, record);
        var issued = await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation);
        Assert.True(issued.Succeeded, string.Join(' ', issued.Problems));
        return issued.Value;
    }

    // Somebody between the cut-offs, whom the score alone does not grant credit.
    private InputRecord Referred()
    {
        var line = new ServingLine(Registry.Releases.Of(trust.Package));
        return trust.Applicants(200).First(record => line.Score(record, default) is { Policy.Recommendation: Recommendation.Refer, Score.Issued: < 700 });
    }

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
