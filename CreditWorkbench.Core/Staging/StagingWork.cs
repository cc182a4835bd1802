using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>One run of the line while it lasts: the tables that are in memory, the texts that they share, and what was found.</summary>
internal sealed class StagingWork
{
    private readonly Action<StagingFinding> _find;
    private readonly Dictionary<string, Dictionary<string, long>> _findings;
    private readonly Dictionary<string, TextPool> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StagedTable> _tables = new(StringComparer.Ordinal);
    private readonly ColumnNeeds _needs;

    /// <param name="definition">A staged dictionary.</param>
    /// <param name="request">Files, day and threads.</param>
    /// <param name="find">Receives each finding.</param>
    public StagingWork(ScorecardDefinition definition, StagingRequest request, Action<StagingFinding> find)
    {
        (Definition, Staging, Request, _find, _needs) = (definition, definition.Staging!, request, find, new ColumnNeeds(definition, FeatureColumns.Of(definition, request.OnlyFixedColumns)));
        _findings = Staging.Tables.ToDictionary(table => table.Name, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);

        // One-row tables first: base and many-row tables look their parents up.
        Order = [.. Staging.Tables.OrderBy(table => table.Join switch { StagingJoin.One => 0, StagingJoin.Base => 1, _ => 2 })];
    }

    public ScorecardDefinition Definition { get; }

    public StagingDefinition Staging { get; }

    public StagingRequest Request { get; }

    /// <summary>Tables in the order of loading.</summary>
    public IReadOnlyList<StagingTable> Order { get; }

    /// <summary>Tables in memory, by name.</summary>
    public IReadOnlyDictionary<string, StagedTable> Tables => _tables;

    /// <summary>Rows of the base table.</summary>
    public StagedTable Base => _tables[Staging.Base];

    /// <summary>The files of a table; <c>staging.file.absent</c>.</summary>
    public Outcome<IReadOnlyList<string>> FilesOf(StagingTable table) => StagingFiles.Of(Request.Folder, table.File) is { Count: > 0 } files
        ? Outcome<IReadOnlyList<string>>.Success(files)
        : new Problem("staging.file.absent", $"The folder has no file {table.File}.") { Field = table.Name, Remedy = "Deliver the file, also packed (.gz, .zip) or as .ndjson." };

    /// <summary>Columns whose cells are kept.</summary>
    public bool[] Wanted(StagingTable table) => _needs.Of(table);

    /// <summary>The rules of a table.</summary>
    public StagingRules RulesOf(StagingTable table) => new(Staging, table);

    /// <summary>A loader of a table.</summary>
    public TableLoader Loader(StagingTable table, Func<CellReader[]> readers) =>
        new(table, readers, Wanted(table), RulesOf(table), Definition.Read.RenamedColumns, Request.Threads);

    /// <summary>Readers of a table's columns; texts of columns that join are shared with the tables in memory.</summary>
    public CellReader[] Readers(StagingTable table) => Readers(table, column => PoolOf(table, column));

    /// <summary>Readers with pools of their own, to be dropped with the rows that they read.</summary>
    public CellReader[] PassingReaders(StagingTable table) => Readers(table, _ => new TextPool());

    /// <summary>Readers with pools of their own, in which texts that join have the numbers of the tables in memory.</summary>
    public CellReader[] LayeredReaders(StagingTable table) => Readers(table, column => new TextPool(Joins(column) ? PoolOf(table, column) : null));

    /// <summary>Loads a table into memory and applies its rules.</summary>
    public async Task<Problem?> LoadAsync(StagingTable table, CancellationToken cancellation)
    {
        if (!FilesOf(table).TryGet(out var files, out var problems)) return problems[0];
        var readers = Readers(table);
        var (loader, blocks, outliers) = (Loader(table, () => readers), new LoadedBlocks(table, Wanted(table)), new OutlierBounds(RulesOf(table), table));
        void Take(RowBlock block)
        {
            outliers.Add(block);
            blocks.Add(block);
        }

        if (await loader.ReadAsync(files, inWindows: false, Take, Count, cancellation).ConfigureAwait(false) is { } problem) return problem;
        var rows = blocks.Joined(loader, readers, Request.Threads);
        if (Check(rows, null, outliers.Learnt()) is { } refused) return refused;
        if (table.Join == StagingJoin.Base) DropUndated(rows);
        _tables[table.Name] = rows;
        return null;
    }

