using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Trail;
using CreditWorkbench.Tests.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class AuditTrailTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Append_ThenSearch_ShowsFactsMaskedAndNewestFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var draft = Sample.Audit("applicant.viewed") with { Payload = new Dictionary<string, string?> { ["name"] = "Dewi Anggraini", ["score"] = "587", ["note"] = null } };

        await store.Trail.AppendAsync([Sample.Audit("first.done"), draft], Now);

        var views = await store.Reader.SearchAsync(new AuditQuery(), Now);
        Assert.Equal([(2L, "applicant.viewed"), (1L, "first.done")], views.Select(view => (view.Entry.Sequence, view.Entry.Kind)));
        Assert.Equal("D••• A••••••••", views[0].Payload!["name"]);
        Assert.Equal("587", views[0].Payload!["score"]);
        Assert.Null(views[0].Payload!["note"]);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Search_EachFilterAndCursor_Narrows(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        for (var i = 0; i < 5; i++)
        {
            await store.Trail.AppendAsync([Sample.Audit(i % 2 == 0 ? "even.done" : "odd.done", $"subject-{i}")], Now);
            store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        async Task<long[]> Found(AuditQuery query) => [.. (await store.Reader.SearchAsync(query, Now)).Select(view => view.Entry.Sequence)];

        var start = store.Time.GetUtcNow().AddMinutes(-5);
        Assert.Equal((long[])[5, 3, 1], await Found(new AuditQuery("even.done")));
        Assert.Equal((long[])[2], await Found(new AuditQuery(SubjectId: "subject-1")));
        Assert.Equal((long[])[3, 2], await Found(new AuditQuery(From: start.AddMinutes(1), To: start.AddMinutes(3))));
        Assert.Equal((long[])[3, 2], await Found(new AuditQuery { Before = 4, Take = 2 }));
        Assert.Empty(await Found(new AuditQuery(ActorId: Guid.NewGuid())));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task ReadAll_ManyEntries_ComesInOrderWithoutGaps(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Trail.AppendAsync([.. Enumerable.Range(0, 1_203).Select(i => Sample.Audit(subject: $"s{i}"))], Now);

        var sequences = new List<long>();
        await foreach (var view in store.Reader.ReadAllAsync(new AuditQuery(), Now)) sequences.Add(view.Entry.Sequence);

        Assert.Equal(Enumerable.Range(1, 1_203).Select(i => (long)i), sequences);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Verify_BeforeAndAfterNumbering_CoversTailAndChain(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Trail.AppendAsync([Sample.Audit(), Sample.Audit()], Now);

        var before = await store.Reader.VerifyAsync(Now);
        var numbered = await store.Sequencer.SequenceAsync(Now);
        var after = await store.Reader.VerifyAsync(Now);

        Assert.Equal((true, 0L, 2), (before.Intact, before.Entries, before.Pending));
        Assert.Equal(2, numbered);
        Assert.Equal((true, 2L, 0), (after.Intact, after.Entries, after.Pending));
    }

    /// <summary>What an intruder with full access to the database but not to the keys does, and the entry that gives it away.</summary>
    public static TheoryData<StoreProvider, string, long> Tampering()
    {
        var data = new TheoryData<StoreProvider, string, long>();
        foreach (var provider in new[] { StoreProvider.Sqlite, StoreProvider.Postgres })
        {
            var bytes = provider == StoreProvider.Sqlite ? "x'0102'" : "'\\x0102'::bytea";
            data.Add(provider, "UPDATE \"AuditEntries\" SET \"SubjectId\" = 'other' WHERE \"Sequence\" = 3", 3);
            data.Add(provider, "UPDATE \"AuditEntries\" SET \"Kind\" = 'nothing.happened' WHERE \"Sequence\" = 1", 1);
            data.Add(provider, $"UPDATE \"AuditEntries\" SET \"Payload\" = {bytes} WHERE \"Sequence\" = 4", 4);
            data.Add(provider, $"UPDATE \"AuditEntries\" SET \"Seal\" = {bytes} WHERE \"Sequence\" = 2", 2);
            data.Add(provider, "UPDATE \"AuditEntries\" SET \"ApplicantId\" = \"Id\" WHERE \"Sequence\" = 2", 2);
            data.Add(provider, "UPDATE \"AuditEntries\" SET \"Hash\" = \"PreviousHash\" WHERE \"Sequence\" = 5", 5);
            data.Add(provider, "UPDATE \"AuditEntries\" SET \"Sequence\" = CASE \"Sequence\" WHEN 2 THEN -2 ELSE 2 END WHERE \"Sequence\" IN (2, 3); UPDATE \"AuditEntries\" SET \"Sequence\" = 3 WHERE \"Sequence\" = -2", 2);
            data.Add(provider, "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 3", 3);
            data.Add(provider, "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" > 4", 5);
            data.Add(provider, "DELETE FROM \"AuditEntries\"", 1);
            data.Add(provider, "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" > 4; UPDATE \"AuditHead\" SET \"Sequence\" = 4, \"Hash\" = (SELECT \"Hash\" FROM \"AuditEntries\" WHERE \"Sequence\" = 4)", 5);
            data.Add(provider, "DELETE FROM \"AuditHead\"", 7);
        }

        return data;
    }

    [Theory, MemberData(nameof(Tampering))]
    public async Task Verify_AfterTampering_NamesTheFirstBrokenEntry(StoreProvider provider, string sql, long broken)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Trail.AppendAsync([.. Enumerable.Range(1, 6).Select(i => Sample.Audit(subject: $"s{i}"))], Now);
        await store.Sequencer.SequenceAsync(Now);
        Assert.True((await store.Reader.VerifyAsync(Now)).Intact);

        Assert.True(await store.TamperAsync(sql) > 0);
        var result = await store.Reader.VerifyAsync(Now);

        Assert.Equal((false, broken), (result.Intact, result.FirstBroken));
        Assert.StartsWith($"Entry {broken} ", result.Message, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Verify_EntryAlteredBeforeItsNumber_IsFoundBeforeAndAfter(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Trail.AppendAsync([Sample.Audit(subject: "one"), Sample.Audit(subject: "two")], Now);
        await store.TamperAsync("UPDATE \"AuditEntries\" SET \"SubjectId\" = 'other' WHERE \"SubjectId\" = 'two'");

        var before = await store.Reader.VerifyAsync(Now);
        await store.Sequencer.SequenceAsync(Now);
        var after = await store.Reader.VerifyAsync(Now);

        Assert.Equal((false, 2L), (before.Intact, before.FirstBroken));
        Assert.Equal((false, 2L), (after.Intact, after.FirstBroken));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Sequence_TwoNodesWhileManyWrite_NumbersEachOnceInOneChain(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();
        using var done = new CancellationTokenSource();
        async Task Sequence(TestStore node)
        {
            while (!done.IsCancellationRequested) await node.Sequencer.SequenceAsync(Now);
        }

        var sequencers = new[] { Task.Run(() => Sequence(store), Now), Task.Run(() => Sequence(other), Now) };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < 15; i++)
                {
                    await (i % 2 == 0 ? store : other).Trail.AppendAsync([Sample.Audit(subject: $"{writer}:{i:00}")], Now);
                    if (i == 7) store.Time.Advance(TimeSpan.FromSeconds(11)); // the lease runs out: the other node may take over
                }
            },
            Now)));
        await done.CancelAsync();
        await Task.WhenAll(sequencers);
        store.Time.Advance(TimeSpan.FromSeconds(11));
        await other.Sequencer.SequenceAsync(Now);

        var result = await store.Reader.VerifyAsync(Now);
        var subjects = (await store.Reader.SearchAsync(new AuditQuery { Take = 1_000 }, Now)).Select(view => view.Entry.SubjectId).Reverse().ToList();
        Assert.Equal((true, 120L, 0), (result.Intact, result.Entries, result.Pending));
        Assert.All(subjects.GroupBy(subject => subject[..2]), one => Assert.Equal(one.Order(), one)); // each writer's entries in the order of its commits
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Sequence_HolderAsleepPastItsLease_ChangesNothing(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();
        await store.Trail.AppendAsync([Sample.Audit()], Now);
        await store.Sequencer.SequenceAsync(Now);
        await store.Trail.AppendAsync([Sample.Audit()], Now);

        var whileHeld = await other.Sequencer.SequenceAsync(Now);
        store.Time.Advance(TimeSpan.FromSeconds(11));
        var taken = await other.Sequencer.SequenceAsync(Now);
        await store.Trail.AppendAsync([Sample.Audit()], Now);
        var late = await store.Sequencer.SequenceAsync(Now);

        Assert.Equal((0, 1, 0), (whileHeld, taken, late));
        await using var context = store.Context();
        Assert.Equal(2, (await context.AuditHeads.SingleAsync(Now)).FencingToken);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Service_HostRuns_NumbersByItselfAndEmptiesTheTailWhenItStops(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var service = store.Services.GetServices<IHostedService>().OfType<AuditSequencerService>().Single();
        await service.StartAsync(Now);

        await store.Trail.AppendAsync([Sample.Audit()], Now);
        while ((await store.Reader.VerifyAsync(Now)).Pending > 0) await Task.Delay(10, Now);
        await store.Trail.AppendAsync([Sample.Audit()], Now);
        await service.StopAsync(Now);

        Assert.Equal((2L, 0), ((await store.Reader.VerifyAsync(Now)).Entries, (await store.Reader.VerifyAsync(Now)).Pending));
    }
}
