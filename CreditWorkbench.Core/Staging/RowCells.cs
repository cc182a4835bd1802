using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What aggregates read of a table's rows, each expression worked out once and put in the order of the groups.</summary>
/// <param name="table">The table.</param>
/// <param name="grouped">Its order.</param>
/// <param name="threads">Threads at most.</param>
internal sealed class RowCells(StagedTable table, GroupedTable grouped, int threads)
{
    private readonly StagingNames _names = StagingNames.Of(table);
    private readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _conditions = new(StringComparer.Ordinal);

    /// <summary>A value per row in order; null for none.</summary>
    public double[]? Values(Expression? expression)
    {
        if (expression is null) return null;
        var text = ExpressionText.Of(expression);
        if (_values.TryGetValue(text, out var known)) return known;
        return _values[text] = grouped.InOrder(ColumnExpression.Bind(expression, _names.Scope).Evaluate(table.Rows, _names.Columns, threads), threads);
    }

    /// <summary>A condition per row in order; null for none.</summary>
    public byte[]? Condition(Expression? expression)
    {
        if (expression is null) return null;
        var text = ExpressionText.Of(expression);
        if (_conditions.TryGetValue(text, out var known)) return known;
        return _conditions[text] = grouped.InOrder(ColumnExpression.Bind(expression, _names.Scope).EvaluateCondition(table.Rows, _names.Columns, threads), threads);
    }
}
