using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Columns and order of the feature file.</summary>
internal static class FeatureColumns
{
    /// <summary>The columns that the dictionary fixes, then the model's further columns; without a fixed list the keys, the inputs and
    /// the outcome come first; without tables the inputs alone.</summary>
    public static IReadOnlyList<string> Of(ScorecardDefinition definition, bool onlyFixed)
    {
        if (definition.Staging is not { } staging)
            return [.. definition.Inputs.Where(input => input.Pii is null && !input.Sensitive).Select(input => input.Name)];
        var fixedColumns = staging.Output?.Columns ?? Unfixed(definition);
        if (onlyFixed || staging.Output is { Further: false }) return fixedColumns;
        return [.. fixedColumns.Concat(definition.ModelFeatures.Select(feature => feature.Name)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The columns that can be worked out before a model is trained, and the expressions behind them.</summary>
    public static IReadOnlyList<string> Known(ScorecardDefinition definition, bool onlyFixed, out StagedExpressions expressions)
    {
        var columns = Of(definition, onlyFixed);
        var all = expressions = new StagedExpressions(definition, columns);
        return [.. columns.Where(name => !all.Unknown.Contains(name))];
    }

    /// <summary>A column of the feature file: that of the tables where they have it; everything else that the line works out is a number.</summary>
    public static StagingColumn DefinitionOf(ScorecardDefinition definition, string name) =>
        (definition.Staging is null ? OfInput(definition, name) : definition.Staging.Tables.Where(table => table.Join != StagingJoin.Many).OrderBy(table => table.Join).Select(table => table.Column(name)).FirstOrDefault(column => column is not null))
            ?? new StagingColumn { Name = name, Type = InputType.Number };

    /// <summary>Base rows in the order of the feature file.</summary>
    public static int[] Order(StagingDefinition staging, StagedTable rows)
    {
        var order = Enumerable.Range(0, rows.Rows).ToArray();
        if (staging.Output?.Order is not { } by || rows.Definition.Column(by) is not { } column) return order;
        var cells = rows.Column(by)!;
        if (IsRising(cells)) return order;
        if (column.Type is not (InputType.Category or InputType.Text)) Array.Sort(order, (a, b) => cells[a].CompareTo(cells[b]) is var sign and not 0 ? sign : a.CompareTo(b));
        else
        {
            var pool = rows.Pools[rows.IndexOf(by)];
            Array.Sort(order, (a, b) => Compare(pool, cells[a], cells[b]) is var sign and not 0 ? sign : a.CompareTo(b));
        }

        return order;
    }

    private static int Compare(TextPool pool, double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? a.CompareTo(b) : pool.TextOf((int)a).SequenceCompareTo(pool.TextOf((int)b));

    // Without tables a row is written value by value, and a value is what the form takes.
    private static StagingColumn? OfInput(ScorecardDefinition definition, string name) => definition.Input(name) is { } input
        ? new StagingColumn { Name = name, Type = input.Type, Minimum = input.Minimum, Maximum = input.Maximum, Values = [.. input.Values.Select(value => value.Code)], Open = input.Open, Specials = input.Specials }
        : null;

    private static bool IsRising(double[] cells)
    {
        for (var i = 1; i < cells.Length; i++)
        {
            if (!(cells[i - 1] < cells[i])) return false;
        }

        return true;
    }

    private static List<string> Unfixed(ScorecardDefinition definition)
    {
        var staging = definition.Staging!;
        var tables = staging.Tables.Where(table => table.Join != StagingJoin.Many).ToArray();
        bool IsColumn(string name) => tables.Any(table => table.Column(name) is not null);
        string?[] keys = [staging.Table(staging.Base)!.Key, definition.Keys.Applicant, staging.AsOf, definition.Target.Column];
        return [.. keys.OfType<string>().Concat(definition.Inputs.Select(input => input.Name)).Where(IsColumn).Distinct(StringComparer.Ordinal)];
    }
}
