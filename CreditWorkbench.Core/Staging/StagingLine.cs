using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What a staging run starts from.</summary>
/// <param name="Folder">Folder with the files that the dictionary names.</param>
/// <param name="LoadDay">Day of loading: rows dated later are not yet.</param>
public sealed record StagingRequest(string Folder, DateOnly LoadDay)
{
    /// <summary>Memory that tables of many rows may take where the caller states none: 1 GiB.</summary>
    public const long DefaultMemoryBytes = 1L << 30;

    /// <summary>As-of date of every base row; null for each row's own.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Whether only the columns that the dictionary fixes are worked out.</summary>
    public bool OnlyFixedColumns { get; init; }

    /// <summary>Threads at most; the result does not depend on them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Memory in bytes that tables of many rows may take; a larger delivery goes through files. Base table, tables of one row
    /// and the reader's buffers come on top. The result does not depend on it.</summary>
    public long MemoryBytes { get; init; } = DefaultMemoryBytes;
}

/// <summary>Features and what became of the rows on the way.</summary>
/// <param name="Features">One row per base row that may be used.</param>
/// <param name="Report">Counts and the gate's verdict.</param>
public sealed record StagingResult(StagedFeatures Features, StagingReport Report);

/// <summary>The staging line: files to tables, rules, gate, features. Nothing dated at or after a row's as-of date is ever used.</summary>
public static class StagingLine
{
    /// <summary>Runs the line in memory, whatever the size of the delivery.</summary>
    /// <param name="definition">A staged dictionary.</param>
    /// <param name="request">Files, day and threads.</param>
    /// <param name="find">Receives each finding while it is made; null for none.</param>
    /// <param name="progress">Told the share done, in (0, 1].</param>
    /// <param name="cancellation">Stops between blocks of rows.</param>
    /// <returns>Features and report, also where the gate is not passed; <c>staging.absent</c> for a dictionary without tables, or why a
    /// file cannot be read.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static async Task<Outcome<StagingResult>> RunAsync(
        ScorecardDefinition definition, StagingRequest request, Action<StagingFinding>? find, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Refusal(definition) is { } refusal) return refusal;
        return await RunAsync(new StagingWork(definition, request, find ?? (_ => { })), progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs the line and writes the feature file if the gate is passed: in memory where the delivery fits into
    /// <see cref="StagingRequest.MemoryBytes"/>, else through files beside the target. The bytes are the same.</summary>
    /// <param name="definition">A staged dictionary.</param>
    /// <param name="request">Files, day, threads and memory.</param>
    /// <param name="target">Feature file, which appears whole or not at all; null to check only.</param>
    /// <param name="find">Receives each finding while it is made; null for none. The order of findings may depend on the memory.</param>
    /// <param name="progress">Told the share done, in (0, 1].</param>
    /// <param name="cancellation">Stops between blocks of rows and leaves the target as it was.</param>
    /// <returns>The report, also where the gate is not passed; <c>staging.absent</c>, <c>staging.memory</c> where the rows of one key do
    /// not fit, or why a file cannot be read.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static async Task<Outcome<StagingReport>> WriteAsync(
        ScorecardDefinition definition, StagingRequest request, string? target, Action<StagingFinding>? find, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Refusal(definition) is { } refusal) return refusal;
        var work = new StagingWork(definition, request, find ?? (_ => { }));
        if (VolumeLine.Estimate(work) > request.MemoryBytes)
        {
            using var folder = new SpillFolder(target is null ? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) : target + ".spill");
            using var volume = new VolumeLine(work, folder);
            return await volume.RunAsync(target, progress, cancellation).ConfigureAwait(false);
        }

        var outcome = await RunAsync(work, progress, cancellation).ConfigureAwait(false);
        if (target is not null && outcome.Succeeded && outcome.Value.Report.Passed) FeatureFile.Write(outcome.Value.Features, target, request.Threads, cancellation);
        return outcome.Then<StagingReport>(result => result.Report);
    }

    /// <summary>Whether a delivery fits into <see cref="StagingRequest.MemoryBytes"/>.</summary>
    internal static bool Fits(ScorecardDefinition definition, StagingRequest request) => VolumeLine.Estimate(new StagingWork(definition, request, _ => { })) <= request.MemoryBytes;

    private static async Task<Outcome<StagingResult>> RunAsync(StagingWork work, IProgress<double>? progress, CancellationToken cancellation)
    {
        foreach (var (done, table) in work.Order.Index())
        {
            if (await work.LoadAsync(table, cancellation).ConfigureAwait(false) is { } problem) return problem;
            progress?.Report((done + 1.0) / (work.Order.Count + 1));
        }

        var (columns, rows) = (FeatureColumns.Known(work.Definition, work.Request.OnlyFixedColumns, out var expressions), work.Base);
        var run = new FeatureRun(work.Definition, work.Tables, work.AsOf(rows), expressions, columns, work.Request.Threads);
        var features = run.Run(columns, FeatureColumns.Order(work.Staging, rows), work.Request.Threads, cancellation);
        return new StagingResult(features, work.Report(work.Tables.ToDictionary(table => table.Key, table => TableTally.Of(table.Value), StringComparer.Ordinal), columns.Count));
    }

    private static Problem? Refusal(ScorecardDefinition definition) => definition.Staging is not null ? null
        : new Problem("staging.absent", $"The scorecard {definition.Id} has no tables.") { Remedy = "Choose a scorecard with a section staging." };
}