    /// <summary>Applies the rules of a table.</summary>
    /// <param name="rows">Loses the rows that rules keep out.</param>
    /// <param name="repeated">Rows whose key occurs elsewhere and is kept there; null to look for them among these rows.</param>
    /// <param name="bounds">Of columns with a rule on outliers.</param>
    public Problem? Check(StagedTable rows, RowMarks? repeated, IReadOnlyList<(QuarantineRule Rule, int Column, double Least, double Greatest)> bounds) =>
        new TableRules(Staging, RulesOf(rows.Definition), Request.LoadDay.DayNumber, Request.Threads).Apply(rows, _tables, repeated, bounds, Count);

    /// <summary>As-of instant per row of the base table, as a day number.</summary>
    public double[] AsOf(StagedTable rows)
    {
        var time = Staging.AsOfTime.ToTimeSpan().TotalDays;
        if (Request.AsOf is not { } day) return Array.ConvertAll(rows.Column(Staging.AsOf)!, date => date == Math.Floor(date) ? date + time : date);
        var filled = new double[rows.Rows];
        Array.Fill(filled, day.DayNumber + time);
        return filled;
    }

    /// <summary>Counts a finding and hands it over.</summary>
    public void Count(StagingFinding finding)
    {
        var counts = _findings[finding.Table];
        counts[finding.Code] = counts.GetValueOrDefault(finding.Code) + 1;

        // Findings go into files and onto screens; what identifies or is kept for audit alone does not.
        var isPrivate = finding.Column is { } column && Definition.Input(column) is { } input && (input.Sensitive || input.Pii is not null);
        _find(isPrivate ? finding with { Value = null } : finding);
    }

    /// <summary>The report of the run.</summary>
    /// <param name="tallies">Of every table.</param>
    /// <param name="columns">Columns of the result.</param>
    public StagingReport Report(IReadOnlyDictionary<string, TableTally> tallies, int columns)
    {
        var reports = Staging.Tables.Select(table => tallies[table.Name].Report(table, _findings[table.Name])).ToArray();
        return new StagingReport(Definition.Id, reports, Base.Rows, StagingGateCheck.Of(Staging.Gate, reports)) { Columns = columns };
    }

    private void DropUndated(StagedTable rows)
    {
        if (Request.AsOf is not null) return;
        var asOf = rows.Column(Staging.AsOf)!;
        var kept = Array.ConvertAll(asOf, day => !double.IsNaN(day));
        var rule = RulesOf(rows.Definition).Always(StagingRules.Unreadable);
        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row]) continue;
            var (file, number) = rows.PlaceOf(row);
            Count(new StagingFinding(rows.Definition.Name, file, number, rule.Code, QuarantineVerdict.Quarantine, Staging.AsOf, "", "Give the row its as-of date."));
        }

        rows.Keep(kept);
    }

    private CellReader[] Readers(StagingTable table, Func<StagingColumn, TextPool> poolOf)
    {
        CellReader[] readers = [.. table.Columns.Select(column => new CellReader(column, poolOf(column), Definition.Read.MissingTokens))];
        foreach (var reader in readers.Where(reader => reader.Column.Type == InputType.Category && reader.Column.Values.Count == 0))
        {
            foreach (var text in _needs.Texts) reader.Pool.IndexOf(text);
        }

        return readers;
    }

    // Columns that join share their texts, so that equal keys are equal numbers in every table.
    private TextPool PoolOf(StagingTable table, StagingColumn column)
    {
        var name = Joins(column) ? column.Name : $"{table.Name}.{column.Name}";
        if (!_pools.TryGetValue(name, out var pool)) _pools[name] = pool = new TextPool();
        return pool;
    }

    private bool Joins(StagingColumn column) => Staging.Tables.Any(other => other.On == column.Name || other.Key == column.Name);
}
