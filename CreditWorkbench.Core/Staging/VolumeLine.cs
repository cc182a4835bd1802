using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The line for deliveries whose tables of many rows do not fit into memory: their rows are put into files by the base rows that
/// they belong to, then part after part is worked on as if it were a small delivery. Base table and tables of one row stay in memory.</summary>
/// <remarks>The feature file is that of the line in memory, byte for byte; findings are the same ones, part by part.</remarks>
/// <param name="work">The run.</param>
/// <param name="folder">For what does not fit.</param>
internal sealed class VolumeLine(StagingWork work, SpillFolder folder) : IDisposable
{
    private const int PartsAtMost = 128;

    // Reading, grouping and working out a part need room beside its rows, and so do the tables in memory.
    private const int PartsOfMemory = 6;
    private readonly HashSet<string> _spilled = Spilled(work);
    private readonly Dictionary<string, Large> _large = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TableTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>Bytes that the tables of many rows of a delivery would take in memory, roughly.</summary>
    /// <param name="work">The run.</param>
    public static long Estimate(StagingWork work) => work.Staging.Tables.Where(table => table.Join == StagingJoin.Many).Sum(table => Estimate(work, table));

    /// <summary>Runs the line.</summary>
    /// <param name="target">Feature file; null to check only.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops between blocks and parts.</param>
    public async Task<Outcome<StagingReport>> RunAsync(string? target, IProgress<double>? progress, CancellationToken cancellation)
    {
        foreach (var table in work.Order.Where(table => !_spilled.Contains(table.Name)))
        {
            if (await work.LoadAsync(table, cancellation).ConfigureAwait(false) is { } problem) return problem;
            _tallies[table.Name] = TableTally.Of(work.Tables[table.Name]);
        }

        var files = (int)Math.Clamp(Estimate(work) * PartsOfMemory / Math.Max(1, work.Request.MemoryBytes), 2, PartsAtMost);
        foreach (var table in work.Order.Where(table => _spilled.Contains(table.Name)))
        {
            if (await SpillAsync(table, files, cancellation).ConfigureAwait(false) is { } problem) return problem;
            progress?.Report(0.5 * _large.Count / _spilled.Count);
        }

        var columns = FeatureColumns.Known(work.Definition, work.Request.OnlyFixedColumns, out var expressions);
        using var parts = target is null ? null : new FeatureParts(folder, work.Base.Rows);
        if (Parts(files, columns, expressions, parts, progress, cancellation) is { } refused) return refused;
        var report = work.Report(_tallies, columns.Count);
        if (report.Passed && parts is not null) FeatureFile.Write(columns, target!, file => parts.Write(file, cancellation));
        return report;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var large in _large.Values) large.Spill.Dispose();
    }

    // A base row has its place by one key: tables that join it by another one stay in memory.
    private static HashSet<string> Spilled(StagingWork work)
    {
        var keys = work.Staging.Tables.Where(table => table.Join == StagingJoin.Many).GroupBy(table => table.On, StringComparer.Ordinal);
        return keys.MaxBy(tables => tables.Sum(table => Estimate(work, table)))?.Select(table => table.Name).ToHashSet(StringComparer.Ordinal) ?? [];
    }

    private static long Estimate(StagingWork work, StagingTable table)
    {
        const int BytesPerByte = 4, UnpackedPerPacked = 10;
        return StagingFiles.Of(work.Request.Folder, table.File).Sum(file => new FileInfo(file).Length * BytesPerByte * (Path.GetExtension(file) is ".gz" or ".zip" ? UnpackedPerPacked : 1));
    }

    private async Task<Problem?> SpillAsync(StagingTable table, int files, CancellationToken cancellation)
    {
        if (!work.FilesOf(table).TryGet(out var paths, out var problems)) return problems[0];
        var loader = work.Loader(table, () => work.PassingReaders(table));
        var lastWins = work.RulesOf(table).Always(StagingRules.KeyDuplicate).Keep == "last";
        var spill = new RowSpill(folder, table, work.Wanted(table), new BaseGroups(work.Base, table.On!), files, lastWins);
        var large = _large[table.Name] = new Large(spill, loader, new OutlierBounds(work.RulesOf(table), table));
        void Take(RowBlock block)
        {
            large.Outliers.Add(block);
            spill.Add(block, loader.RowsRead);
        }

        if (await loader.ReadAsync(paths, inWindows: true, Take, work.Count, cancellation).ConfigureAwait(false) is { } problem) return problem;
        (large.Repeated, large.Bounds) = (spill.Finish(), large.Outliers.Learnt());
        _tallies[table.Name] = new TableTally(loader.Files, loader.RowsRead);
        return null;
    }

    private Problem? Parts(int files, IReadOnlyList<string> columns, StagedExpressions expressions, FeatureParts? parts, IProgress<double>? progress, CancellationToken cancellation)
    {
        var plan = PartPlan.Of(work, files, work.Staging.Table(_spilled.First())!.On!, [.. _large.Values.Select(each => each.Spill)], work.Request.MemoryBytes / PartsOfMemory);
        if (plan.TooLarge is { } problem) return problem;
        foreach (var (done, part) in plan.Parts.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var tables = new Dictionary<string, StagedTable>(work.Tables, StringComparer.Ordinal) { [work.Staging.Base] = Rows(work.Base, part.BaseRows) };
            foreach (var (name, large) in _large)
            {
                var rows = large.Spill.Read(part.File, part.First, part.End, int.MaxValue, () => work.LayeredReaders(work.Staging.Table(name)!), large.Loader).Single();
                if (Use(rows, large) is { } refused) return refused;
                tables[name] = rows;
            }

            if (parts is not null)
            {
                var run = new FeatureRun(work.Definition, tables, work.AsOf(tables[work.Staging.Base]), expressions, columns, work.Request.Threads);
                parts.Add(run.Run(columns, [.. Enumerable.Range(0, part.BaseRows.Length)], work.Request.Threads, cancellation), part.Ranks, work.Request.Threads);
            }

            progress?.Report(0.5 + 0.5 * (done + 1) / plan.Parts.Count);
        }

        return Strays(files, cancellation);
    }

    // Rows of no base row take part in rules and counts alone.
    private Problem? Strays(int files, CancellationToken cancellation)
    {
        foreach (var (name, large) in _large)
        {
            var atOnce = (int)Math.Clamp(work.Request.MemoryBytes / PartsOfMemory / large.Spill.BytesPerRow, 1, int.MaxValue);
            foreach (var rows in large.Spill.Read(files, 0, 0, atOnce, () => work.LayeredReaders(work.Staging.Table(name)!), large.Loader))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Use(rows, large) is { } refused) return refused;
            }
        }

        return null;
    }

    private Problem? Use(StagedTable rows, Large large)
    {
        if (work.Check(rows, large.Repeated, large.Bounds) is { } refused) return refused;
        _tallies[rows.Definition.Name].Add(rows);
        return null;
    }

    private static StagedTable Rows(StagedTable table, int[] rows) => new()
    {
        Definition = table.Definition,
        Rows = rows.Length,
        Columns = [.. table.Columns.Select(cells => cells is null ? null : Array.ConvertAll(rows, row => cells[row]))],
        Pools = table.Pools,
        RowNumbers = Array.ConvertAll(rows, row => table.RowNumbers[row]),
        Files = table.Files,
        RowsRead = table.RowsRead,
    };

    /// <summary>A table whose rows are in files.</summary>
    private sealed class Large(RowSpill spill, TableLoader loader, OutlierBounds outliers)
    {
        public RowSpill Spill => spill;

        public TableLoader Loader => loader;

        public OutlierBounds Outliers => outliers;

        public RowMarks Repeated { get; set; } = new();

        public IReadOnlyList<(QuarantineRule Rule, int Column, double Least, double Greatest)> Bounds { get; set; } = [];
    }
}
