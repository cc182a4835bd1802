namespace CreditWorkbench.Core.Scorecards;

/// <summary>Tables of a staged scorecard and the rule that nothing dated at or after the as-of date is used.</summary>
public sealed record StagingDefinition
{
    /// <summary>Table with one feature row per row.</summary>
    public required string Base { get; init; }
    /// <summary>Date column of the base table up to which data counts, exclusive.</summary>
    public required string AsOf { get; init; }
    /// <summary>Days of one window month.</summary>
    public double MonthDays { get; init; } = 30;
    /// <summary>Time of day that a date without a time stands for.</summary>
    public TimeOnly AsOfTime { get; init; }
    /// <summary>Tables in file order.</summary>
    public required IReadOnlyList<StagingTable> Tables { get; init; }
    /// <summary>Rules that keep rows out, in order.</summary>
    public IReadOnlyList<QuarantineRule> Quarantine { get; init; } = [];
    /// <summary>What a load must reach; null without.</summary>
    public StagingGate? Gate { get; init; }
    /// <summary>When loads run; null on demand only.</summary>
    public StagingSchedule? Schedule { get; init; }
    /// <summary>Fixed order of the feature file's columns; null: keys, then features.</summary>
    public StagingOutput? Output { get; init; }

    /// <summary>The table with a name; null when unknown.</summary>
    public StagingTable? Table(string name) => Tables.FirstOrDefault(table => table.Name == name);
}

/// <summary>How a table joins the base table.</summary>
public enum StagingJoin
{
    /// <summary>It is the base table.</summary>
    Base,
    /// <summary>At most one row per base row; its columns become plain names.</summary>
    One,
    /// <summary>Any number of rows per base row; read by aggregates.</summary>
    Many,
}

/// <summary>One table.</summary>
public sealed record StagingTable
{
    /// <summary>Name in expressions.</summary>
    public required string Name { get; init; }
    /// <summary>File name.</summary>
    public required string File { get; init; }
    /// <summary>Key column.</summary>
    public required string Key { get; init; }
    /// <summary>How it joins.</summary>
    public StagingJoin Join { get; init; }
    /// <summary>Column of both tables that joins them; for one-row joins the table's key.</summary>
    public string? On { get; init; }
    /// <summary>Date column; null for an undated table.</summary>
    public string? Date { get; init; }
    /// <summary>Columns that order rows; empty: the date, then the key.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];
    /// <summary>Source that the rows come from; null when not stated.</summary>
    public string? Source { get; init; }
    /// <summary>Columns in file order.</summary>
    public required IReadOnlyList<StagingColumn> Columns { get; init; }

    /// <summary>The column with a name; null when unknown.</summary>
    public StagingColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);
}

/// <summary>Orders in which a column writes its dates.</summary>
public enum DateOrder
{
    /// <summary>yyyymmdd.</summary>
    Compact,
    /// <summary>yymmdd: 1930 to 2029.</summary>
    ShortCompact,
    /// <summary>Day, month, year with signs between.</summary>
    DayFirst,
    /// <summary>Month, day, year with signs between.</summary>
    MonthFirst,
}

/// <summary>One column of a table.</summary>
public sealed record StagingColumn
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Type.</summary>
    public required InputType Type { get; init; }
    /// <summary>Smallest allowed value, inclusive; null without a limit.</summary>
    public double? Minimum { get; init; }
    /// <summary>Largest allowed value, inclusive; null without a limit.</summary>
    public double? Maximum { get; init; }
    /// <summary>Codes of a category; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
    /// <summary>Whether an unlisted code is read as the last value.</summary>
    public bool Open { get; init; }
    /// <summary>Whether the file may lack the column.</summary>
    public bool Optional { get; init; }
    /// <summary>Special codes in order.</summary>
    public IReadOnlyList<SpecialCode> Specials { get; init; } = [];
    /// <summary>Key column of reports of which only the last one before the as-of date counts; null when every row counts.</summary>
    public string? LatestBeforeAsOf { get; init; }
    /// <summary>Order in which a date column writes its dates; null for year first or eight digits.</summary>
    public DateOrder? Dates { get; init; }
}

/// <summary>What a quarantine rule does with a row.</summary>
public enum QuarantineVerdict
{
    /// <summary>The row goes to the quarantine file.</summary>
    Quarantine,
    /// <summary>The row stays and is listed.</summary>
    Warn,
    /// <summary>The whole file is refused.</summary>
    RejectFile,
}

/// <summary>A rule over the rows of tables: either a built-in rule or a condition.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Tables">Tables; <c>*</c> stands for all.</param>
/// <param name="Rule">Built-in rule (unreadable, key_missing, key_duplicate, out_of_range, orphan, after_load, outlier); null with a condition.</param>
/// <param name="When">Condition over the row and its one-row joins; null with a built-in rule.</param>
/// <param name="Verdict">What happens.</param>
/// <param name="Text">Sentence for people.</param>
/// <param name="Keep">first or last of duplicate keys; null otherwise.</param>
/// <param name="To">Parent table of orphan; null otherwise.</param>
public sealed record QuarantineRule(string Code, IReadOnlyList<string> Tables, string? Rule, Expression? When, QuarantineVerdict Verdict, LocalizedText Text, string? Keep, string? To)
{
    /// <summary>Robust spreads beyond which a value is an outlier where the dictionary states none.</summary>
    public const double DefaultBeyond = 10;

    /// <summary>Columns of an outlier rule; each counts in the tables that have it. Empty otherwise.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Robust spreads of the logarithm of sizes beyond which a value is an outlier.</summary>
    public double Beyond { get; init; } = DefaultBeyond;
}

/// <summary>What a load must reach before its features replace the last good ones.</summary>
/// <param name="MinPassRate">Share of rows that pass, in [0, 1].</param>
/// <param name="MaxMissing">Column to its largest share of missing values.</param>
/// <param name="OnFail">What happens otherwise, in words; null when not stated.</param>
public sealed record StagingGate(double MinPassRate, IReadOnlyDictionary<string, double> MaxMissing, string? OnFail);

/// <summary>Daily load.</summary>
/// <param name="DailyAt">Time of day.</param>
/// <param name="Zone">Time zone.</param>
public sealed record StagingSchedule(TimeOnly DailyAt, string Zone);

/// <summary>The feature file.</summary>
/// <param name="Columns">Columns in fixed order.</param>
/// <param name="Order">Column that orders rows; null: file order of the base table.</param>
/// <param name="Further">Whether model features beyond the fixed columns follow after them.</param>
public sealed record StagingOutput(IReadOnlyList<string> Columns, string? Order, bool Further);
