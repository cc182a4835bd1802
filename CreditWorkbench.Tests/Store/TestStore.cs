using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Trail;
using CreditWorkbench.Tests.Services;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Both providers: every test of the store runs on each.</summary>
public sealed class BothStores : TheoryData<StoreProvider>
{
    public BothStores() => AddRange(StoreProvider.Sqlite, StoreProvider.Postgres);
}

/// <summary>A store of its own in a temporary folder, removed afterwards.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsFiles;

    private TestStore(StoreOptions options, ManualTime time, bool ownsFiles)
    {
        (Options, Time, _ownsFiles) = (options, time, ownsFiles);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddLogging();
        services.AddWorkbenchStore(options);
        _services = services.BuildServiceProvider();
    }

    public StoreOptions Options { get; }
    public ManualTime Time { get; }
    public IServiceProvider Services => _services;
    public IApplicantStore Applicants => Get<IApplicantStore>();
    public IApplicationStore Applications => Get<IApplicationStore>();
    public IScoreStore Scores => Get<IScoreStore>();
    public IReviewStore Reviews => Get<IReviewStore>();
    public IModelStore Models => Get<IModelStore>();
    public IJobStore Jobs => Get<IJobStore>();
    public IAuditTrail Trail => Get<IAuditTrail>();
    public IAuditReader Reader => Get<IAuditReader>();
    public AuditSequencer Sequencer => Get<AuditSequencer>();

    /// <summary>A new, empty store, not yet migrated.</summary>
    public static async Task<TestStore> CreateAsync(StoreProvider provider, PostgresServer server)
    {
        var name = $"workbench_{Guid.NewGuid():n}";
        return new TestStore(
            new StoreOptions
            {
                Provider = provider,
                DataDirectory = Path.Combine(Path.GetTempPath(), name),
                ConnectionString = provider == StoreProvider.Postgres ? await server.ConnectionStringAsync(name) : null,
            },
            new ManualTime(), ownsFiles: true);
    }

    /// <summary>A new store, ready for use.</summary>
    public static async Task<TestStore> OpenAsync(StoreProvider provider, PostgresServer server)
    {
        var store = await CreateAsync(provider, server);
        await store.MigrateAsync();
        return store;
    }

    /// <summary>The same files and database as another node sees them.</summary>
    public TestStore OtherNode() => new(Options, Time, ownsFiles: false);

    public async Task MigrateAsync() => Assert.True((await Get<WorkbenchStore>().MigrateAsync(TestContext.Current.CancellationToken)).Succeeded);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public WorkbenchContext Context() => Get<IDbContextFactory<WorkbenchContext>>().CreateDbContext();

    /// <summary>What an intruder with a database client does.</summary>
    public async Task<int> TamperAsync(string sql)
    {
        await using var context = Context();
        return await context.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (!_ownsFiles) return;
        SqliteConnection.ClearAllPools();
        if (Options.Provider == StoreProvider.Postgres) NpgsqlConnection.ClearPool(new NpgsqlConnection(Options.ConnectionString));
        Directory.Delete(Options.DataDirectory, recursive: true);
    }
}

/// <summary>A clock that stands still until it is told otherwise.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
