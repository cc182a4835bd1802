namespace CreditWorkbench.Core.Quality;

/// <summary>How much a finding matters.</summary>
public enum QualitySeverity
{
    /// <summary>Worth knowing.</summary>
    Note,
    /// <summary>Worth looking at before the data is used.</summary>
    Warning,
    /// <summary>The column or file cannot serve its purpose.</summary>
    Error,
}

/// <summary>Something about the data that a person should know.</summary>
/// <param name="Column">Column; null where it is about the rows.</param>
/// <param name="Kind">allMissing, constant, manyMissing, mostlyOneValue, outliers, duplicateRows or drift; against a contract also columnAbsent,
/// typeChanged, outOfRange, unknownValue or missingRose.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Evidence">Figures, in words.</param>
public sealed record QualityFinding(string? Column, string Kind, QualitySeverity Severity, string Evidence);

/// <summary>How often a value occurs.</summary>
public sealed record ValueCount(string Value, int Count);

/// <summary>One column in figures. Numbers are null where the column has no regular number.</summary>
public sealed record ColumnProfile
{
    /// <summary>Name of the input.</summary>
    public required string Name { get; init; }
    /// <summary>Declared type, camel case.</summary>
    public required string Type { get; init; }
    /// <summary>Rows with a missing value.</summary>
    public required int Missing { get; init; }
    /// <summary>Special codes in the dictionary's order, those that occur.</summary>
    public required IReadOnlyList<ValueCount> Specials { get; init; }
    /// <summary>Distinct regular values.</summary>
    public required int Distinct { get; init; }
    /// <summary>Most frequent values, at most ten, most frequent first: of categories and flags, and of numbers where few occur.</summary>
    public required IReadOnlyList<ValueCount> Values { get; init; }
    /// <summary>Smallest regular number.</summary>
    public double? Minimum { get; init; }
    /// <summary>Lower quartile.</summary>
    public double? LowerQuartile { get; init; }
    /// <summary>Median.</summary>
    public double? Median { get; init; }
    /// <summary>Upper quartile.</summary>
    public double? UpperQuartile { get; init; }
    /// <summary>Largest regular number.</summary>
    public double? Maximum { get; init; }
    /// <summary>Mean.</summary>
    public double? Mean { get; init; }
    /// <summary>Standard deviation (n).</summary>
    public double? Deviation { get; init; }
    /// <summary>Rows more than three interquartile ranges outside the quartiles; 0 where the range is 0.</summary>
    public int Outliers { get; init; }
}

/// <summary>What the data looks like before anything is fitted on it.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="DuplicateRows">Rows that repeat an earlier row in every input and in the outcome.</param>
/// <param name="Columns">One profile per input, in the dictionary's order.</param>
/// <param name="Findings">Findings, in the order of columns; those about rows last.</param>
public sealed record QualityReport(int Rows, int DuplicateRows, IReadOnlyList<ColumnProfile> Columns, IReadOnlyList<QualityFinding> Findings)
{
    /// <summary>How columns moved from the rows before a date to those from it on; empty without such a date.</summary>
    public IReadOnlyList<ColumnDrift> Drift { get; init; } = [];
}
