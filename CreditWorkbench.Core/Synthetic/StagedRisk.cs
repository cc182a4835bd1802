using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>The stated truth over the features of complete tables.</summary>
internal sealed class StagedRisk
{
    private readonly StagedFeatures _features;
    private readonly double[] _slots;
    private readonly TrueRisk _risk;
    private readonly SyntheticSwitches _switches;

    /// <param name="definition">The dictionary.</param>
    /// <param name="tables">Complete tables by name.</param>
    /// <param name="switches">Drift and bias.</param>
    public StagedRisk(ScorecardDefinition definition, IReadOnlyDictionary<string, StagedTable> tables, SyntheticSwitches switches)
    {
        var (staging, synthetic) = (definition.Staging!, definition.Synthetic!);
        var effects = synthetic.Drift.Concat(synthetic.Bias).SelectMany(effect => (Expression?[])[effect.AddToRisk, effect.TermFactor]).OfType<Expression>();
        var names = synthetic.Terms.Select(term => term.Value).Concat(effects).SelectMany(ExpressionNames.References).Select(name => name.Name).Distinct(StringComparer.Ordinal);
        bool Exists(string name) => definition.Feature(name) is not null || staging.Tables.Any(table => table.Join != StagingJoin.Many && table.Column(name) is not null);
        string[] read = [.. names.Where(Exists)];
        var rows = tables[staging.Base];
        var time = staging.AsOfTime.ToTimeSpan().TotalDays;
        var expressions = new StagedExpressions(definition, read);
        _features = new FeatureRun(definition, tables, Array.ConvertAll(rows.Column(staging.AsOf)!, day => day + time), expressions, read, 1)
            .Run(read, [.. Enumerable.Range(0, rows.Rows)], 1, CancellationToken.None);
        var scope = new ExpressionScope();
        foreach (var column in _features.Columns) scope.AddCategory(column.Name, column.Pool?.Texts ?? []);
        var around = new SyntheticScope(scope, [], []);
        (_risk, _switches) = (new TrueRisk(synthetic with { Drift = Untabled(synthetic.Drift), Bias = Untabled(synthetic.Bias) }, around), switches);
        _slots = new double[scope.SlotCount];
    }

    /// <summary>Log-odds of a base row, without the term that nobody observes.</summary>
    public double LogOdds(int row)
    {
        Array.Fill(_slots, Operations.Missing);
        for (var column = 0; column < _features.Columns.Count; column++) _slots[column] = _features.Columns[column].Values[row];
        return _risk.LogOdds(_slots, _switches);
    }

    private static IReadOnlyList<SwitchEffect> Untabled(IReadOnlyList<SwitchEffect> effects) => [.. effects.Where(effect => effect.Table is null)];
}
