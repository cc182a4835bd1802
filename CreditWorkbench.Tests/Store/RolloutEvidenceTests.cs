using System.Text;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class RolloutEvidenceTests(PostgresServer server)
{
    private static readonly Guid Rollout = Guid.CreateVersion7();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_CountsOfTwoNodes_AddUpPerBinAndWindow(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();
        List<RolloutTally> tallies =
        [
            .. Enumerable.Range(0, 150).Select(bin => new RolloutTally(Rollout, RolloutArm.Challenger, Sample.Moment, RolloutMeasures.Latency, bin, 2)),
            new(Rollout, RolloutArm.Champion, Sample.Moment.AddMinutes(-5), RolloutMeasures.Error, 0, 7), new(Guid.CreateVersion7(), RolloutArm.Champion, Sample.Moment, RolloutMeasures.Run, 0, 99),
        ];

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => (n % 2 == 0 ? store : other).Get<IRolloutEvidence>().AddAsync(tallies, [], Now), Now)));

        var counts = await store.Get<IRolloutEvidence>().CountsAsync(Rollout, Sample.Moment.AddMinutes(-1), Now);
        Assert.Equal(150, counts.Count);
        Assert.All(counts, count => Assert.Equal((RolloutArm.Challenger, 12L), (count.Arm, count.Count)));
        Assert.Equal(42, (await store.Get<IRolloutEvidence>().CountsAsync(Rollout, Sample.Moment.AddHours(-1), Now)).Single(count => count.Measure == RolloutMeasures.Error).Count);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_Pairs_ReadBackNewestFirstWithReasonsSealed(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var atTheDesk = Pair(1, applicant.Id);
        var stateless = Pair(2, null);

        await store.Get<IRolloutEvidence>().AddAsync([], [atTheDesk, stateless], Now);

        var read = await store.Get<IRolloutEvidence>().PairsAsync(Rollout, Sample.Moment, 10, Now);
        Assert.Equivalent(new[] { stateless, atTheDesk }, read, strict: true);
        Assert.Equal([atTheDesk.Id], (await store.Get<IRolloutEvidence>().PairsAsync(Rollout, Sample.Moment, 10, Now)).Skip(1).Select(pair => pair.Id));
        Assert.Equal([new PairedDecision(atTheDesk.ApplicationId!.Value, Recommendation.Approve, Recommendation.Decline)], await store.Get<IRolloutEvidence>().DecisionsAsync(Rollout, Sample.Moment, 10, Now));
        Assert.DoesNotContain("SEALED-REASON", Encoding.UTF8.GetString(await store.BytesAsync(server)), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Pairs_ApplicantErased_AreLeftOut(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        await store.Get<IRolloutEvidence>().AddAsync([], [Pair(1, applicant.Id)], Now);
        Assert.Single(await store.Get<IRolloutEvidence>().PairsAsync(Rollout, Sample.Moment, 10, Now));

        await store.Applicants.EraseAsync(applicant.Id, Sample.Audit(), Now);

        Assert.Empty(await store.Get<IRolloutEvidence>().PairsAsync(Rollout, Sample.Moment, 10, Now));
        await store.Get<IRolloutEvidence>().AddAsync([], [Pair(2, applicant.Id)], Now); // came too late: left out, and the others of the batch are kept
    }

    private static RolloutPair Pair(int minute, Guid? applicantId) => new()
    {
        Id = Guid.CreateVersion7(),
        RolloutId = Rollout,
        At = Sample.Moment.AddMinutes(minute),
        IssuedBy = RolloutArm.Champion,
        SubjectId = Guid.CreateVersion7(),
        ApplicationId = applicantId is null ? null : Guid.CreateVersion7(),
        ApplicantId = applicantId,
        Champion = new PairedScore(640, "B", 0.03, Recommendation.Approve, 12.5, ["SEALED-REASON"]),
        Challenger = new PairedScore(480, "D", 0.12, Recommendation.Decline, null, ["SEALED-REASON", "B2"]),
    };
}
