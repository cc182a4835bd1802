using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Ports;
using CreditWorkbench.Core.Store.Predictions;
using CreditWorkbench.Core.Store.Trail;
using CreditWorkbench.Core.Store.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CreditWorkbench.Core.Store;

/// <summary>Registers the store with a host.</summary>
public static class StoreRegistration
{
    /// <summary>Registers the context (scoped, for Identity), its factory, every port, the key ring and the audit trail. Call
    /// <see cref="WorkbenchStore.MigrateAsync"/> before the first use.</summary>
    /// <exception cref="ArgumentException">PostgreSQL without a connection string.</exception>
    public static IServiceCollection AddWorkbenchStore(this IServiceCollection services, StoreOptions options)
    {
        PrivateFile.MakeDirectory(options.DataDirectory);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<StoreScope>();
        services.AddSingleton(provider => FactoryFor(options, provider.GetRequiredService<StoreScope>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<WorkbenchContext>>().CreateDbContext());
        services.AddSingleton(provider => new WorkbenchStore(
            options, provider.GetRequiredService<IDbContextFactory<WorkbenchContext>>(), provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<DataKeyStore>(),
            provider.GetRequiredService<SensitiveVault>()));
        AddKeys(services, options);
        AddVault(services, options);
        AddTrail(services);
        AddPredictions(services);
        services.AddSingleton<IApplicantStore, ApplicantStore>();
        services.AddSingleton<IApplicationStore, ApplicationStore>();
        services.AddSingleton<IStatementStore, StatementStore>();
        services.AddSingleton<IScoreStore, ScoreStore>();
        services.AddSingleton<IScoreCounts, ScoreCounts>();
        services.AddSingleton<IOutcomeStore, OutcomeStore>();
        services.AddSingleton<CaseFeed>();
        services.AddSingleton<ReviewStore>();
        services.AddSingleton<IReviewStore>(provider => new ToldReviewStore(
            provider.GetRequiredService<ReviewStore>(), provider.GetRequiredService<CaseFeed>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ICaseQueue, CaseQueue>();
        services.AddSingleton<ISavedViewStore, SavedViewStore>();
        services.AddSingleton<ICaseFileStore, CaseFileStore>();
        services.AddSingleton<IScenarioStore, ScenarioStore>();
        services.AddSingleton<IPortfolioStore, PortfolioStore>();
        services.AddSingleton<SignInSessions>();
        services.AddSingleton(provider => new ApiKeys(provider.GetRequiredService<IDbContextFactory<WorkbenchContext>>(), provider.GetRequiredService<StoreWriter>()));
        services.AddSingleton(provider => new RefreshTokens(provider.GetRequiredService<StoreWriter>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new IdempotentCalls(provider.GetRequiredService<StoreWriter>(), provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<StoreScope>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IModelStore, ModelStore>();
        services.AddSingleton<IGovernanceStore, GovernanceStore>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<IRolloutStore, RolloutStore>();
        services.AddSingleton<IRolloutEvidence, RolloutEvidence>();
        services.AddSingleton<IAlertStore, AlertStore>();
        services.AddSingleton<IWatchLease, WatchLease>();
        services.AddSingleton<IScorecardShelf, ScorecardShelf>();
        services.AddSingleton<IDatasetStore, DatasetStore>();
        services.AddSingleton<IDatasetFiles, DatasetFiles>();
        services.AddSingleton<IBinningJournal, BinningJournal>();
        services.AddSingleton<IJobStore, JobStore>();
        services.AddSingleton<IBatchStore, BatchStore>();
        services.AddSingleton<IBatchFiles, BatchFiles>();
        services.AddSingleton<IWebhookStore, WebhookStore>();
        services.AddSingleton<IQueueStore, QueueStore>();
        services.AddSingleton<IOnce, Once>();
        services.AddSingleton<IStudyFiles, StudyFiles>();
        services.AddSingleton<IStagingStore, StagingStore>();
        services.AddSingleton<IZoneSealer, ZoneSealer>();
        services.AddSingleton<ILabStore, LabStore>();
        return services;
    }

    private static void AddKeys(IServiceCollection services, StoreOptions options)
    {
        services.AddSingleton(_ => KeyRingFile.Open(options.KeyDirectory));
        services.AddSingleton<IPackageKeys, SigningKeys>();
        services.AddSingleton(new ErasureList(options.KeyDirectory));
        services.AddSingleton(new DataKeyTable(SideDatabaseOf(options, Path.Combine(options.KeyDirectory, "keys.db"))));
        services.AddSingleton<DataKeyStore>();
        services.AddSingleton<BlindIndex>();
    }

    private static void AddVault(IServiceCollection services, StoreOptions options)
    {
        services.AddSingleton(_ => VaultKey.Open(options.KeyDirectory));
        services.AddSingleton(new VaultTable(SideDatabaseOf(options, Path.Combine(options.DataDirectory, "vault.db"))));
        services.AddSingleton<SensitiveVault>();
        services.AddSingleton<ISensitiveVault>(provider => provider.GetRequiredService<SensitiveVault>());
        services.AddSingleton<ISensitiveReader, SensitiveReader>();
    }

    private static SideDatabase SideDatabaseOf(StoreOptions options, string path) => options.Provider == StoreProvider.Sqlite
        ? new SideDatabase(() => new SqliteConnection($"Data Source={path}"), isFile: true)
        : new SideDatabase(() => new NpgsqlConnection(options.ConnectionString), isFile: false);

    private static void AddTrail(IServiceCollection services)
    {
        services.AddSingleton<AuditSealer>();
        services.AddSingleton<AuditSignal>();
        services.AddSingleton<StoreWriter>();
        services.AddSingleton(provider => new AuditSequencer(
            provider.GetRequiredService<IDbContextFactory<WorkbenchContext>>(), provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<IAuditReader, AuditReader>();
        services.AddHostedService<AuditSequencerService>();
    }

    private static void AddPredictions(IServiceCollection services)
    {
        services.AddSingleton(provider => new PredictionLog(provider.GetRequiredService<StoreOptions>(), provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<ILogger<PredictionLog>>()));
        services.AddSingleton<IPredictionLog>(provider => provider.GetRequiredService<PredictionLog>());
        services.AddSingleton<IPredictionStore, PredictionStore>();
        services.AddSingleton<IPredictionRetention, PredictionRetention>();
        services.AddSingleton<PredictionMover>();
        services.AddHostedService<PredictionMoverService>();
    }

    private static IDbContextFactory<WorkbenchContext> FactoryFor(StoreOptions options, StoreScope scope) => options.Provider switch
    {
        StoreProvider.Sqlite => new ContextFactory<SqliteWorkbenchContext>(
            Quiet(new DbContextOptionsBuilder<SqliteWorkbenchContext>())
                .UseSqlite(options.ConnectionString ?? $"Data Source={Path.Combine(options.DataDirectory, "workbench.db")}")
                .AddInterceptors(new SqlitePragmas()).Options,
            scope, chosen => new SqliteWorkbenchContext(chosen)),
        _ => new ContextFactory<PostgresWorkbenchContext>(
            Quiet(new DbContextOptionsBuilder<PostgresWorkbenchContext>())
                .UseNpgsql(options.ConnectionString ?? throw new ArgumentException("PostgreSQL needs a connection string (setting Workbench:ConnectionString).", nameof(options)))
                .Options,
            scope, chosen => new PostgresWorkbenchContext(chosen)),
    };

    // Values of parameters may be personal data: they stay out of logs and exceptions.
    private static DbContextOptionsBuilder<TContext> Quiet<TContext>(DbContextOptionsBuilder<TContext> builder)
        where TContext : DbContext =>
        builder.EnableSensitiveDataLogging(false);
}
