namespace CreditWorkbench.Core.Intake;

/// <summary>What a column of a file looks like.</summary>
public enum ColumnKind
{
    /// <summary>No cell has a value.</summary>
    Empty,
    /// <summary>Every value is the same.</summary>
    Constant,
    /// <summary>0 and 1.</summary>
    Flag,
    /// <summary>Whole numbers.</summary>
    Integer,
    /// <summary>Numbers.</summary>
    Number,
    /// <summary>Few texts that come again and again.</summary>
    Category,
    /// <summary>Calendar dates.</summary>
    Date,
    /// <summary>A value of its own in every row, as keys have.</summary>
    Identifier,
    /// <summary>Texts too many to be categories.</summary>
    Text,
    /// <summary>Numbers that can be read in two ways (<c>1,234</c>) throughout.</summary>
    AmbiguousNumber,
}

/// <summary>One value of a column and how often it occurs.</summary>
/// <param name="Value">In one spelling: 1, 1.0 and b'1' are one value.</param>
/// <param name="Rows">Rows that hold it.</param>
public sealed record LevelCount(string Value, long Rows);

/// <summary>Findings on one column.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Kind">What it looks like.</param>
/// <param name="Rows">Good rows of the file.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Numbers">Rows whose value is a number.</param>
/// <param name="Minimum">Smallest number, special codes left out; null without numbers.</param>
/// <param name="Maximum">Largest number, special codes left out; null without numbers.</param>
/// <param name="Format">How numbers are written.</param>
/// <param name="ReadsWithComma">Whether every number means the same where the decimal sign is a comma: whole numbers do.</param>
/// <param name="DateFormat">How dates are written; null where the column holds none.</param>
/// <param name="Levels">Values by falling count, then by text; complete when <paramref name="LevelsComplete"/>.</param>
/// <param name="LevelsComplete">Whether every value is in <paramref name="Levels"/>.</param>
/// <param name="Specials">Declared special codes that occur, with their counts.</param>
public sealed record ColumnProfile(
    string Name, ColumnKind Kind, long Rows, long Missing, long Numbers, double? Minimum, double? Maximum, NumberFormat Format, bool ReadsWithComma, DateFormat? DateFormat,
    IReadOnlyList<LevelCount> Levels, bool LevelsComplete, IReadOnlyList<LevelCount> Specials)
{
    /// <summary>Rows with a value that is no special code.</summary>
    public long Regular => Rows - Missing - Specials.Sum(special => special.Rows);

    /// <summary>Whether the values are numbers.</summary>
    public bool IsNumeric => Kind is ColumnKind.Flag or ColumnKind.Integer or ColumnKind.Number;
}
