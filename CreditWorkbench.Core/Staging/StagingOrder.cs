using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>A run that is asked for.</summary>
/// <param name="Id">Identity; asking again under the same one resumes the run.</param>
/// <param name="Folder">Folder with the files.</param>
/// <param name="LoadDay">Day of loading: rows dated later are not yet.</param>
public sealed record StagingOrder(Guid Id, string Folder, DateOnly LoadDay)
{
    /// <summary>As-of date of every row; null for each row's own.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>What asked.</summary>
    public StagingTrigger Trigger { get; init; }

    /// <summary>Threads at most; the result does not depend on them.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>How far a run is.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Share">Share of the whole run, in [0, 1].</param>
public readonly record struct StagingProgress(StagingPhase Phase, double Share);

/// <summary>Steps of a run.</summary>
public enum StagingPhase
{
    /// <summary>Files are copied into the zone and hashed.</summary>
    TakingIn,
    /// <summary>Rows are read and checked, features worked out.</summary>
    Staging,
    /// <summary>Features are written into the analytics zone.</summary>
    Writing,
    /// <summary>The new version is made the latest.</summary>
    Publishing,
}
