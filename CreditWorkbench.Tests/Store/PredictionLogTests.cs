using System.Text;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Predictions;
using CreditWorkbench.Tests.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>The log of predictions and its way into the store: nothing acknowledged is lost, nothing is doubled, nothing is answered unrecorded.</summary>
public sealed class PredictionLogTests(PostgresServer server)
{
    private static readonly Guid Client = Guid.Parse("0192f0c1-0000-7000-8000-00000000c001");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Keep_ManyAtOnce_AllReachTheStoreOnceWithOneEntryPerBlock(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var predictions = Enumerable.Range(0, 300).Select(i => Sample(i)).ToList();

        await Parallel.ForEachAsync(predictions, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (prediction, _) => Assert.Null(await store.Get<IPredictionLog>().KeepAsync(prediction)));
        await store.Get<PredictionMover>().DrainAsync(Now);

        await using var context = store.Context();
        var rows = await context.Predictions.AsNoTracking().ToListAsync(Now);
        Assert.Equal(predictions.Select(prediction => prediction.Id).Order(), rows.Select(row => row.Id).Order());
        Assert.Equal(Enumerable.Range(0, 300), rows.Select(row => row.Place).Order());
        foreach (var sample in predictions.Take(5)) AssertSame(sample, (await store.Get<IPredictionStore>().FindAsync(sample.Id, Now))!);
        await store.Sequencer.SequenceAsync(Now);
        var entry = Assert.Single(await store.Reader.SearchAsync(new("predictions.kept"), Now));
        Assert.Equal(("300", "fallback.raw: 60"), (entry.Payload!["count"], entry.Payload["warnings"]));
        Assert.True((await store.Reader.VerifyAsync(Now)).Intact);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Row_OfTheLog_GivesTheFrameItCameFrom(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Get<IPredictionLog>().KeepAsync([Sample(0), Sample(5) with { Reference = null, Pd = double.NaN, FromCache = true }]);
        var written = await File.ReadAllBytesAsync(Assert.Single(PredictionSegment.In(store.Get<PredictionLog>().Folder)), Now);

        await store.Get<PredictionMover>().DrainAsync(Now);

        await using var context = store.Context();
        var rows = await context.Predictions.AsNoTracking().OrderBy(row => row.Place).ToListAsync(Now);
        var frames = rows.SelectMany(PredictionMap.FrameOf).ToArray();
        Assert.Equal(frames, written[..frames.Length]);
        Assert.False(written.AsSpan(frames.Length).ContainsAnyExcept((byte)0)); // room that was made for what comes next
    }

    [Theory]
    [InlineData(1, 900, 3_000)]
    [InlineData(2, 70_000, 100)]
    [InlineData(3, 700_000, 20)] // longer than what is copied, too
    public async Task Append_PiecesOfAnyLength_LieInTheFileOneAfterTheOther(int seed, int longest, int count)
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var draw = new Random(seed);
        var segment = PredictionSegment.Create(store.Get<PredictionLog>().Folder);
        var expected = new List<byte>();

        for (var i = 0; i < count; i++)
        {
            var piece = new byte[draw.Next(1, longest)];
            draw.NextBytes(piece);
            segment.Append(piece);
            expected.AddRange(piece);
            if (i == count / 2) Assert.Equal(expected, await HeadAsync(segment)); // others see it at once
        }

        segment.Close();
        Assert.Equal(expected, await File.ReadAllBytesAsync(segment.FilePath, Now));
        segment.Dispose();
    }

    [Fact]
    public async Task Recover_OnlyRoomForMoreIsLeft_GoesWithoutAWarning()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        Directory.CreateDirectory(store.Get<PredictionLog>().Folder);
        var file = Path.Combine(store.Get<PredictionLog>().Folder, "01990000000070008000000000000001.predictions");
        await File.WriteAllBytesAsync(file, new byte[70_000], Now);

        await store.Get<PredictionMover>().DrainAsync(Now);

