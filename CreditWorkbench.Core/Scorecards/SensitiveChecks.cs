namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks that neither a sensitive input nor the outcome reaches a model feature, an action, a reason or the baseline.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
internal sealed class SensitiveChecks(ScorecardDefinition definition, ReadingLog log)
{
    private readonly FeatureReach _reach = new(definition);

    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        foreach (var feature in definition.ModelFeatures)
        {
            Name(feature.Name, $"features[{feature.Name}]", $"the model feature {feature.Name}");
            if (definition.Leakage?.NeverInModel.Contains(feature.Name) is true)
                log.Error("scorecard.leakage.never", $"features[{feature.Name}]", $"{feature.Name} never enters a model, says leakage.");
        }
        foreach (var action in definition.Actions)
        {
            var path = $"actions[{action.Name}]";
            Name(action.Input, $"{path}.input", $"the action {action.Name}");
            foreach (var part in new[] { action.To, action.StepBy, action.PerMonthBy, action.OnlyIf }.OfType<Expression>()) Names(part, path, $"the action {action.Name}");
            foreach (var (name, value) in action.Also)
            {
                Name(name, $"{path}.also.{name}", $"the action {action.Name}");
                Names(value, $"{path}.also.{name}", $"the action {action.Name}");
            }
        }
        foreach (var reason in definition.Reasons.Where(reason => reason.ValueOf is not null))
            Name(reason.ValueOf!, $"reasons.{reason.Code}.value_of", $"the reason {reason.Code}");
        foreach (var (boundary, expression) in definition.Policy.Baseline) Names(expression, "policy.baseline", $"the baseline {boundary}");
    }

    /// <summary>Path from an expression to a sensitive input, as words; null when it reads none.</summary>
    public static string? Sensitive(Expression expression, ScorecardDefinition definition, FeatureReach reach) => FeatureReach.Direct(expression)
        .Select(name => reach.Path(name, reached => definition.Input(reached) is { Sensitive: true }))
        .FirstOrDefault(path => path is not null) is { } found ? string.Join(" <- ", found) : null;

    private void Names(Expression expression, string path, string who)
    {
        foreach (var name in FeatureReach.Direct(expression)) Name(name, path, who);
    }

    private void Name(string name, string path, string who)
    {
        if (_reach.Path(name, reached => definition.Input(reached) is { Sensitive: true }) is { } sensitive)
            log.Error("scorecard.sensitive", path, $"The sensitive input {sensitive[^1]} reaches {who}: {string.Join(" <- ", sensitive)}.");
        // A direct reference is a fault of the expression and told there.
        if (_reach.Path(name, reached => reached == definition.Target.Column) is { Count: not 2 } target)
            log.Error("scorecard.target.reach", path, $"The outcome reaches {who}: {string.Join(" <- ", target)}.");
    }
}
