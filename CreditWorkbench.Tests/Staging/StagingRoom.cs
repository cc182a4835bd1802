using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>A store with the zones beside it and the seed loan-risk in it.</summary>
internal sealed class StagingRoom : IAsyncDisposable
{
    public static readonly Actor Analyst = new(
        Guid.Parse("0197f000-0000-7000-8000-0000000000bb"), "Analyst", ActorKind.User, new HashSet<Permission> { Permission.BuildModels, Permission.ReadModels, Permission.ReadCases, Permission.TakeIn });

    private readonly TestStore _store;

    private StagingRoom(TestStore store, StagingSettings settings)
    {
        (_store, Settings) = (store, settings);
        Zones = new StagingZones(settings, store.Get<IZoneSealer>());
        Load = new StagingLoad(Runs, Zones, settings, store.Time);
        Features = new FeatureDesk(Runs, Zones, new OneScorecard(), settings, new FeatureDeskTrail(store.Get<IAuditTrail>(), store.Time));
        Desk = new StagingDesk(Runs, Zones, store.Get<IAuditTrail>());
    }

    public TestStore Store => _store;
    public StagingSettings Settings { get; }
    public StagingZones Zones { get; }
    public StagingLoad Load { get; }
    public FeatureDesk Features { get; }
    public StagingDesk Desk { get; }
    public IStagingStore Runs => _store.Get<IStagingStore>();
    public ManualTime Time => _store.Time;
    public string ZoneFolder => Settings.ZoneFolder;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static async Task<StagingRoom> OpenAsync(StoreProvider provider, PostgresServer server, Func<StagingSettings, StagingSettings>? change = null)
    {
        var store = await TestStore.OpenAsync(provider, server);
        var settings = new StagingSettings(Path.Combine(store.Options.DataDirectory, "zones"));
        return new StagingRoom(store, change?.Invoke(settings) ?? settings);
    }

    /// <summary>A path in the room's folder.</summary>
    public string Folder(string name) => Path.Combine(_store.Options.DataDirectory, name);

    /// <summary>Runs a delivery; time goes on by a minute before.</summary>
    public async Task<StagingRun> RunAsync(string folder, Guid? id = null, IProgress<StagingProgress>? progress = null, CancellationToken? cancellation = null, int threads = 2, DateOnly? loadDay = null)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        var order = new StagingOrder(id ?? Guid.CreateVersion7(Time.GetUtcNow()), folder, loadDay ?? LoanRiskFiles.LoadDay) { Threads = threads };
        return (await Load.RunAsync(LoanRiskFiles.Definition, order, Analyst, progress, cancellation ?? Now)).Value;
    }

    /// <summary>A version as a feature file.</summary>
    public async Task<string> ExportAsync(int? version = null, DateTimeOffset? asOf = null)
    {
        using var text = new StringWriter();
        Assert.True((await Features.ExportAsync("loan-risk", version, asOf, text, Analyst, Now)).Succeeded);
        return text.ToString();
    }

    /// <summary>Kinds of the entries in the trail that begin with a word, oldest first.</summary>
    public async Task<IReadOnlyList<string>> TrailAsync(string prefix)
    {
        await _store.Sequencer.SequenceAsync(Now);
        return [.. (await _store.Reader.SearchAsync(new AuditQuery { Take = 1000 }, Now)).Select(view => view.Entry.Kind).Where(kind => kind.StartsWith(prefix, StringComparison.Ordinal)).Reverse()];
    }

    /// <summary>Everything that lies in the zones, relative.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(ZoneFolder)
        ? [.. Directory.EnumerateFileSystemEntries(ZoneFolder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(ZoneFolder, path)).Where(path => path.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>The seed loan-risk alone.</summary>
    internal sealed class OneScorecard : IScorecardCatalog
    {
        public ValueTask<ScorecardDefinition?> FindAsync(string scorecardId, CancellationToken cancellationToken) => new(scorecardId == LoanRiskFiles.Definition.Id ? LoanRiskFiles.Definition : null);

        public ValueTask<IReadOnlyList<ScorecardDefinition>> ListAsync(CancellationToken cancellationToken) => new([LoanRiskFiles.Definition]);
    }
}