        Assert.False(File.Exists(file));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Recover_WhatADeadProcessLeft_IsMovedOnceAndAHalfFrameIsNone(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var predictions = Enumerable.Range(0, 40).Select(i => Sample(i)).ToList();
        string file;
        await using (var dead = store.OtherNode())
        {
            foreach (var prediction in predictions) Assert.Null(await dead.Get<IPredictionLog>().KeepAsync(prediction));
            file = Assert.Single(PredictionSegment.In(dead.Get<PredictionLog>().Folder));
        }

        await File.AppendAllBytesAsync(file, (await File.ReadAllBytesAsync(file, Now))[..100], Now);
        Assert.NotNull(await store.Get<IPredictionStore>().FindAsync(predictions[39].Id, Now));
        await store.Get<PredictionMover>().DrainAsync(Now);
        await store.Get<PredictionMover>().MoveAsync(Now);

        await using var context = store.Context();
        Assert.Equal(40, await context.Predictions.CountAsync(Now));
        Assert.False(File.Exists(file));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Recover_BlockWasMovedBeforeTheDeath_IsNotMovedAgain(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        string file;
        byte[] bytes;
        await using (var dead = store.OtherNode())
        {
            for (var i = 0; i < 10; i++) await dead.Get<IPredictionLog>().KeepAsync(Sample(i));
            await dead.Get<PredictionMover>().MoveAsync(Now);
            for (var i = 10; i < 15; i++) await dead.Get<IPredictionLog>().KeepAsync(Sample(i));
            file = Assert.Single(PredictionSegment.In(dead.Get<PredictionLog>().Folder));
            bytes = await File.ReadAllBytesAsync(file, Now);
        }

        await File.WriteAllBytesAsync(file, bytes, Now);
        await store.Get<PredictionMover>().DrainAsync(Now);
        await File.WriteAllBytesAsync(file, bytes, Now); // as if it had died before it removed the file
        await store.Get<PredictionMover>().DrainAsync(Now);

        await using var context = store.Context();
        Assert.Equal(15, await context.Predictions.CountAsync(Now));
        await store.Sequencer.SequenceAsync(Now);
        Assert.Equal(["5", "10"], (await store.Reader.SearchAsync(new("predictions.kept"), Now)).Select(entry => entry.Payload!["count"]));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Recover_WriterLives_ItsFileIsLeftAlone(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();
        await other.Get<IPredictionLog>().KeepAsync(Sample(1));

        Assert.Equal(0, await store.Get<PredictionMover>().MoveAsync(Now));
        Assert.Equal(1, await other.Get<PredictionMover>().MoveAsync(Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Find_ByReference_GivesTheClientsOwnOnly(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Get<IPredictionLog>().KeepAsync([Sample(0), Sample(1), Sample(2) with { ClientId = Guid.CreateVersion7(), Reference = "order 1" }]);
        await store.Get<PredictionMover>().DrainAsync(Now);

        var found = await store.Get<IPredictionStore>().WithReferenceAsync(Client, "order 1", Now);

        Assert.Equal("order 1", Assert.Single(found).Reference);
        Assert.Empty(await store.Get<IPredictionStore>().WithReferenceAsync(Client, "order", Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Keep_ReferenceAndValues_AreNeverInTheClear(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Get<IPredictionLog>().KeepAsync(Sample(0) with { Reference = "REFERENCE-7-7-7", Values = "{\"income\":31415926}"u8.ToArray() });
        var file = await File.ReadAllBytesAsync(Assert.Single(PredictionSegment.In(store.Get<PredictionLog>().Folder)), Now);
        await store.Get<PredictionMover>().DrainAsync(Now);
        var database = await store.BytesAsync(server);

        Assert.All(new[] { file, database }, bytes => Assert.True(bytes.AsSpan().IndexOf("REFERENCE-7-7-7"u8) < 0 && bytes.AsSpan().IndexOf("31415926"u8) < 0));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Move_CountsBinsOnceAndPruningLeavesThemAndTheTrail(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var mover = Counting(store);
        var day = new DateOnly(2026, 11, 20);
        var query = new ScoreCountQuery("tiny", day, day) { Door = ScoreDoor.Stateless };
        await store.Get<IPredictionLog>().KeepAsync([.. Enumerable.Range(0, 7).Select(i => Sample(i))]);
        await mover.DrainAsync(Now);
        var counted = await store.Counts.ReadAsync(query, Now);
        var kept = store.Time.GetUtcNow();
        store.Time.Advance(TimeSpan.FromDays(10));
        await store.Get<IPredictionLog>().KeepAsync(Sample(7));
        await mover.DrainAsync(Now);

        Assert.Equal(0, await store.Get<IPredictionRetention>().PruneAsync(kept.AddDays(1), Now)); // the file is still there
        store.Get<PredictionLog>().Rotate();
        await mover.DrainAsync(Now);

        Assert.Equal(0, await store.Get<IPredictionRetention>().PruneAsync(kept, Now));
        Assert.Equal(7, await store.Get<IPredictionRetention>().PruneAsync(kept.AddDays(1), Now));
        Assert.Equal(0, await store.Get<IPredictionRetention>().PruneAsync(kept.AddDays(1), Now));

        var release = ContentHash.Of("release");
        Assert.Equal([new ScoreCount(release, day, "$score", 0, 7), new ScoreCount(release, day, "parity", 0, 4), new ScoreCount(release, day, "parity", 1, 3)], counted);
        Assert.Equal([8L, 4L, 4L], (await store.Counts.ReadAsync(query, Now)).Select(count => count.Count));
        Assert.Empty(await store.Counts.ReadAsync(query with { Door = ScoreDoor.Application }, Now));
        await using var context = store.Context();
        Assert.Equal(507, Assert.Single(await context.Predictions.AsNoTracking().ToListAsync(Now)).Issued);
        Assert.Equal(1, await context.PredictionBlocks.CountAsync(Now));
        await store.Sequencer.SequenceAsync(Now);
        Assert.Equal("7", Assert.Single(await store.Reader.SearchAsync(new("predictions.pruned"), Now)).Payload!["count"]);
        Assert.True((await store.Reader.VerifyAsync(Now)).Intact);
    }

    private static PredictionMover Counting(TestStore store) => new(
        store.Get<IDbContextFactory<WorkbenchContext>>(), store.Get<StoreWriter>(), store.Get<PredictionLog>(), store.Get<Core.Store.Keys.KeyRing>(), store.Get<Core.Store.Keys.BlindIndex>(),
        store.Time, NullLogger<PredictionMover>.Instance, new Parity());

    /// <summary>Two bins: even and odd scores.</summary>
    private sealed class Parity : IPredictionBins
    {
        public ValueTask<IReadOnlyList<BinHit>> OfAsync(Prediction prediction, CancellationToken cancellationToken) =>
            new([new BinHit("parity", prediction.Issued % 2), new BinHit(ScoreBins.Name, 0)]);
    }

    [Fact]
    public async Task Keep_DiskIsFull_IsRefusedAndGoesOnWhenThereIsRoom()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var isFull = true;
        using var log = new PredictionLog(store.Options, store.Get<Core.Store.Keys.KeyRing>(), NullLogger<PredictionLog>.Instance,
            () => isFull ? PredictionSegment.On("/dev/full", File.Create(Path.Combine(store.Options.DataDirectory, "held"))) : PredictionSegment.Create(store.Get<PredictionLog>().Folder));

        var refused = await log.KeepAsync(Sample(0));
        isFull = false;
        var kept = await log.KeepAsync(Sample(1));

        Assert.Equal("predictions.unavailable", refused?.Code);
        Assert.Null(kept);
    }

    [Fact]
    public async Task Keep_FolderCannotBeMade_IsRefused()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        await File.WriteAllTextAsync(store.Get<PredictionLog>().Folder, "A file stands where the folder should be.", Now);

        var refused = await store.Get<IPredictionLog>().KeepAsync(Sample(0));

        Assert.Equal("predictions.unavailable", refused?.Code);
    }

    [Theory]
    [InlineData(PredictionDurability.Sync, 1)]
    [InlineData(PredictionDurability.Deferred, 1)]
    [InlineData(PredictionDurability.Off, 0)]
    public async Task Keep_BySetting_WritesOrNot(PredictionDurability durability, int files)
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        using var log = new PredictionLog(store.Options with { Predictions = durability }, store.Get<Core.Store.Keys.KeyRing>(), NullLogger<PredictionLog>.Instance);

        Assert.Null(await log.KeepAsync(Sample(0)));

        Assert.Equal(files, PredictionSegment.In(log.Folder).Count(path => new FileInfo(path).Length > 0));
    }

    [Fact]
    public void Frame_AnyByteAltered_IsNone()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        PredictionFrame.Write(buffer, Sample(3), [1, 2, 3]);
        var frame = buffer.WrittenSpan.ToArray();

        Assert.False(PredictionFrame.Next(frame).IsEmpty);
        for (var i = 0; i < frame.Length; i++)
        {
            var altered = (byte[])frame.Clone();
            altered[i] ^= 0x10;
            Assert.True(PredictionFrame.Next(altered).IsEmpty, $"byte {i}");
            Assert.True(PredictionFrame.Next(frame.AsSpan(0, i)).IsEmpty, $"{i} bytes");
        }
    }

    private static Prediction Sample(int i) => new()
    {
        Id = Guid.CreateVersion7(),
        At = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero).AddSeconds(i),
        ClientId = Client,
        Kind = (PredictionKind)(i % 4),
        Reference = $"order {i}",
        LegalBasis = "contract",
        Release = new ReleaseReference(ContentHash.Of("release"), "tiny@1", "tiny", 1),
        InputHash = ContentHash.Of($"{i}"),
        Values = Encoding.UTF8.GetBytes($"{{\"income\":{i}}}"),
        MarginBits = BitConverter.DoubleToInt64Bits(i / 7.0),
        Issued = 500 + i,
        Grade = "A",
        Pd = 0.125,
        Decision = (Recommendation)(i % 3),
        Warnings = i % 5 == 0 ? ["fallback.raw"] : [],
    };

    private static async Task<byte[]> HeadAsync(PredictionSegment segment)
    {
        await using var file = new FileStream(segment.FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var head = new byte[segment.Written];
        await file.ReadExactlyAsync(head, Now);
        return head;
    }

    private static void AssertSame(Prediction expected, Prediction found)
    {
        Assert.Equal(expected.Values.ToArray(), found.Values.ToArray());
        Assert.Equal(expected.Warnings, found.Warnings);
        Assert.Equal(expected with { Values = default, Warnings = [] }, found with { Values = default, Warnings = [] });
    }
}
