using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class ModelStoreTests(PostgresServer server)
{
    private static readonly byte[] Package = [.. "CWBPACKAGE"u8];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_SameNameConcurrently_GetsTheNextVersions(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);

        var added = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now), Now)));
        var other = await store.Models.AddAsync(Sample.Model("consumer", "other"), Package, Sample.Audit(), Now);

        Assert.Equal([1, 2, 3, 4, 5, 6], added.Select(model => model.Version).Order());
        Assert.Equal("consumer@1", other.Reference);
        Assert.Equal(6, (await store.Models.FindAsync("trust", null, Now))!.Version);
        Assert.Equal(added.Single(model => model.Version == 2), await store.Models.FindAsync("trust", 2, Now));
        Assert.Equal(other with { ReportJson = "" }, await store.Models.ByReleaseAsync(ContentHash.Of("other"), Now));
        Assert.Null(await store.Models.FindAsync("trust", 7, Now));
        Assert.Equal(7, (await store.Models.ListAsync("trust", Now)).Count);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Report_OfAVersion_IsReadOnlyWhereItIsAskedFor(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var model = await store.Models.AddAsync(Sample.Model() with { ReportJson = """{"rows":7}""", Stage = ModelStage.Production }, Package, Sample.Audit(), Now);

        Assert.Equal(model.ReportJson, await store.Models.ReportAsync(model.Id, Now));
        Assert.Equal(model, await store.Models.FindAsync(model.Name, model.Version, Now));
        var brief = model with { ReportJson = "" };
        Assert.Equal(brief, await store.Models.InProductionAsync(model.ScorecardId, Now));
        Assert.Equal(brief, await store.Models.ByReleaseAsync(model.ReleaseHash, Now));
        Assert.Equal(brief, Assert.Single(await store.Models.ListAsync(null, Now)));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Package_Stored_IsCiphertextAndReadsBack(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var model = await store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now);

        Assert.Equal(Package, await store.Models.PackageAsync(model.Id, Now));
        Assert.Equal(-1, (await store.BytesAsync(server)).AsSpan().IndexOf(Package));
    }

    /// <summary>The raw database, searched for stretches of every part of a real package.</summary>
    [Theory, ClassData(typeof(BothStores))]
    public async Task Package_Signed_NoStretchOfItLiesInTheDatabaseInClear(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var signed = Signed.Of(TinyPackage.Model, TestKeys.Shared);
        var sections = PackageContainer.Read(signed.Content.Span).Value;
        var model = await store.Models.AddAsync(Sample.Model(), signed.ToBytes(), Sample.Audit(), Now);

        var raw = await store.BytesAsync(server);

        Assert.Equal(signed.ToBytes(), await store.Models.PackageAsync(model.Id, Now));
        foreach (var part in new[] { signed.Manifest, signed.Signature.Bytes, sections["predictor"], sections["background"], sections["lineage"], sections["scorecard"] })
        {
            // Stretches that say something: sixteen equal bytes lie everywhere.
            foreach (var stretch in part.Chunk(16).Where(bytes => bytes.Distinct().Count() >= 8)) Assert.Equal(-1, raw.AsSpan().IndexOf(stretch));
        }

        Assert.NotEqual(-1, raw.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(model.PackageHash.Hex)));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Package_OfAnotherModelPutInItsPlace_DoesNotOpen(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var model = await store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now);
        await store.Models.AddAsync(Sample.Model("consumer"), [.. "FORGED"u8], Sample.Audit(), Now);

        await store.TamperAsync("UPDATE \"Packages\" SET \"Content\" = (SELECT \"Content\" FROM \"Packages\" AS other WHERE other.\"ModelId\" <> \"Packages\".\"ModelId\")");

        await Assert.ThrowsAnyAsync<CryptographicException>(() => store.Models.PackageAsync(model.Id, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Promote_SecondVersion_ArchivesTheFirstInTheSameStep(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var first = await store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now);
        var second = await store.Models.AddAsync(Sample.Model(release: "second"), Package, Sample.Audit(), Now);

        var promoted = (await PromoteAsync(store, first)).Value;
        await PromoteAsync(store, second);

        Assert.Equal((ModelStage.Production, 1), (promoted.Stage, promoted.RowVersion));
        Assert.Equal(second.Id, (await store.Models.InProductionAsync("trust", Now))!.Id);
        Assert.Equal(ModelStage.Archived, (await store.Models.FindAsync("trust", 1, Now))!.Stage);
        Assert.Equal(
            [(ModelStage.Archived, "Replaced by trust@2."), (ModelStage.Production, "good")],
            (await store.Models.HistoryAsync(first.Id, Now)).Select(change => (change.To, change.Note)));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Promote_ManyVersionsAtOnce_ExactlyOneEndsInProduction(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var models = new List<RegisteredModel>();
        for (var i = 0; i < 4; i++) models.Add(await store.Models.AddAsync(Sample.Model(release: $"r{i}"), Package, Sample.Audit(), Now));

        var outcomes = await Task.WhenAll(models.SelectMany(model => new[] { model, model }).Select(model => Task.Run(() => PromoteAsync(store, model), Now)));

        var stages = (await store.Models.ListAsync("trust", Now)).GroupBy(model => model.Stage).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(1, stages[ModelStage.Production]);
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("version.stale", outcome.Problems[0].Code));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Scorecard_SavedAgain_ChangesOnlyWhenAHashDoes(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (scoring, old, young) = (ContentHash.Of("scoring"), ContentHash.Of("old texts"), ContentHash.Of("new texts"));

        await store.Models.SaveScorecardAsync("trust", "id: trust # old", scoring, old, Sample.Audit("scorecard.imported"), Now);
        await store.Models.SaveScorecardAsync("trust", "id: trust # old", scoring, old, Sample.Audit("scorecard.imported"), Now);
        await store.Models.SaveScorecardAsync("trust", "id: trust # new", scoring, young, Sample.Audit("scorecard.imported"), Now);
        var changed = await store.Models.ScorecardsAsync(Now);
        await store.Models.SaveScorecardAsync("trust", "id: trust # old", scoring, old, Sample.Audit("scorecard.imported"), Now);

        Assert.Equal("id: trust # new", changed["trust"]);
        Assert.Equal("id: trust # old", (await store.Models.ScorecardsAsync(Now))["trust"]);
        Assert.Equal(3, (await store.Reader.SearchAsync(new("scorecard.imported"), Now)).Count);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Scorecard_SavedByManyAtOnce_OneIsCurrent(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => store.Models.SaveScorecardAsync("trust", $"version: {i % 4}", ContentHash.Of("scoring"), ContentHash.Of($"texts {i % 4}"), Sample.Audit(), Now), Now)));

        Assert.StartsWith("version: ", Assert.Single(await store.Models.ScorecardsAsync(Now)).Value, StringComparison.Ordinal);
    }

    private static Task<Outcome<RegisteredModel>> PromoteAsync(TestStore store, RegisteredModel model) => store.Models.ChangeStageAsync(
        model, new StageChange(model.Id, model.Stage, ModelStage.Production, Sample.Officer.Id, "good", Sample.Moment), Sample.Audit("model.promoted"), Now);
}
