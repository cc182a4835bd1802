using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CreditWorkbench.Core.Store;

/// <summary>Registers the store with a host.</summary>
public static class StoreRegistration
{
    /// <summary>Registers the context (scoped, for Identity), its factory, every port, the key ring and the audit trail. Call
    /// <see cref="WorkbenchStore.MigrateAsync"/> before the first use.</summary>
    /// <exception cref="ArgumentException">PostgreSQL without a connection string.</exception>
    public static IServiceCollection AddWorkbenchStore(this IServiceCollection services, StoreOptions options)
    {
        Directory.CreateDirectory(options.DataDirectory);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(FactoryFor(options));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<WorkbenchContext>>().CreateDbContext());
        services.AddSingleton<WorkbenchStore>();
        return services;
    }

    private static IDbContextFactory<WorkbenchContext> FactoryFor(StoreOptions options) => options.Provider switch
    {
        StoreProvider.Sqlite => new ContextFactory<SqliteWorkbenchContext>(
            Quiet(new DbContextOptionsBuilder<SqliteWorkbenchContext>())
                .UseSqlite(options.ConnectionString ?? $"Data Source={Path.Combine(options.DataDirectory, "workbench.db")}")
                .AddInterceptors(new SqlitePragmas()).Options,
            chosen => new SqliteWorkbenchContext(chosen)),
        _ => new ContextFactory<PostgresWorkbenchContext>(
            Quiet(new DbContextOptionsBuilder<PostgresWorkbenchContext>())
                .UseNpgsql(options.ConnectionString ?? throw new ArgumentException("PostgreSQL needs a connection string (setting Workbench:ConnectionString).", nameof(options)))
                .Options,
            chosen => new PostgresWorkbenchContext(chosen)),
    };

    // Values of parameters may be personal data: they stay out of logs and exceptions.
    private static DbContextOptionsBuilder<TContext> Quiet<TContext>(DbContextOptionsBuilder<TContext> builder)
        where TContext : DbContext =>
        builder.EnableSensitiveDataLogging(false);
}
