using System.Text.Json;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Parameters that name columns of the model: sets of columns that may meet, bins that an analyst set. Names are checked
/// against the dictionary before anything is trained; training on fewer columns leaves out what is not there.</summary>
internal static class NamedColumns
{
    /// <summary>Sets of column names, as <c>[["income", "age"], ["tenure"]]</c>.</summary>
    public static bool Sets(string json, out string[][] sets) => Read(json, out sets) && sets.Length > 0 && Array.TrueForAll(sets, set => set.Length > 0);

    /// <summary>Upper edges by column, as <c>{"age": [25, 40]}</c>.</summary>
    public static bool Edges(string json, out Dictionary<string, IReadOnlyList<float>> edges)
    {
        var read = Read<Dictionary<string, float[]>>(json, out var parsed);
        edges = read ? parsed.ToDictionary(column => column.Key, column => (IReadOnlyList<float>)column.Value, StringComparer.Ordinal) : [];
        return read;
    }

    /// <summary>Groups of codes by column, as <c>{"purpose": [["car", "home"], ["other"]]}</c>.</summary>
    public static bool Groups(string json, out Dictionary<string, IReadOnlyList<IReadOnlyList<string>>> groups)
    {
        var read = Read<Dictionary<string, string[][]>>(json, out var parsed);
        groups = read ? parsed.ToDictionary(column => column.Key, column => (IReadOnlyList<IReadOnlyList<string>>)column.Value, StringComparer.Ordinal) : [];
        return read;
    }

    /// <summary>Names that are no columns of the model.</summary>
    public static IReadOnlyList<Problem> Unknown(string family, IEnumerable<IReadOnlyList<string>> sets, ScorecardDefinition definition)
    {
        var known = definition.ModelFeatures.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        return [.. sets.SelectMany(set => set).Where(name => !known.Contains(name)).Distinct().Select(name => NoColumn($"{family}.mayMeet", name))];
    }

    /// <summary>What is wrong with edits of bins.</summary>
    public static IReadOnlyList<Problem> Faults(BinEdits edits, ScorecardDefinition definition)
    {
        FeatureColumn[] columns = [.. definition.ModelFeatures.Select(feature => new FeatureColumn(
            feature.Name, 0, feature.From is { } from ? [.. definition.Input(from)?.Values.Select(value => value.Code) ?? []] : [], []))];
        return [.. edits.Faults(columns).Select(fault => new Problem("training.bins.edit", fault) { Field = "scorecard.edges", Remedy = "Correct the edges or groups of that column." })];
    }

    /// <summary>The sets as positions among the columns that are trained on; null for none.</summary>
    public static IReadOnlyList<IReadOnlyList<int>>? Positions(IReadOnlyList<IReadOnlyList<string>>? sets, IReadOnlyList<FeatureColumn> columns)
    {
        if (sets is null) return null;
        var positions = columns.Index().ToDictionary(column => column.Item.Name, column => column.Index, StringComparer.Ordinal);
        return [.. sets.Select(set => (IReadOnlyList<int>)[.. set.Where(positions.ContainsKey).Select(name => positions[name])]).Where(set => set.Count > 0)];
    }

    /// <summary>The edits of columns that are trained on.</summary>
    public static BinEdits Of(BinEdits edits, IReadOnlyList<FeatureColumn> columns)
    {
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return new BinEdits(
            edits.Edges.Where(column => names.Contains(column.Key)).ToDictionary(StringComparer.Ordinal),
            edits.Groups.Where(column => names.Contains(column.Key)).ToDictionary(StringComparer.Ordinal));
    }

    private static Problem NoColumn(string field, string name) =>
        new("training.parameter.column", $"The model has no column {name}.") { Field = field, Remedy = "Name columns as the dictionary does." };

    private static bool Read<T>(string json, out T value)
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(json)!;
            return value is not null;
        }
        catch (JsonException)
        {
            value = default!;
            return false;
        }
    }
}
