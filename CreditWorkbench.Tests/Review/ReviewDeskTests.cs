using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Review;

public sealed class ReviewDeskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Decide_WithinAuthority_DecidesCaseAndApplication()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 10_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);

        var decision = await room.Desk.DecideAsync(opened.Id, Cases.Approve(10_000_000), maya, None);

        Assert.False(decision.Value.NeedsSecond);
        Assert.Equal(CaseState.Decided, room.Cases.Single.State);
        Assert.Equal(ApplicationState.Decided, room.Applications.Single.State);
        Assert.Equal(["case.opened", "case.claimed", "case.decided"], room.AuditKinds);
    }

    [Fact]
    public async Task Decide_AboveAuthority_WaitsForSomebodyElse()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var arif = Cases.Officer("Arif", Permission.DecideAsSeniorOfficer);
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 60_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);

        var first = await room.Desk.DecideAsync(opened.Id, Cases.Approve(60_000_000), maya, None);
        var bySame = await room.Desk.SecondAsync(opened.Id, agrees: true, maya, None);
        var bySenior = await room.Desk.SecondAsync(opened.Id, agrees: true, arif, None);

        Assert.True(first.Value.NeedsSecond);
        Assert.Equal("case.second.same", bySame.Problems[0].Code);
        Assert.Equal(arif.Id, bySenior.Value.SecondBy);
        Assert.Equal(ApplicationState.Decided, room.Applications.Single.State);
    }

    [Fact]
    public async Task Second_WithoutAuthorityForTheAmount_IsRefused()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var colleague = Cases.Officer("Dedi");
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 60_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);
        await room.Desk.DecideAsync(opened.Id, Cases.Approve(60_000_000), maya, None);

        var second = await room.Desk.SecondAsync(opened.Id, agrees: true, colleague, None);

        Assert.Equal("authority.amount", second.Problems[0].Code);
        Assert.Equal(CaseState.SecondApproval, room.Cases.Single.State);
    }

    [Fact]
    public async Task Second_CaseScoredAnewSince_MayOnlyGiveItBack()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var arif = Cases.Officer("Arif", Permission.DecideAsSeniorOfficer);
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 60_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);
        await room.Desk.DecideAsync(opened.Id, Cases.Approve(60_000_000), maya, None);
        room.Scores.Single = room.Scores.Single with { Id = Guid.CreateVersion7() };
        room.Applications.Single = room.Applications.Single with { ScoreId = room.Scores.Single.Id };
        await room.Desk.OpenAsync(opened.ApplicationId, maya, None);

        var agreed = await room.Desk.SecondAsync(opened.Id, agrees: true, arif, None);
        var returned = await room.Desk.SecondAsync(opened.Id, agrees: false, arif, None);

        Assert.Equal("case.second.rescored", agreed.Problems[0].Code);
        Assert.True(returned.Succeeded);
        Assert.Equal(CaseState.Waiting, room.Cases.Single.State);
    }

    [Fact]
    public async Task Second_Disagrees_GivesTheCaseBack()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var arif = Cases.Officer("Arif", Permission.DecideAsSeniorOfficer);
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 60_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);
        await room.Desk.DecideAsync(opened.Id, Cases.Approve(60_000_000), maya, None);

        await room.Desk.SecondAsync(opened.Id, agrees: false, arif, None);

        Assert.Equal(CaseState.Waiting, room.Cases.Single.State);
        Assert.Null(room.Cases.Single.ClaimedBy);
        Assert.Equal(ApplicationState.InReview, room.Applications.Single.State);
    }

    [Fact]
    public async Task Decide_NotClaimed_IsRefused()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 10_000_000, maya);

        var decision = await room.Desk.DecideAsync(opened.Id, Cases.Approve(10_000_000), maya, None);

        Assert.Equal("case.notClaimed", decision.Problems[0].Code);
    }

    [Fact]
    public async Task Claim_HeldByAnother_NamesThatPerson()
    {
        var room = new ReviewRoom();
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 10_000_000, Cases.Officer("Maya"));
        await room.Desk.ClaimAsync(opened.Id, Cases.Officer("Arif"), None);

        var claim = await room.Desk.ClaimAsync(opened.Id, Cases.Officer("Dedi"), None);

        Assert.Equal("case.claimedByOther", claim.Problems[0].Code);
        Assert.Contains("Arif", claim.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_OverrideWithoutReasonAndEvidence_NamesBothFields()
    {
        var room = new ReviewRoom();
        var arif = Cases.Officer("Arif", Permission.DecideAsSeniorOfficer);
        var opened = await room.OpenAsync(Cases.Score(650, Recommendation.Refer), 10_000_000, arif);
        await room.Desk.ClaimAsync(opened.Id, arif, None);

        var decision = await room.Desk.DecideAsync(opened.Id, Cases.Approve(10_000_000, justification: "Looks fine to me."), arif, None);

        Assert.Equal(["justification", "overrideReason"], decision.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public async Task Decide_Refer_GivesTheCaseBackFirstInLine()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var opened = await room.OpenAsync(Cases.Score(650, Recommendation.Refer), 10_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);

        var decision = await room.Desk.DecideAsync(opened.Id, new DecisionRequest(Verdict.Refer, "Payslip of October is awaited."), maya, None);

        Assert.Equal(Verdict.Refer, decision.Value.Verdict);
        Assert.Equal((CaseState.Waiting, 1), (room.Cases.Single.State, room.Cases.Single.Priority));
    }

    [Fact]
    public async Task Decide_AlreadyDecided_IsHistory()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 10_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);
        await room.Desk.DecideAsync(opened.Id, Cases.Approve(10_000_000), maya, None);

        var again = await room.Desk.DecideAsync(opened.Id, Cases.Approve(10_000_000), maya, None);

        Assert.Equal("application.decided", again.Problems[0].Code);
    }

    [Fact]
    public async Task Decide_ValuesChangedSinceTheScore_AsksForANewScore()
    {
        var room = new ReviewRoom();
        var maya = Cases.Officer("Maya");
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 10_000_000, maya);
        await room.Desk.ClaimAsync(opened.Id, maya, None);
        room.Applications.Single = room.Applications.Single with { ScoreId = null };

        var decision = await room.Desk.DecideAsync(opened.Id, Cases.Approve(10_000_000), maya, None);

        Assert.Equal("case.scoreStale", decision.Problems[0].Code);
        Assert.Equal(CaseState.Claimed, room.Cases.Single.State);
    }

    [Fact]
    public async Task Decide_WithoutPermission_IsRefused()
    {
        var room = new ReviewRoom();
        var opened = await room.OpenAsync(Cases.Score(720, Recommendation.Approve), 10_000_000, Cases.Officer("Maya"));
        var analyst = new Actor(Guid.CreateVersion7(), "Tomi", ActorKind.User, new HashSet<Permission> { Permission.ReadCases, Permission.BuildModels });

        var claim = await room.Desk.ClaimAsync(opened.Id, analyst, None);

        Assert.Equal("permission.missing", claim.Problems[0].Code);
    }
}
