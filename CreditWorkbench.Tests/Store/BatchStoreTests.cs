using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Batches on both stores.</summary>
public sealed class BatchStoreTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Batch_FromTheUploadToItsRemoval_ReadsBackAndEndsOnce(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (batches, now) = (store.Get<IBatchStore>(), store.Time.GetUtcNow());
        var batch = new Batch
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = Guid.CreateVersion7(now),
            ScorecardId = "consumer",
            Release = ContentHash.Of("release"),
            Model = "consumer@1",
            Format = BatchFormat.Ndjson,
            Explanation = SheetExplanation.Top4,
            IdColumn = "ref",
            LegalBasis = "contract,consent",
            InputHash = ContentHash.Of("input"),
            InputBytes = 3L << 30,
            CreatedAt = now,
        };
        await batches.AddAsync(batch, Now);
        Assert.Equivalent(batch, await batches.FindAsync(batch.Id, Now), strict: true);

        await batches.StartAsync(batch.Id, now.AddSeconds(1), Now);
        await batches.StartAsync(batch.Id, now.AddSeconds(9), Now);
        Assert.Equal([batch.Id], (await batches.OpenAsync(Now)).Select(open => open.Id));
        var ended = batch with
        {
            State = BatchState.Completed,
            StartedAt = now.AddSeconds(1),
            EndedAt = now.AddSeconds(5),
            Rows = 5_000_000_000,
            Rejected = 1,
            Share = 1,
            ResultHash = ContentHash.Of("results"),
            Errors = [new BatchError(7, "field.range", "income", "Out of range.")],
        };
        Assert.True(await batches.EndAsync(ended, Entry("batch.completed"), Now));
        Assert.False(await batches.EndAsync(ended with { State = BatchState.Failed, Problem = "late" }, Entry("batch.failed"), Now));
        Assert.Equivalent(ended, await batches.FindAsync(batch.Id, Now), strict: true);
        Assert.Empty(await batches.OpenAsync(Now));
        await store.Sequencer.SequenceAsync(Now);
        Assert.Single(await store.Reader.SearchAsync(new AuditQuery { Take = 100 }, Now), entry => entry.Entry.Kind.StartsWith("batch.", StringComparison.Ordinal));

        Assert.Empty(await batches.KeptSinceBeforeAsync(now, Now));
        Assert.Single(await batches.KeptSinceBeforeAsync(now.AddDays(1), Now));
        await batches.RemovedAsync(batch.Id, now.AddDays(1), Entry("batch.removed"), Now);
        Assert.Empty(await batches.KeptSinceBeforeAsync(now.AddDays(1), Now));
        Assert.Equal((1, 0), ((await batches.ListAsync(batch.OwnerId, 1, 10, Now)).Total, (await batches.ListAsync(Guid.CreateVersion7(), 1, 10, Now)).Total));
    }

    private static AuditDraft Entry(string kind) => new(Actor.System, kind, "batch", new Dictionary<string, string?>());
}
