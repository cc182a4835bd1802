using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>The files of <see cref="EtlTask"/> through the store on SQLite: taken in and hashed, staged, written encrypted, published as the
/// latest version. Two deliveries that differ by a blank line take turns, for the same one again would be nothing to do.</summary>
internal sealed class EtlStoreTask : IPeerTask
{
    /// <inheritdoc/>
    public string Name => "etl-store";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["etl_pandas"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.Seconds;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public bool ReadsTables => true;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var folder = Directory.CreateTempSubdirectory("etl-store-").FullName;
        try
        {
            return RunAsync(data, folder).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<PeerMeasure> RunAsync(PeerData data, string folder)
    {
        var options = new StoreOptions { Provider = StoreProvider.Sqlite, DataDirectory = Path.Combine(folder, "store") };
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddWorkbenchStore(options).BuildServiceProvider();
        var migrated = await services.GetRequiredService<WorkbenchStore>().MigrateAsync(CancellationToken.None);
        if (!migrated.Succeeded) throw new InvalidOperationException(string.Join(' ', migrated.Problems));
        var settings = new StagingSettings(Path.Combine(folder, "zones")) { VersionsKept = 1 };
        var load = new StagingLoad(services.GetRequiredService<IStagingStore>(), new StagingZones(settings, services.GetRequiredService<IZoneSealer>()), settings, TimeProvider.System);
        var (definition, deliveries, next) = (EtlTask.Definition(), Deliveries(data.Folder, folder), 0);
        var timing = PeerClock.Time(data.Threads, () =>
        {
            var order = new StagingOrder(Guid.CreateVersion7(), deliveries[next++ % deliveries.Length], EtlTask.LoadDay) { Threads = data.Threads };
            var outcome = load.RunAsync(definition, order, Actor.System, null, CancellationToken.None).GetAwaiter().GetResult();
            if (!outcome.Succeeded || outcome.Value.State != StagingRunState.Published) throw new InvalidOperationException(string.Join(' ', outcome.Problems));
        });
        return PeerMeasure.Seconds(timing);
    }

    private static string[] Deliveries(string source, string folder) => [.. Enumerable.Range(0, 2).Select(number =>
    {
        var delivery = Directory.CreateDirectory(Path.Combine(folder, $"delivery-{number}")).FullName;
        foreach (var file in Directory.EnumerateFiles(source, "*.csv")) File.Copy(file, Path.Combine(delivery, Path.GetFileName(file)));
        if (number > 0) File.AppendAllText(Path.Combine(delivery, "customers.csv"), "\n");
        return delivery;
    })];
}
