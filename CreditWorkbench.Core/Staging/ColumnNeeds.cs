using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Which cells have to be kept: those of tables with one row all, of tables with many rows those that something reads.</summary>
internal sealed class ColumnNeeds
{
    private readonly StagingDefinition _staging;
    private readonly HashSet<(string Table, string Column)> _read = [];

    /// <param name="definition">The dictionary.</param>
    /// <param name="columns">Columns of features that are asked for.</param>
    public ColumnNeeds(ScorecardDefinition definition, IEnumerable<string> columns)
    {
        var reach = new FeatureReach(definition);
        var asked = columns.SelectMany(reach.Of).ToHashSet(StringComparer.Ordinal);
        _staging = definition.Staging!;
        Texts = [.. StagedExpressions.TextsIn(definition)];
        foreach (var feature in StagedInputs.FeaturesOf(definition).Where(feature => feature.Expression is not null && asked.Contains(feature.Name)))
        {
            foreach (var call in StagedInputs.AggregatesIn(feature.Expression!, _staging)) Add(Aggregate.Of(call, feature));
        }
    }

    /// <summary>Texts that expressions compare with.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>A flag per column.</summary>
    public bool[] Of(StagingTable table) => [.. table.Columns.Select(column => IsNeeded(table, column))];

    private bool IsNeeded(StagingTable table, StagingColumn column) =>
        table.Join != StagingJoin.Many
        || column.Name == table.Key || column.Name == table.On || column.Name == table.Date || table.Order.Contains(column.Name)
        || column.LatestBeforeAsOf is not null || table.Columns.Any(other => other.LatestBeforeAsOf == column.Name)
        || _read.Contains((table.Name, column.Name))
        || _staging.Gate?.MaxMissing.ContainsKey(column.Name) == true
        || _staging.Quarantine.Any(rule => rule.Columns.Contains(column.Name) && (rule.Tables.Contains("*") || rule.Tables.Contains(table.Name)))
        || _staging.Quarantine.Any(rule => rule.When is { } when && (rule.Tables.Contains("*") || rule.Tables.Contains(table.Name)) && ExpressionNames.References(when).Any(name => name.Name == column.Name));

    private void Add(Aggregate aggregate)
    {
        foreach (var expression in (Expression?[])[aggregate.Value, aggregate.Where, aggregate.Whole])
        {
            if (expression is null) continue;
            foreach (var name in ExpressionNames.References(expression)) _read.Add((aggregate.Table, name.Name));
        }
    }
}
