using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>What is kept in memory is at most a second old, and an altered package is never served.</summary>
public sealed class FreshnessTests
{
    private readonly ModelsInMemory _models = new();
    private readonly TickingClock _clock = new();
    private readonly RegistryRoom _room;

    public FreshnessTests() => _room = new RegistryRoom(_models, _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InProduction_AskedOften_ReadsTheRowOnceASecondAndThePackageOnce()
    {
        await PromoteAsync(TinyPackage.Model);
        var readToPromote = _models.PackageReads;
        var source = new ReleaseSource(_models, TestKeys.Shared, _clock);

        var first = (await source.InProductionAsync("tiny", Cancellation)).Value;
        var second = (await source.InProductionAsync("tiny", Cancellation)).Value;
        _clock.Advance(TimeSpan.FromSeconds(1));
        var third = (await source.InProductionAsync("tiny", Cancellation)).Value;

        Assert.Same(first, second);
        Assert.Same(first, third);
        Assert.Equal((2, 1), (_models.ProductionReads, _models.PackageReads - readToPromote));
    }

    [Fact]
    public async Task InProduction_AfterPromotion_TheNewReleaseDecidesWithinASecond()
    {
        await PromoteAsync(TinyPackage.Model);
        var source = new ReleaseSource(_models, TestKeys.Shared, _clock);
        var before = (await source.InProductionAsync("tiny", Cancellation)).Value;
        await PromoteAsync(TinyPackage.Other);

        _clock.Advance(TimeSpan.FromSeconds(1));
        var after = (await source.InProductionAsync("tiny", Cancellation)).Value;

        Assert.Equal(("tiny@1", "tiny@2"), (before.Model.Reference, after.Model.Reference));
        Assert.Equal("tiny@1", (await source.ByHashAsync(before.Model.ReleaseHash, Cancellation)).Value.Model.Reference);
    }

    [Fact]
    public async Task InProduction_NothingPromoted_IsRefused()
    {
        await _room.Registry.RegisterAsync("tiny", TinyPackage.Model, Actor.System, Cancellation);

        var outcome = await new ReleaseSource(_models, TestKeys.Shared, _clock).InProductionAsync("tiny", Cancellation);

        Assert.Equal("model.none", outcome.Problems.Single().Code);
    }

    [Fact]
    public async Task InProduction_PackageAlteredInTheStore_IsRefusedUntilItIsRestored()
    {
        var model = await PromoteAsync(TinyPackage.Model);
        var good = _models.Packages[model.Id];
        _models.Packages[model.Id] = Signed.Of(TinyPackage.Other); // whole and readable, but not what was registered
        var source = new ReleaseSource(_models, TestKeys.Shared, _clock);

        var altered = await source.InProductionAsync("tiny", Cancellation);
        _models.Packages[model.Id] = good;
        var restored = await source.InProductionAsync("tiny", Cancellation);

        Assert.Equal("package.altered", altered.Problems.Single().Code);
        Assert.True(restored.Succeeded);
    }

    [Fact]
    public async Task ByHash_UnknownRelease_IsRefused()
    {
        var outcome = await new ReleaseSource(_models, TestKeys.Shared, _clock).ByHashAsync(ContentHash.Of("nobody"), Cancellation);

        Assert.Equal("model.notFound", outcome.Problems.Single().Code);
    }

    [Fact]
    public async Task Catalog_DictionaryChanged_IsSeenAfterASecondAndParsedAgain()
    {
        await SaveAsync(ScorecardFiles.Tiny);
        var catalog = new ScorecardCatalog(_models, _clock);
        var before = await catalog.FindAsync("tiny", Cancellation);
        await SaveAsync(ScorecardFiles.Tiny.Replace("version: 1.0.0", "version: 1.0.1", StringComparison.Ordinal));

        var stillKept = await catalog.FindAsync("tiny", Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var after = await catalog.FindAsync("tiny", Cancellation);

        Assert.Same(before, stillKept);
        Assert.Equal(("1.0.0", "1.0.1"), (before!.Version, after!.Version));
        Assert.Equal(2, _models.ScorecardReads);
    }

    [Fact]
    public async Task Catalog_NothingChanged_GivesTheSameDefinition()
    {
        await SaveAsync(ScorecardFiles.Tiny);
        var catalog = new ScorecardCatalog(_models, _clock);
        var before = await catalog.FindAsync("tiny", Cancellation);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Same(before, await catalog.FindAsync("tiny", Cancellation));
        Assert.Null(await catalog.FindAsync("nobody", Cancellation));
    }

    private async Task<RegisteredModel> PromoteAsync(ModelPackage package)
    {
        var model = (await _room.Registry.RegisterAsync("tiny", package, Actor.System, Cancellation)).Value;
        return await Approved.PromoteAsync(_room.Registry, _room.Gates, model, Cancellation);
    }

    private Task SaveAsync(string yaml)
    {
        var definition = ScorecardReader.Read(yaml, "tiny.yaml").Value;
        return _models.SaveScorecardAsync(definition.Id, yaml, definition.ScoringHash, definition.PresentationHash,
            new AuditDraft(Actor.System, "scorecard.imported", definition.Id, new Dictionary<string, string?>()), Cancellation);
    }
}
