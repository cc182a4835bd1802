using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The features of a staged dictionary as expressions over the base row: each aggregate is a name of its own.</summary>
internal sealed class StagedExpressions
{
    private readonly Dictionary<string, (Aggregate Aggregate, string Name)> _aggregates = new(StringComparer.Ordinal);

    /// <param name="definition">The dictionary.</param>
    /// <param name="wanted">Names of the columns that are asked for; what they rest on comes along.</param>
    public StagedExpressions(ScorecardDefinition definition, IEnumerable<string> wanted)
    {
        var reach = new FeatureReach(definition);
        var needed = wanted.SelectMany(reach.Of).ToHashSet(StringComparer.Ordinal);
        var steps = new List<(string, Expression)>();
        var fitted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feature in StagedInputs.FeaturesOf(definition).Where(feature => feature.Expression is not null))
        {
            // What is fitted on training rows does not exist yet.
            if (Features.FittedCalls.In(feature.Expression!).Count > 0 || ExpressionNames.References(feature.Expression!).Any(name => fitted.Contains(name.Name))) fitted.Add(feature.Name);
            else if (needed.Contains(feature.Name)) steps.Add((feature.Name, Rewritten(feature.Expression!, feature, definition.Staging!)));
        }

        (Steps, Unknown) = (steps, fitted);
    }

    /// <summary>Features that are worked out, in order.</summary>
    public IReadOnlyList<(string Name, Expression Expression)> Steps { get; }

    /// <summary>Features that rest on transforms fitted on training rows.</summary>
    public IReadOnlySet<string> Unknown { get; }

    /// <summary>Every aggregate once, with the name that stands for it.</summary>
    public IEnumerable<(Aggregate Aggregate, string Name)> Aggregates => _aggregates.Values;

    /// <summary>Texts that expressions of a dictionary compare columns with.</summary>
    public static IEnumerable<string> TextsIn(ScorecardDefinition definition)
    {
        var features = StagedInputs.FeaturesOf(definition).Select(feature => feature.Expression).OfType<Expression>();
        var rules = definition.Staging!.Quarantine.Select(rule => rule.When).OfType<Expression>();
        return features.Concat(rules).SelectMany(TextsIn).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> TextsIn(Expression expression) =>
        expression is TextLiteral text ? [text.Value] : ExpressionNames.Parts(expression).SelectMany(TextsIn);

    private Expression Rewritten(Expression expression, FeatureDefinition feature, StagingDefinition staging) => expression switch
    {
        FunctionCall call when ExpressionAggregates.IsAggregate(call, staging) => new NameReference(call.Position, NameOf(Aggregate.Of(call, feature))),
        FunctionCall call => call with { Arguments = [.. call.Arguments.Select(part => Rewritten(part, feature, staging))] },
        UnaryOperation operation => operation with { Operand = Rewritten(operation.Operand, feature, staging) },
        BinaryOperation operation => operation with { Left = Rewritten(operation.Left, feature, staging), Right = Rewritten(operation.Right, feature, staging) },
        Membership membership => membership with { Operand = Rewritten(membership.Operand, feature, staging), Items = [.. membership.Items.Select(part => Rewritten(part, feature, staging))] },
        _ => expression,
    };

    private string NameOf(Aggregate aggregate)
    {
        if (!_aggregates.TryGetValue(aggregate.Text, out var known)) _aggregates[aggregate.Text] = known = (aggregate, $"(aggregate {_aggregates.Count})");
        return known.Name;
    }
}
