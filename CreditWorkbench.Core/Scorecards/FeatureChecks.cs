namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks features in file order: names, expressions, order and cycles, groups, directions.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
/// <param name="scopes">Scopes; receives the features' kinds.</param>
internal sealed class FeatureChecks(ScorecardDefinition definition, ReadingLog log, ScorecardScopes scopes)
{
    private readonly FeatureReach _reach = new(definition);

    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        var scope = scopes.Inputs();
        foreach (var later in definition.Features) scope.Refuse(later.Name, "scorecard.feature.order", $"{later.Name} is defined further down.");
        foreach (var feature in definition.Features)
        {
            var path = $"features[{feature.Name}]";
            Name(feature, path);
            Expression(feature, path, scope);
            Model(feature, path);
        }
        foreach (var group in definition.Groups.Where(group => definition.Features.All(feature => feature.Group != group.Name)))
            log.Error("scorecard.orphan", $"groups.{group.Name}", $"No feature belongs to the group {group.Name}.");
        if (definition.ModelFeatures.Count == 0) log.Error("scorecard.feature.none", "features", "A scorecard has at least one model feature.");
    }

    private void Name(FeatureDefinition feature, string path)
    {
        if (feature.Name.Length > 0 && feature.From is null && !InputChecks.IsName(feature.Name)) log.Error("scorecard.name.form", path, $"'{feature.Name}' cannot be a name: letters, digits and underscores, no word of the language.");
        if (feature.From is null && definition.Input(feature.Name) is not null)
            log.Error("scorecard.name.duplicate", path, $"The feature {feature.Name} is named like an input.");
        var inherited = feature.From is { } from && definition.Input(from)?.Minimum == feature.Minimum;
        if (feature.Minimum > feature.Maximum && !inherited) log.Error("scorecard.range.reversed", $"{path}.range", "The range runs from high to low.");
        if (!feature.Bands.Zip(feature.Bands.Skip(1)).All(pair => pair.First < pair.Second)) log.Error("scorecard.bands", $"{path}.bands", "Cut points rise.");
    }

    private void Expression(FeatureDefinition feature, string path, NameScope scope)
    {
        if (feature.Expression is not { } expression) return;
        var at = $"{path}.expr";
        if (Cycle(feature, expression) is { } cycle)
        {
            log.Error("scorecard.feature.cycle", at, $"A cycle: {cycle}.");
            scopes.Features[feature.Name] = ExpressionSymbol.Unknown;
            scope.Add(feature.Name, ExpressionSymbol.Unknown);
            return;
        }
        var kind = ScorecardScopes.Checker(at, scope, log).Check(expression);
        var needed = feature.IsFlag ? ExpressionKind.Flag : ExpressionKind.Number;
        var free = !feature.IsFlag && feature.Use != FeatureUse.Model;
        if (!free && !ExpressionChecker.Fits(kind, needed))
            log.Error("scorecard.expression.type", at, feature.IsFlag ? "A flag is a condition, true or false." : "A model feature is a number or a flag.");
        Fitted(feature, expression, at);
        if (feature.EmptyStated && !HasAggregate(expression)) log.Error("scorecard.feature.empty", $"{path}.empty", "Only a feature with an aggregate states what nothing found means.");
        var symbol = new ExpressionSymbol(feature.IsFlag ? ExpressionKind.Flag : kind, null, []);
        scopes.Features[feature.Name] = symbol;
        if (definition.Input(feature.Name) is null) scope.Add(feature.Name, symbol);
    }

    private string? Cycle(FeatureDefinition feature, Expression expression)
    {
        foreach (var name in FeatureReach.Direct(expression).Where(name => name == feature.Name || definition.Feature(name) is { From: null }))
            if (_reach.Path(name, reached => reached == feature.Name) is { } path) return string.Join(" <- ", path.Prepend(feature.Name));
        return null;
    }

    // Tables are staged before anybody knows which rows train.
    private void Fitted(FeatureDefinition feature, Expression expression, string path)
    {
        if (!HasAggregate(expression)) return;
        if (FirstFitted(expression) is { } call)
            log.Error("scorecard.feature.fitted", path, $"{call.Name} is fitted on training rows, and a feature over tables is worked out before there are any: give the aggregate a feature of its own and read that one.");
        foreach (var read in FeatureReach.Direct(expression).Where(name => name != feature.Name && _reach.Of(name).Any(below => definition.Feature(below)?.Expression is { } other && FirstFitted(other) is not null)))
            log.Error("scorecard.feature.fitted", path, $"{read} rests on a transform that is fitted on training rows, and a feature over tables is worked out before there are any.");
    }

    private static FunctionCall? FirstFitted(Expression expression) =>
        expression is FunctionCall call && ExpressionFunctions.All.GetValueOrDefault(call.Name)?.Family == FunctionFamily.Fitted ? call
            : ExpressionNames.Parts(expression).Select(FirstFitted).FirstOrDefault(found => found is not null);

    private bool HasAggregate(Expression expression) =>
        (expression is FunctionCall call && ExpressionAggregates.IsAggregate(call, definition.Staging)) || ExpressionNames.Parts(expression).Any(HasAggregate);

    private void Model(FeatureDefinition feature, string path)
    {
        if (feature.Group is { } group && definition.Groups.All(other => other.Name != group))
            log.Error("scorecard.group.unknown", $"{path}.group", $"There is no group {group}.");
        if (feature.Reason is { } reason && definition.Reason(reason) is null)
            log.Error("scorecard.reason.unknown", $"{path}.reason", $"There is no reason {reason}.");
        if (feature.From is not { } from || definition.Input(from) is not { } input) return;
        if (input.Type == InputType.Category && feature.Direction != RiskDirection.Free)
            log.Error("scorecard.feature.direction", $"{path}.direction", "The values of a category have no order, so its direction is free.");
        if (feature.Use == FeatureUse.Model && !input.IsNumeric && input.Type != InputType.Category)
            log.Error("scorecard.feature.from", path, $"{input.Name} is neither a number nor a category and cannot be a column of the model.");
    }
}
