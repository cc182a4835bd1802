using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Trail;
using CreditWorkbench.Core.Store.Vault;
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
    public SensitiveVault Vault => Get<SensitiveVault>();
    public ISensitiveReader Sensitive => Get<ISensitiveReader>();
    public IScoreStore Scores => Get<IScoreStore>();
    public IScoreCounts Counts => Get<IScoreCounts>();
    public IReviewStore Reviews => Get<IReviewStore>();
    public IModelStore Models => Get<IModelStore>();
    public IJobStore Jobs => Get<IJobStore>();
    public IAuditTrail Trail => Get<IAuditTrail>();
    public IAuditReader Reader => Get<IAuditReader>();
    public AuditSequencer Sequencer => Get<AuditSequencer>();

    /// <summary>A new, empty store, not yet migrated.</summary>
    public static async Task<TestStore> CreateAsync(StoreProvider provider, PostgresServer server) =>
        new(await NewOptionsAsync(provider, server), new ManualTime(), ownsFiles: true);

    /// <summary>A new store, ready for use: a copy of one that was migrated once.</summary>
    public static async Task<TestStore> OpenAsync(StoreProvider provider, PostgresServer server)
    {
        var template = await StoreTemplate.OfAsync(provider, server);
        var options = await NewOptionsAsync(provider, server);
        await template.CopyToAsync(options, server);
        return new TestStore(options, new ManualTime(), ownsFiles: true);
    }

    /// <summary>A store that is there already and belongs to somebody else.</summary>
    public static TestStore Existing(StoreOptions options) => new(options, new ManualTime(), ownsFiles: false);

    /// <summary>A folder and a database of its own.</summary>
    public static async Task<StoreOptions> NewOptionsAsync(StoreProvider provider, PostgresServer server)
    {
        var name = $"workbench_{Guid.NewGuid():n}";
        return new StoreOptions
        {
            Provider = provider,
            DataDirectory = Path.Combine(Path.GetTempPath(), name),
            ConnectionString = provider == StoreProvider.Postgres ? await server.ConnectionStringAsync(name) : null,
        };
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

    /// <summary>Everything that lies in the database: the files of SQLite, or a dump.</summary>
    public async Task<byte[]> BytesAsync(PostgresServer server)
    {
        if (Options.Provider == StoreProvider.Postgres) return await server.DumpAsync(new NpgsqlConnectionStringBuilder(Options.ConnectionString).Database!);
        using var bytes = new MemoryStream();
        foreach (var path in Directory.EnumerateFiles(Options.DataDirectory, "workbench.db*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await file.CopyToAsync(bytes);
        }

        return bytes.ToArray();
    }

    /// <summary>Closes the connections that wait for their next use, so that files can be copied and removed.</summary>
    public static void ClosePools(StoreOptions options)
    {
        using var keys = new SqliteConnection($"Data Source={Path.Combine(options.DataDirectory, "keys", "keys.db")}");
        using var main = new SqliteConnection($"Data Source={Path.Combine(options.DataDirectory, "workbench.db")}");
        SqliteConnection.ClearPool(keys);
        SqliteConnection.ClearPool(main);
        using var vault = new SqliteConnection($"Data Source={Path.Combine(options.DataDirectory, "vault.db")}");
        SqliteConnection.ClearPool(vault);
        if (options.Provider != StoreProvider.Postgres) return;
        using var remote = new NpgsqlConnection(options.ConnectionString);
        NpgsqlConnection.ClearPool(remote);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (!_ownsFiles) return;
        ClosePools(Options);
        Directory.Delete(Options.DataDirectory, recursive: true);
    }
}
