namespace CreditWorkbench.Core.Store;

/// <summary>Database behind the store.</summary>
public enum StoreProvider
{
    /// <summary>One file beside the application.</summary>
    Sqlite,
    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}

/// <summary>When a stateless prediction counts as recorded.</summary>
public enum PredictionDurability
{
    /// <summary>When it is in the operating system's file; it is on the disk at most 50 ms later. The death of the process loses nothing.</summary>
    Deferred,
    /// <summary>When it is on the disk: a power failure loses nothing either.</summary>
    Sync,
    /// <summary>At once, because nothing is recorded: for measurements of what recording costs.</summary>
    Off,
}

/// <summary>Where the store lives.</summary>
public sealed record StoreOptions
{
    /// <summary>Database behind the store.</summary>
    public StoreProvider Provider { get; init; } = StoreProvider.Sqlite;
    /// <summary>How to reach it; null on SQLite for <c>workbench.db</c> in the data directory. Required on PostgreSQL.</summary>
    public string? ConnectionString { get; init; }
    /// <summary>Folder of everything that this installation keeps; keys lie in its subfolder <c>keys</c>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>When a stateless prediction counts as recorded.</summary>
    public PredictionDurability Predictions { get; init; }

    internal string KeyDirectory => Path.Combine(DataDirectory, "keys");
}
