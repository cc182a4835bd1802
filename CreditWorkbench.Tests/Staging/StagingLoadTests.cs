using System.Text;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

public sealed class StagingLoadTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Run_FirstDelivery_IsVersionOneWithTheBytesOfTheStraightWay(StoreProvider provider)
    {
        await using var room = await StagingRoom.OpenAsync(provider, server);
        var delivery = LoanRiskFiles.Generate(room.Folder("in"), 60, seed: 5, withFaults: true);
        var straight = room.Folder("straight.csv");
        FeatureFile.Write((await LoanRiskFiles.RunAsync(delivery)).Value.Features, straight, 1, Now);

        var run = await room.RunAsync(delivery);

        Assert.Equal((StagingRunState.Published, 1), (run.State, run.Version));
        Assert.Equal(await File.ReadAllTextAsync(straight, Now), await room.ExportAsync());
        var stored = (await room.Runs.FindAsync(run.Id, Now))!;
        Assert.Equal((run.State, run.Version, run.Key, run.Findings, run.EndedAt), (stored.State, stored.Version, stored.Key, stored.Findings, stored.EndedAt));
        Assert.Equal(run.Delivery!.Hash, stored.Delivery!.Hash);
        Assert.Equal(run.Report!.Tables.Sum(table => table.Findings.Values.Sum()), stored.Report!.Tables.Sum(table => table.Findings.Values.Sum()));
        Assert.Equal(run.Findings, room.Desk.Sample(run, int.MaxValue - 1, StagingRoom.Analyst).Value.Count - 1);
        Assert.Equal(["staging.started", "staging.published"], await room.TrailAsync("staging."));
        Assert.Equal([$"analytics/{run.Id:n}.features", $"staging/{run.Id:n}.quarantine"], room.Files());
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Run_SameInputAgain_DoesNothingAndSaysSo(StoreProvider provider)
    {
        await using var room = await StagingRoom.OpenAsync(provider, server);
        var delivery = LoanRiskFiles.Generate(room.Folder("in"), 20, seed: 5);
        var first = await room.RunAsync(delivery);

        var second = await room.RunAsync(LoanRiskFiles.Generate(room.Folder("copy"), 20, seed: 5));

        Assert.Equal((StagingRunState.Unchanged, first.Id, 1), (second.State, second.SameAs, second.Version));
        Assert.Single(await room.Runs.SetsAsync("loan-risk", Now));
        Assert.Equal([$"analytics/{first.Id:n}.features", $"staging/{first.Id:n}.quarantine"], room.Files());
    }

    [Fact]
    public async Task Run_OtherFilesThenTheFirstAgain_AreVersionsTwoAndThree()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var (one, other) = (LoanRiskFiles.Generate(room.Folder("one"), 20, seed: 5), LoanRiskFiles.Generate(room.Folder("other"), 20, seed: 6));

        var runs = new[] { await room.RunAsync(one), await room.RunAsync(other), await room.RunAsync(one) };

        Assert.Equal([1, 2, 3], runs.Select(run => run.Version));
        var sets = await room.Runs.SetsAsync("loan-risk", Now);
        Assert.Equal(sets[0].ContentHash, sets[2].ContentHash);
        Assert.NotEqual(sets[0].ContentHash, sets[1].ContentHash);
    }

    [Fact]
    public async Task Run_RowsDatedAfterTheLoad_AreNewsOnAnotherDay()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var late = LoanRiskFiles.Bookings + string.Concat(Enumerable.Range(1, 40).Select(i => $"{i},7,2024-0{1 + (i % 6)}-05T10:00:00,100,food,card\n")) + "99,7,2025-01-02T10:00:00,50,food,card\n";
        var delivery = LoanRiskFiles.Write(room.Folder("in"), bookings: late);
        var first = await room.RunAsync(delivery);

        var (sameDay, nextWeek) = (await room.RunAsync(delivery), await room.RunAsync(delivery, loadDay: LoanRiskFiles.LoadDay.AddDays(7)));

        Assert.Equal(1, first.RowsAfterLoad);
        Assert.Equal((StagingRunState.Unchanged, StagingRunState.Published), (sameDay.State, nextWeek.State));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Run_GateRefuses_LastGoodFeaturesStayAndSomebodyIsTold(StoreProvider provider)
    {
        await using var room = await StagingRoom.OpenAsync(provider, server);
        await room.RunAsync(LoanRiskFiles.Generate(room.Folder("good"), 20, seed: 5));
        var good = await room.ExportAsync();
        var bad = LoanRiskFiles.Write(room.Folder("bad"), customers: LoanRiskFiles.OneCustomer + "8,1980-01-01,north,employed,99999999,2020-01-01\n");

        var (refused, again) = (await room.RunAsync(bad), await room.RunAsync(bad));

        Assert.Equal((StagingRunState.Refused, null), (refused.State, refused.Version));
        Assert.Contains("customers: 50.0", refused.Alerts[0].Text, StringComparison.Ordinal);
        Assert.Contains(refused.Alerts, alert => alert is { Kind: "outliers", Table: "customers" });
        Assert.Equal((StagingRunState.Unchanged, refused.Id, null), (again.State, again.SameAs, again.Version));
        Assert.Equal(good, await room.ExportAsync());
        Assert.Equal(["alert.gate", "alert.outliers"], (await room.TrailAsync("alert.")).Order());
    }

    [Fact]
    public async Task Run_DeliveryCannotBeRead_FailsWithFileAndReasonAndLeavesNothing()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var delivery = LoanRiskFiles.Write(room.Folder("in"));
        File.Delete(Path.Combine(delivery, "transactions.csv"));

        var run = await room.RunAsync(delivery);

        Assert.Equal((StagingRunState.Failed, "staging.file.absent", "transactions"), (run.State, run.Problems[0].Code, run.Problems[0].Field));
        Assert.Equal("staging.file.absent", (await room.Runs.FindAsync(run.Id, Now))!.Problems[0].Code);
        Assert.Empty(room.Files());
    }

    [Theory]
    [InlineData(StagingPhase.TakingIn)]
    [InlineData(StagingPhase.Staging)]
    [InlineData(StagingPhase.Writing)]
    [InlineData(StagingPhase.Publishing)]
    public async Task Run_StoppedInAPhaseAndResumed_EndsAsIfNothingHadHappened(StagingPhase phase)
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var delivery = LoanRiskFiles.Generate(room.Folder("in"), 20, seed: 5);
        var id = Guid.CreateVersion7();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.RunAsync(delivery, id, new StopAt(phase, stop), stop.Token));
        Assert.Equal(StagingRunState.Running, (await room.Runs.FindAsync(id, Now))!.State);

        var run = await room.RunAsync(delivery, id);

        Assert.Equal((StagingRunState.Published, 1), (run.State, run.Version));
        Assert.Equal([$"analytics/{id:n}.features", $"staging/{id:n}.quarantine"], room.Files());
        Assert.Equal(["staging.started", "staging.published"], await room.TrailAsync("staging."));
    }

    [Fact]
    public async Task Run_ResumedUnderANewerDictionary_SaysWhichOneItFollowed()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var delivery = LoanRiskFiles.Generate(room.Folder("in"), 20, seed: 5);
        var id = Guid.CreateVersion7();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.RunAsync(delivery, id, new StopAt(StagingPhase.Writing, stop), stop.Token));
        var newer = LoanRiskFiles.Definition with { SourceText = LoanRiskFiles.Definition.SourceText + "# newer" };

        await room.Load.RunAsync(newer, new StagingOrder(id, delivery, LoanRiskFiles.LoadDay), StagingRoom.Analyst, null, Now);

        var followed = Core.Kernel.ContentHash.Of(newer.SourceText);
        Assert.Equal((StagingRunState.Published, followed), ((await room.Runs.FindAsync(id, Now))!.State, (await room.Runs.FindAsync(id, Now))!.DefinitionHash));
        Assert.Equal(followed, (await room.Runs.SetsAsync("loan-risk", Now))[0].DefinitionHash);
    }

    [Fact]
    public async Task Run_FilesReplacedBetweenStopAndResume_GoesOnWithWhatWasTakenIn()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var delivery = LoanRiskFiles.Generate(room.Folder("in"), 20, seed: 5);
        var expected = await room.RunAsync(LoanRiskFiles.Generate(room.Folder("same"), 20, seed: 5));
        await room.RunAsync(LoanRiskFiles.Generate(room.Folder("other"), 20, seed: 7));
        var id = Guid.CreateVersion7();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.RunAsync(delivery, id, new StopAt(StagingPhase.Writing, stop), stop.Token));
        LoanRiskFiles.Generate(delivery, 20, seed: 6);

        var run = await room.RunAsync(delivery, id);

        Assert.Equal((StagingRunState.Published, expected.Delivery!.Hash), (run.State, run.Delivery!.Hash));
        Assert.Equal(await room.ExportAsync(1), await room.ExportAsync(3));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Run_SameWorkTwiceAtOnce_IsPublishedOnce(StoreProvider provider)
    {
        await using var room = await StagingRoom.OpenAsync(provider, server);
        var delivery = LoanRiskFiles.Generate(room.Folder("in"), 20, seed: 5);

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => room.RunAsync(delivery), Now)));

        var published = Assert.Single(runs, run => run.State == StagingRunState.Published);
        Assert.All(runs.Where(run => run.Id != published.Id), run => Assert.Equal((StagingRunState.Unchanged, published.Id), (run.State, run.SameAs)));
        Assert.Single(await room.Runs.SetsAsync("loan-risk", Now));
        Assert.Single(room.Files(), file => file.EndsWith(".features", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_EndedAlready_IsReturnedAsItStands()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var delivery = LoanRiskFiles.Generate(room.Folder("in"), 20, seed: 5);
        var run = await room.RunAsync(delivery);

        var again = await room.RunAsync(LoanRiskFiles.Generate(delivery, 20, seed: 6), run.Id);

        Assert.Equal((run.State, run.Version, run.EndedAt), (again.State, again.Version, again.EndedAt));
        Assert.Single(await room.Runs.SetsAsync("loan-risk", Now));
    }

    [Fact]
    public async Task Run_AnyNumberOfThreads_SameContentHash()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var (one, other) = (LoanRiskFiles.Generate(room.Folder("one"), 40, seed: 5), LoanRiskFiles.Generate(room.Folder("other"), 20, seed: 6));

        await room.RunAsync(one, threads: 1);
        await room.RunAsync(other);
        await room.RunAsync(one, threads: 4);

        var sets = await room.Runs.SetsAsync("loan-risk", Now);
        Assert.Equal(sets[0].ContentHash, sets[2].ContentHash);
    }

    [Fact]
    public async Task Run_DeliveryBeyondItsMemory_GoesThroughFilesToTheSameContent()
    {
        await using var roomy = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        await using var narrow = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server, settings => settings with { MemoryBytes = 4_000_000 });
        var delivery = LoanRiskFiles.Generate(roomy.Folder("in"), 300, seed: 5, withFaults: true);

        var (whole, parts) = (await roomy.RunAsync(delivery), await narrow.RunAsync(delivery));

        Assert.Equal((StagingRunState.Published, StagingRunState.Published, whole.Findings), (whole.State, parts.State, parts.Findings));
        Assert.Equal(await roomy.ExportAsync(), await narrow.ExportAsync());
        Assert.Equal((await roomy.Runs.SetsAsync("loan-risk", Now))[0].ContentHash, (await narrow.Runs.SetsAsync("loan-risk", Now))[0].ContentHash);
        Assert.Equal(2, narrow.Files().Count);
    }

    [Fact]
    public async Task Run_MoreVersionsThanAreKept_OldestRowsGoAndTheManifestStays()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server, settings => settings with { VersionsKept = 2 });
        for (var seed = 1; seed <= 3; seed++) await room.RunAsync(LoanRiskFiles.Generate(room.Folder($"in{seed}"), 10, seed));

        var sets = await room.Runs.SetsAsync("loan-risk", Now);

        Assert.Equal([null, null, true], sets.Select(set => set.RetiredAt is null ? (bool?)null : true));
        Assert.Equal(2, room.Files().Count(file => file.EndsWith(".features", StringComparison.Ordinal)));
        using var text = new StringWriter();
        Assert.Equal("features.absent", Assert.Single((await room.Features.ExportAsync("loan-risk", 1, null, text, StagingRoom.Analyst, Now)).Problems).Code);
    }

    [Fact]
    public async Task Zones_OnDisk_HoldNoCellInClearAndNoticeChanges()
    {
        await using var room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        var run = await room.RunAsync(LoanRiskFiles.Generate(room.Folder("in"), 30, seed: 5, withFaults: true));
        var path = Path.Combine(room.ZoneFolder, $"analytics/{run.Id:n}.features");
        var bytes = await File.ReadAllBytesAsync(path, Now);

        Assert.DoesNotContain("employed", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("customers", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(room.ZoneFolder, $"staging/{run.Id:n}.quarantine"), Now)), StringComparison.Ordinal);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Now);
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => room.ExportAsync());
        await File.WriteAllBytesAsync(path, bytes[..^20], Now);
        await Assert.ThrowsAsync<InvalidDataException>(() => room.ExportAsync());
    }

    private sealed class StopAt(StagingPhase phase, CancellationTokenSource stop) : IProgress<StagingProgress>
    {
        public void Report(StagingProgress value)
        {
            if (value.Phase == phase) stop.Cancel();
        }
    }
}
