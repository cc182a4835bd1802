using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Review;

/// <summary>Objection and reconsideration by another person.</summary>
public sealed class ObjectionDeskTests
{
    private const string Grounds = "The applicant says that the lease income was left out.";
    private readonly ReviewRoom _room = new();
    private readonly Actor _first = Cases.Officer("Maya", Permission.TakeIn);
    private readonly Actor _other = Cases.Officer("Arif", Permission.TakeIn);

    [Fact]
    public async Task Record_DecidedCase_ReopensItFirstInTheQueue()
    {
        var declined = await DeclinedAsync();

        var reopened = (await _room.Objections.RecordAsync(declined.Id, Grounds, _first, CancellationToken.None)).Value;

        Assert.Equal((CaseState.Waiting, 1, null), (reopened.State, reopened.Priority, reopened.ClaimedBy));
        Assert.Equal(Cases.Now.AddHours(1), reopened.ObjectedAt);
        Assert.Equal(ApplicationState.InReview, _room.Applications.Single.State);
        Assert.Equal("objection.recorded", _room.AuditKinds[^1]);
    }

    [Fact]
    public async Task Claim_AfterAnObjection_IsRefusedToWhoDecidedAndOpenToAnother()
    {
        var declined = await DeclinedAsync();
        await _room.Objections.RecordAsync(declined.Id, Grounds, _first, CancellationToken.None);

        var refused = await _room.Desk.ClaimAsync(declined.Id, _first, CancellationToken.None);
        var claimed = await _room.Desk.ClaimAsync(declined.Id, _other, CancellationToken.None);
        var decided = await _room.Desk.DecideAsync(declined.Id, new DecisionRequest(Verdict.Decline, "Checked again; the decision stands."), _other, CancellationToken.None);

        Assert.Equal("objection.samePerson", Assert.Single(refused.Problems).Code);
        Assert.True(claimed.Succeeded);
        Assert.True(decided.Succeeded);
        Assert.Null(_room.Cases.Single.ObjectedAt);
    }

    [Fact]
    public async Task Record_OpenCaseOrTooShort_IsRefused()
    {
        var open = await _room.OpenAsync(Cases.Score(450, Recommendation.Decline), 10_000_000, _first);

        var early = await _room.Objections.RecordAsync(open.Id, Grounds, _first, CancellationToken.None);
        var empty = await _room.Objections.RecordAsync(open.Id, " no ", _first, CancellationToken.None);

        Assert.Equal(["objection.notDecided", "objection.grounds"], new[] { early, empty }.Select(outcome => outcome.Problems[0].Code));
    }

    private async Task<ReviewCase> DeclinedAsync()
    {
        var open = await _room.OpenAsync(Cases.Score(450, Recommendation.Decline), 10_000_000, _first);
        await _room.Desk.ClaimAsync(open.Id, _first, CancellationToken.None);
        Assert.True((await _room.Desk.DecideAsync(open.Id, new DecisionRequest(Verdict.Decline, "Too little steady income."), _first, CancellationToken.None)).Succeeded);
        _room.Clock.Now = Cases.Now.AddHours(1);
        return open;
    }
}
