using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The names that an expression over the rows of a table may read, and the cells behind them.</summary>
/// <param name="Scope">Names and slots.</param>
/// <param name="Columns">Cells by slot, shape [slots][rows]; null where a column is in no file or nobody asked for it.</param>
internal sealed record StagingNames(ExpressionScope Scope, double[]?[] Columns)
{
    /// <summary>The columns of a table alone: what an aggregate sees.</summary>
    public static StagingNames Of(StagedTable table)
    {
        var scope = new ExpressionScope();
        for (var column = 0; column < table.Columns.Length; column++) Add(scope, table, column);
        return new StagingNames(scope, table.Columns);
    }

    /// <summary>The columns of a table and of the tables with one row that it joins.</summary>
    /// <param name="staging">All tables.</param>
    /// <param name="table">The table.</param>
    /// <param name="loaded">Tables that are loaded, by name.</param>
    /// <param name="needed">Names whose cells are needed; joining costs a pass per column.</param>
    public static StagingNames Of(StagingDefinition staging, StagedTable table, IReadOnlyDictionary<string, StagedTable> loaded, IEnumerable<string> needed)
    {
        var wanted = needed.ToHashSet(StringComparer.Ordinal);
        var (scope, columns) = (new ExpressionScope(), new List<double[]?>());
        for (var column = 0; column < table.Columns.Length; column++)
        {
            Add(scope, table, column);
            columns.Add(table.Columns[column]);
        }

        var waiting = staging.Tables.Where(other => other.Join == StagingJoin.One && other.Name != table.Definition.Name && loaded.ContainsKey(other.Name)).ToList();
        var keys = waiting.Select(one => one.On ?? one.Key).ToHashSet(StringComparer.Ordinal);
        wanted.UnionWith(keys);
        while (waiting.Find(one => scope.SlotOf(one.On ?? one.Key) is not null) is { } definition)
        {
            // A table may join on a column of a table that was joined before it: account, then its district.
            waiting.Remove(definition);
            Join(scope, columns, loaded[definition.Name], wanted);
        }

        return new StagingNames(scope, [.. columns]);
    }

    private static void Join(ExpressionScope scope, List<double[]?> columns, StagedTable one, HashSet<string> wanted)
    {
        var on = one.Definition.On ?? one.Definition.Key;
        var keys = columns[scope.SlotOf(on)!.Value];
        var index = KeyIndex.Of(one.Column(on)!);
        var rows = keys is null ? null : Array.ConvertAll(keys, index.RowOf);
        for (var column = 0; column < one.Columns.Length; column++)
        {
            var name = one.Definition.Columns[column].Name;
            if (scope.SlotOf(name) is not null) continue;
            Add(scope, one, column);
            columns.Add(wanted.Contains(name) ? Gathered(one.Columns[column], rows) : null);
        }
    }

    private static void Add(ExpressionScope scope, StagedTable table, int column)
    {
        var definition = table.Definition.Columns[column];
        var isText = definition.Type is InputType.Category or InputType.Text;
        scope.AddColumn(definition.Name, isText ? table.Pools[column].Texts : [], [.. definition.Specials.Select(special => special.Value)]);
    }

    private static double[]? Gathered(double[]? cells, int[]? rows) =>
        cells is null || rows is null ? null : Array.ConvertAll(rows, row => row < 0 ? Operations.Missing : cells[row]);
}
