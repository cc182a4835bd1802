using CreditWorkbench.Core.Store;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of the store, section <c>Workbench</c>: DataDirectory, Provider (sqlite, postgres), ConnectionString.</summary>
public static class StoreSettings
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A setting is not valid; the message names it.</exception>
    public static StoreOptions From(IConfiguration configuration, string contentRoot)
    {
        var provider = (configuration["Workbench:Provider"] ?? "sqlite").ToLowerInvariant() switch
        {
            "sqlite" => StoreProvider.Sqlite,
            "postgres" or "postgresql" => StoreProvider.Postgres,
            var other => throw new InvalidOperationException($"The setting Workbench:Provider is '{other}'. Allowed: sqlite, postgres."),
        };
        if (provider == StoreProvider.Postgres && string.IsNullOrEmpty(configuration["Workbench:ConnectionString"]))
            throw new InvalidOperationException("The setting Workbench:ConnectionString is empty. PostgreSQL needs one.");
        return new StoreOptions
        {
            Provider = provider,
            ConnectionString = configuration["Workbench:ConnectionString"],
            DataDirectory = Path.GetFullPath(configuration["Workbench:DataDirectory"] ?? "App_Data", contentRoot),
        };
    }
}
