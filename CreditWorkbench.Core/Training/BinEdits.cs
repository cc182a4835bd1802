using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>Bins that an analyst set, by column name. The trainer takes them as they are, and the scorecard says which of its
/// characteristics were edited.</summary>
/// <param name="Edges">Upper edges of all bins but the last, strictly rising and finite; none for a single bin.</param>
/// <param name="Groups">Groups of category codes; categories that no group names form one more group.</param>
public sealed record BinEdits(IReadOnlyDictionary<string, IReadOnlyList<float>> Edges, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> Groups)
{
    /// <summary>Most bins that an edit can ask for.</summary>
    public const int MaxBins = 1_000;

    /// <summary>No column is edited.</summary>
    public static BinEdits None { get; } = new(new Dictionary<string, IReadOnlyList<float>>(), new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>());

    /// <summary>Whether a column's bins are set.</summary>
    public bool Holds(FeatureColumn column) => column.IsCategory ? Groups.ContainsKey(column.Name) : Edges.ContainsKey(column.Name);

    /// <summary>What is wrong with the edits for given columns, one sentence with the column's name each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults(IReadOnlyList<FeatureColumn> columns)
    {
        var byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (name, edges) in Edges)
        {
            if (EdgesFault(byName.GetValueOrDefault(name), edges) is { } fault) faults.Add($"{name}: {fault}");
        }

        foreach (var (name, groups) in Groups)
        {
            if (GroupsFault(byName.GetValueOrDefault(name), groups) is { } fault) faults.Add($"{name}: {fault}");
        }

        return faults;
    }

    private static string? EdgesFault(FeatureColumn? column, IReadOnlyList<float> edges)
    {
        if (column is null) return "there is no such column.";
        if (column.IsCategory) return "a category is edited by groups, not by edges.";
        if (edges.Count >= MaxBins) return $"at most {MaxBins} bins can be set.";
        for (var i = 0; i < edges.Count; i++)
        {
            if (!float.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) return "edges are finite and rise.";
        }

        return null;
    }

    private static string? GroupsFault(FeatureColumn? column, IReadOnlyList<IReadOnlyList<string>> groups)
    {
        if (column is null) return "there is no such column.";
        if (!column.IsCategory) return "a number is edited by edges, not by groups.";
        if (groups.Count == 0 || groups.Count >= MaxBins || groups.Any(group => group.Count == 0)) return $"there are 1 to {MaxBins - 1} groups, none of them empty.";
        var named = groups.SelectMany(group => group).ToList();
        if (named.Find(code => !column.Categories.Contains(code)) is { } unknown) return $"'{unknown}' is no category.";
        return named.Distinct(StringComparer.Ordinal).Count() == named.Count ? null : "a category stands in two groups.";
    }
}
