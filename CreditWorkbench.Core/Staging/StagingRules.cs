using System.Globalization;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The rules of one table, built-in ones with the code and verdict that the dictionary gives them.</summary>
/// <param name="staging">All rules.</param>
/// <param name="table">The table.</param>
internal sealed class StagingRules(StagingDefinition staging, StagingTable table)
{
    public const string Unreadable = "unreadable";
    public const string KeyMissing = "key_missing";
    public const string KeyDuplicate = "key_duplicate";
    public const string OutOfRange = "out_of_range";
    public const string Orphan = "orphan";
    public const string AfterLoad = "after_load";

    public const string Outlier = "outlier";

    private readonly QuarantineRule[] _rules = [.. staging.Quarantine.Where(rule => rule.Tables.Contains("*") || rule.Tables.Contains(table.Name))];

    /// <summary>Conditions over rows, in order.</summary>
    public IEnumerable<QuarantineRule> Conditions => _rules.Where(rule => rule.When is not null);

    /// <summary>Rules on outliers, in order.</summary>
    public IEnumerable<QuarantineRule> Outliers => _rules.Where(rule => rule.Rule == Outlier);

    /// <summary>The dictionary's rule of a built-in kind; null where it has none.</summary>
    public QuarantineRule? Declared(string kind) => _rules.FirstOrDefault(rule => rule.Rule == kind);

    /// <summary>The rule of a built-in kind that holds whether it is declared or not: an unreadable row cannot be used.</summary>
    public QuarantineRule Always(string kind) =>
        Declared(kind) ?? new QuarantineRule(kind, [table.Name], kind, null, QuarantineVerdict.Quarantine, LocalizedText.Same(kind, ["en"]), "first", null);

    /// <summary>What to do about a built-in finding.</summary>
    public static string RemedyOf(string kind, StagingColumn? column) => kind switch
    {
        Unreadable => column is null ? "Correct the row." : $"Write a value of type {column.Type.ToString().ToLowerInvariant()} or leave the cell empty.",
        KeyMissing => "Give the row its key.",
        KeyDuplicate => "Give each row a key of its own.",
        OutOfRange => column is { Minimum: not null } or { Maximum: not null } ? string.Create(CultureInfo.InvariantCulture, $"Give a value from {column.Minimum:R} to {column.Maximum:R}.") : "Give one of the listed values.",
        Orphan => "Deliver the parent row, or correct the reference.",
        Outlier => "Check units and decimals; if the value is right, widen the rule.",
        AfterLoad => "Correct the date, or load the row on a later day.",
        _ => "Correct the row.",
    };
}
