namespace CreditWorkbench.Core.Staging;

/// <summary>How the staging store works.</summary>
/// <param name="ZoneFolder">Folder of the zones; every node that stages or reads features sees the same one.</param>
public sealed record StagingSettings(string ZoneFolder)
{
    /// <summary>Share of a table's rows with outliers above which somebody is told, in [0, 1].</summary>
    public double OutlierAlertShare { get; init; } = 0.01;

    /// <summary>Age of the latest feature set above which it counts as stale.</summary>
    public TimeSpan FreshFor { get; init; } = TimeSpan.FromHours(36);

    /// <summary>Versions per scorecard whose rows are kept, at least 1.</summary>
    public int VersionsKept { get; init; } = 10;

    /// <summary>Memory in bytes that tables of many rows may take; a larger delivery goes through files.</summary>
    public long MemoryBytes { get; init; } = StagingRequest.DefaultMemoryBytes;

    /// <summary>Lines at most in a quarantine file; the counts go on.</summary>
    public long MostFindings { get; init; } = 1_000_000;
}
