using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of the store, section <c>Workbench</c>: DataDirectory, Provider (sqlite, postgres), ConnectionString;
/// and <c>Audit:Predictions</c>: deferred, sync, off (for measurements only).</summary>
public static class StoreSettings
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartRefusedException">A setting is not valid; the problem names it.</exception>
    public static StoreOptions From(IConfiguration configuration, string contentRoot)
    {
        var provider = (configuration["Workbench:Provider"] ?? "sqlite").ToLowerInvariant() switch
        {
            "sqlite" => StoreProvider.Sqlite,
            "postgres" or "postgresql" => StoreProvider.Postgres,
            var other => throw Refused("Workbench:Provider", $"The provider is '{other}'.", "Allowed: sqlite, postgres."),
        };
        if (provider == StoreProvider.Postgres && string.IsNullOrEmpty(configuration["Workbench:ConnectionString"]))
            throw Refused("Workbench:ConnectionString", "PostgreSQL needs a connection string.", "Set it, or choose sqlite.");
        var predictions = (configuration["Audit:Predictions"] ?? "deferred").ToLowerInvariant() switch
        {
            "deferred" => PredictionDurability.Deferred,
            "sync" => PredictionDurability.Sync,
            "off" => PredictionDurability.Off,
            var other => throw Refused("Audit:Predictions", $"Predictions are to be recorded '{other}'.", "Allowed: deferred, sync, off."),
        };
        return new StoreOptions
        {
            Predictions = predictions,
            Provider = provider,
            ConnectionString = configuration["Workbench:ConnectionString"],
            DataDirectory = Path.GetFullPath(configuration["Workbench:DataDirectory"] ?? "App_Data", contentRoot),
        };
    }

    private static StartRefusedException Refused(string setting, string message, string remedy) =>
        new([new Problem("setting.invalid", message) { Field = setting, Remedy = remedy }]);
}
