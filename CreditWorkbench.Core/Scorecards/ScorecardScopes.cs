using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>The names that expressions of each section see, and the reporting of their faults.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
internal sealed class ScorecardScopes(ScorecardDefinition definition, ReadingLog log)
{
    /// <summary>Kinds of features, filled in file order by the check of features.</summary>
    public Dictionary<string, ExpressionSymbol> Features { get; } = new(StringComparer.Ordinal);

    /// <summary>Inputs only; the start of the features' scope.</summary>
    public NameScope Inputs()
    {
        var scope = new NameScope { Staging = definition.Staging, TargetColumn = definition.Target.Column, AllowsFitted = true };
        foreach (var input in definition.Inputs) scope.Add(input.Name, ExpressionSymbol.Of(input));
        foreach (var table in definition.Staging?.Tables ?? [])
            foreach (var column in table.Columns)
                scope.Refuse(column.Name, "scorecard.expression.name", $"{column.Name} is a column of {table.Name} but not an input.");
        return scope;
    }

    /// <summary>Inputs and all features, nothing fitted or aggregated: policy, actions.</summary>
    public NameScope Facts()
    {
        var scope = new NameScope { TargetColumn = definition.Target.Column };
        foreach (var input in definition.Inputs) scope.Add(input.Name, ExpressionSymbol.Of(input));
        foreach (var feature in definition.Features.Where(feature => feature.From is null))
            scope.Add(feature.Name, Features.GetValueOrDefault(feature.Name, ExpressionSymbol.Unknown));
        return scope;
    }

    /// <summary>Facts, and the application's own amount and term where no input has that role.</summary>
    public NameScope Costs()
    {
        var scope = Facts();
        if (definition.Inputs.All(input => input.Role != InputRole.Amount)) scope.Add("amount", ExpressionSymbol.Number);
        if (definition.Inputs.All(input => input.Role != InputRole.Term)) scope.Add("term_months", ExpressionSymbol.Number);
        return scope;
    }

    /// <summary>Checks an expression that gives a kind of value; nothing for null.</summary>
    public void Demand(Expression? expression, ExpressionKind kind, string reader, string path, NameScope scope)
    {
        if (expression is not null) Checker(path, scope, log).Demand(expression, kind, reader, kind);
    }

    /// <summary>A checker that reports at a path, with the offset in the expression.</summary>
    public static ExpressionChecker Checker(string path, NameScope scope, ReadingLog log) =>
        new(scope, (code, offset, reason) => log.Error(code, path, string.Create(CultureInfo.InvariantCulture, $"Offset {offset}: {reason}")));
}
