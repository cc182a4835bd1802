using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Where the rows of a study come from.</summary>
/// <param name="File">A kept file; null for the background rows that the model's package carries.</param>
public sealed record StudySource(StudyFile? File)
{
    /// <summary>The rows in the package.</summary>
    public static StudySource Background { get; } = new((StudyFile?)null);

    /// <summary>Stands in addresses and cache keys: the file's hash, or <c>background</c>.</summary>
    public string Key => File?.Hash.Hex ?? "background";
}

/// <summary>What a study is busy with.</summary>
public enum StudyPhase
{
    /// <summary>Reading the file.</summary>
    Reading,
    /// <summary>Explaining rows.</summary>
    Explaining,
    /// <summary>Summing up.</summary>
    Summing,
}

/// <summary>How far a study is.</summary>
/// <param name="Phase">What it is busy with.</param>
/// <param name="Rows">Rows read so far, then rows in all.</param>
/// <param name="Share">Share of the whole study that is done, in [0, 1]; a reading file has no known end and stays at the start.</param>
public readonly record struct StudyProgress(StudyPhase Phase, long Rows, double Share);
