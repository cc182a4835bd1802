using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What a staging run starts from.</summary>
/// <param name="Folder">Folder with the files that the dictionary names.</param>
/// <param name="LoadDay">Day of loading: rows dated later are not yet.</param>
public sealed record StagingRequest(string Folder, DateOnly LoadDay)
{
    /// <summary>As-of date of every base row; null for each row's own.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Whether only the columns that the dictionary fixes are worked out.</summary>
    public bool OnlyFixedColumns { get; init; }

    /// <summary>Threads at most; the result does not depend on them.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>Features and what became of the rows on the way.</summary>
/// <param name="Features">One row per base row that may be used.</param>
/// <param name="Report">Counts and the gate's verdict.</param>
public sealed record StagingResult(StagedFeatures Features, StagingReport Report);

/// <summary>The staging line: files to tables, rules, gate, features. Nothing dated at or after a row's as-of date is ever used.</summary>
public sealed class StagingLine
{
    private readonly ScorecardDefinition _definition;
    private readonly StagingDefinition _staging;
    private readonly StagingRequest _request;
    private readonly Action<StagingFinding> _find;
    private readonly Dictionary<string, Dictionary<string, long>> _findings;
    private readonly Dictionary<string, TextPool> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StagedTable> _tables = new(StringComparer.Ordinal);

    private StagingLine(ScorecardDefinition definition, StagingRequest request, Action<StagingFinding> find)
    {
        (_definition, _staging, _request, _find) = (definition, definition.Staging!, request, find);
        _findings = _staging.Tables.ToDictionary(table => table.Name, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Runs the line.</summary>
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
        if (definition.Staging is null) return new Problem("staging.absent", $"The scorecard {definition.Id} has no tables.") { Remedy = "Choose a scorecard with a section staging." };
        var line = new StagingLine(definition, request, find ?? (_ => { }));
        if (await line.LoadAsync(progress, cancellation).ConfigureAwait(false) is { } problem) return problem;
        return new StagingResult(line.Features(cancellation), line.Report());
    }

    // One-row tables first: base and many-row tables look their parents up.
    private async Task<Problem?> LoadAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        var order = _staging.Tables.OrderBy(table => table.Join switch { StagingJoin.One => 0, StagingJoin.Base => 1, _ => 2 }).ToArray();
        var needs = new ColumnNeeds(_definition);
        foreach (var (done, table) in order.Index())
        {
            if (StagingFiles.Of(_request.Folder, table.File) is not { Count: > 0 } files)
                return new Problem("staging.file.absent", $"The folder has no file {table.File}.") { Field = table.Name, Remedy = "Deliver the file, also packed (.gz, .zip) or as .ndjson." };
            var rules = new StagingRules(_staging, table);
            CellReader[] readers = [.. table.Columns.Select(column => new CellReader(column, PoolOf(table, column), _definition.Read.MissingTokens))];
            foreach (var reader in readers.Where(reader => reader.Column.Type == InputType.Category && reader.Column.Values.Count == 0))
            {
                foreach (var text in needs.Texts) reader.Pool.IndexOf(text);
            }

            var loader = new TableLoader(table, readers, needs.Of(table), rules, _definition.Read.RenamedColumns, _request.Threads);
            var loaded = await loader.LoadAsync(files, Count, cancellation).ConfigureAwait(false);
            if (!loaded.TryGet(out var rows, out var problems)) return problems[0];
            if (new TableRules(_staging, rules, _request.LoadDay.DayNumber, _request.Threads).Apply(rows, _tables, Count) is { } refused) return refused;
            if (table.Join == StagingJoin.Base) DropUndated(rows, rules);
            _tables[table.Name] = rows;
            progress?.Report((done + 1.0) / (order.Length + 1));
        }

        return null;
    }

    private void DropUndated(StagedTable rows, StagingRules rules)
    {
        if (_request.AsOf is not null) return;
        var asOf = rows.Column(_staging.AsOf)!;
        var kept = Array.ConvertAll(asOf, day => !double.IsNaN(day));
        var rule = rules.Always(StagingRules.Unreadable);
        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row]) continue;
            var (file, number) = rows.PlaceOf(row);
            Count(new StagingFinding(rows.Definition.Name, file, number, rule.Code, QuarantineVerdict.Quarantine, _staging.AsOf, "", "Give the row its as-of date."));
        }

        rows.Keep(kept);
    }

    private StagedFeatures Features(CancellationToken cancellation)
    {
        var columns = FeatureColumns.Of(_definition, _request.OnlyFixedColumns);
        var expressions = new StagedExpressions(_definition, columns);
        columns = [.. columns.Where(name => !expressions.Unknown.Contains(name))];
        var rows = _tables[_staging.Base];
        var time = _staging.AsOfTime.ToTimeSpan().TotalDays;
        var asOf = _request.AsOf is { } day ? Filled(rows.Rows, day.DayNumber + time) : Array.ConvertAll(rows.Column(_staging.AsOf)!, date => date == Math.Floor(date) ? date + time : date);
        var run = new FeatureRun(_definition, _tables, asOf, expressions, columns, _request.Threads);
        return run.Run(columns, FeatureColumns.Order(_staging, rows), _request.Threads, cancellation);
    }

    private StagingReport Report()
    {
        var reports = _staging.Tables.Select(definition =>
        {
            var table = _tables[definition.Name];
            var missing = definition.Columns.Where(column => table.Column(column.Name) is not null)
                .ToDictionary(column => column.Name, column => MissingShare(table.Column(column.Name)!), StringComparer.Ordinal);
            return new StagingTableReport(definition.Name, [.. table.Files.Select(file => file.Name)], table.RowsRead, table.Rows, _findings[definition.Name], missing);
        }).ToArray();
        return new StagingReport(_definition.Id, reports, _tables[_staging.Base].Rows, StagingGateCheck.Of(_staging.Gate, reports));
    }

    private void Count(StagingFinding finding)
    {
        var counts = _findings[finding.Table];
        counts[finding.Code] = counts.GetValueOrDefault(finding.Code) + 1;

        // Findings go into files and onto screens; what identifies or is kept for audit alone does not.
        var isPrivate = finding.Column is { } column && _definition.Input(column) is { } input && (input.Sensitive || input.Pii is not null);
        _find(isPrivate ? finding with { Value = null } : finding);
    }

    // Columns that join share their texts, so that equal keys are equal numbers in every table.
    private TextPool PoolOf(StagingTable table, StagingColumn column)
    {
        var joins = _staging.Tables.Any(other => other.On == column.Name || other.Key == column.Name);
        var name = joins ? column.Name : $"{table.Name}.{column.Name}";
        if (!_pools.TryGetValue(name, out var pool)) _pools[name] = pool = new TextPool();
        return pool;
    }

    private static double[] Filled(int rows, double value)
    {
        var filled = new double[rows];
        Array.Fill(filled, value);
        return filled;
    }

    private static double MissingShare(double[] cells)
    {
        var missing = 0;
        foreach (var cell in cells) missing += double.IsNaN(cell) && Core.Features.CodedNaN.CodeOf(cell) == 0 ? 1 : 0;
        return cells.Length == 0 ? 0 : missing / (double)cells.Length;
    }
}
