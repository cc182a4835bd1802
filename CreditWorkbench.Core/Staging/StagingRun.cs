using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>How a run of staging stands or ended.</summary>
public enum StagingRunState
{
    /// <summary>At work, or waiting to be resumed after its worker died.</summary>
    Running,
    /// <summary>Its features are the latest version.</summary>
    Published,
    /// <summary>The same files, dictionary and as-of date as the run before: nothing was done.</summary>
    Unchanged,
    /// <summary>The quality gate kept its features out; the last good version goes on serving.</summary>
    Refused,
    /// <summary>The delivery could not be read.</summary>
    Failed,
    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>Who or what asked for a run.</summary>
public enum StagingTrigger
{
    /// <summary>A person on a page or a verb.</summary>
    Demand,
    /// <summary>The nightly schedule.</summary>
    Schedule,
}

/// <summary>One file of a delivery as it was taken in.</summary>
/// <param name="Table">Table of the dictionary.</param>
/// <param name="Name">File name without folders.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
public sealed record DeliveredFile(string Table, string Name, long Bytes, ContentHash Hash);

/// <summary>The files of a run, in the order of the dictionary's tables.</summary>
/// <param name="Files">Files.</param>
public sealed record Delivery(IReadOnlyList<DeliveredFile> Files)
{
    /// <summary>Hash over tables, names and contents.</summary>
    public ContentHash Hash => ContentHash.Of(string.Join('\n', Files.Select(file => $"{file.Table}/{file.Name}:{file.Hash}")));

    /// <summary>Bytes of all files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);
}

/// <summary>What somebody should look at after a run.</summary>
/// <param name="Kind"><c>gate</c> or <c>outliers</c>.</param>
/// <param name="Table">Table concerned; null for the run as a whole.</param>
/// <param name="Text">One sentence.</param>
public sealed record StagingAlert(string Kind, string? Table, string Text);

/// <summary>One run of a scorecard's tables through the zones.</summary>
public sealed record StagingRun
{
    /// <summary>Identity; that of the job which does it.</summary>
    public required Guid Id { get; init; }
    /// <summary>Scorecard.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>Hash of the dictionary's text: rules, gate and expressions.</summary>
    public required ContentHash DefinitionHash { get; init; }
    /// <summary>Where the files lay.</summary>
    public required string Folder { get; init; }
    /// <summary>Day of loading: rows dated later are not yet.</summary>
    public required DateOnly LoadDay { get; init; }
    /// <summary>As-of date of every row; null for each row's own.</summary>
    public DateOnly? AsOf { get; init; }
    /// <summary>What asked.</summary>
    public StagingTrigger Trigger { get; init; }
    /// <summary>Who asked.</summary>
    public required Guid RequestedBy { get; init; }
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>How it stands.</summary>
    public StagingRunState State { get; init; }
    /// <summary>The files; null until they are taken in.</summary>
    public Delivery? Delivery { get; init; }
    /// <summary>Identity of the work: files, dictionary and as-of date; null until the files are taken in.</summary>
    public ContentHash? Key { get; init; }
    /// <summary>Counts per table and rule, and the gate; null until the rules were applied.</summary>
    public StagingReport? Report { get; init; }
    /// <summary>Why it failed; empty otherwise.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
    /// <summary>What somebody should look at.</summary>
    public IReadOnlyList<StagingAlert> Alerts { get; init; } = [];
    /// <summary>Lines in the quarantine file.</summary>
    public long Findings { get; init; }
    /// <summary>The run that did the same work before; null otherwise.</summary>
    public Guid? SameAs { get; init; }
    /// <summary>Version of the feature set that it published; null otherwise.</summary>
    public int? Version { get; init; }

    /// <summary>Rows that were dated after the day of loading: on another day the same files may give another result.</summary>
    public long RowsAfterLoad { get; init; }

    /// <summary>Whether another run would come to the same result: the same files, dictionary and as-of date, and no row that waits for a
    /// later day of loading.</summary>
    public bool IsSameWorkAs(StagingRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Key is not null && Key == other.Key && (LoadDay == other.LoadDay || RowsAfterLoad == 0);
    }
}
