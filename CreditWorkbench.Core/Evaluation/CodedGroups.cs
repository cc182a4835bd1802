using CreditWorkbench.Core.Datasets;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Names of groups as codes.</summary>
public static class CodedGroups
{
    /// <summary>A column of named groups, levels in the order of their names.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="values">Group per row; null where unknown.</param>
    public static CodedColumn Of(string name, IReadOnlyList<string?> values)
    {
        string[] levels = [.. values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var places = levels.Index().ToDictionary(level => level.Item, level => level.Index, StringComparer.Ordinal);
        return new CodedColumn(name, levels, [.. values.Select(value => value is null ? -1 : places[value])]);
    }
}
