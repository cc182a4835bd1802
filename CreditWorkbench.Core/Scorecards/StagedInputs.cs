namespace CreditWorkbench.Core.Scorecards;

/// <summary>Features over tables as inputs of a case. A form, a file, a record and a package then treat them like every other value,
/// and only the staging line knows how they come about.</summary>
public static class StagedInputs
{
    /// <summary>The definition in which every feature with an aggregate is an input that is passed through; the same definition where
    /// there is none. Text and hashes stay those of the dictionary as it is written.</summary>
    public static ScorecardDefinition Split(ScorecardDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var staged = definition.Features.Where(feature => IsStaged(feature, definition.Staging)).ToArray();
        if (staged.Length == 0) return definition;
        var names = staged.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        return definition with
        {
            Inputs = [.. definition.Inputs, .. staged.Select(feature => InputOf(feature, definition))],
            Features = [.. definition.Features.Select(feature => names.Contains(feature.Name) ? feature with { From = feature.Name, Expression = null, ExpressionText = null } : feature)],
        };
    }

    /// <summary>The features as the dictionary writes them, those over tables with their expressions.</summary>
    public static IReadOnlyList<FeatureDefinition> FeaturesOf(ScorecardDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var staged = definition.Inputs.Where(input => input.Staged is not null).ToDictionary(input => input.Name, input => input.Staged!, StringComparer.Ordinal);
        return staged.Count == 0 ? definition.Features : [.. definition.Features.Select(feature => staged.GetValueOrDefault(feature.Name, feature))];
    }

    /// <summary>The aggregate calls of an expression, outermost first and from left to right.</summary>
    public static IEnumerable<FunctionCall> AggregatesIn(Expression expression, StagingDefinition staging)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(staging);
        if (expression is FunctionCall call && ExpressionAggregates.IsAggregate(call, staging)) return [call];
        return ExpressionNames.Parts(expression).SelectMany(part => AggregatesIn(part, staging));
    }

    private static bool IsStaged(FeatureDefinition feature, StagingDefinition? staging) =>
        staging is not null && feature.Expression is { } expression && AggregatesIn(expression, staging).Any();

    private static InputDefinition InputOf(FeatureDefinition feature, ScorecardDefinition definition) => new()
    {
        Name = feature.Name,
        Type = feature.IsFlag ? InputType.Flag : feature.IsInteger ? InputType.Integer : InputType.Number,
        Label = feature.Label,
        Help = feature.Label,
        Unit = feature.Unit,
        Source = SourceOf(feature, definition),
        Staged = feature,
        Line = feature.Line,
    };

    // The source of the first table that it reads, so that withdrawing the source makes the feature missing.
    private static string SourceOf(FeatureDefinition feature, ScorecardDefinition definition)
    {
        var names = AggregatesIn(feature.Expression!, definition.Staging!).SelectMany(call => ExpressionNames.References(call.Arguments[0]));
        var tables = names.Select(name => definition.Staging!.Table(name.Table ?? name.Name)).Where(table => table is not null);
        return tables.Select(table => table!.Source).FirstOrDefault(source => source is not null) ?? definition.Sources[0].Name;
    }
}
