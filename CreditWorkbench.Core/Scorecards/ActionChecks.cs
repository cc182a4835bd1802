namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks actions: on inputs that may and can move, to the side they say, with an effect.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
/// <param name="scopes">Scopes.</param>
internal sealed class ActionChecks(ScorecardDefinition definition, ReadingLog log, ScorecardScopes scopes)
{
    private readonly FeatureReach _reach = new(definition);

    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        var facts = scopes.Facts();
        var moved = scopes.Facts().AddNumbers("change", "new", "old", "months");
        foreach (var action in definition.Actions)
        {
            var path = $"actions[{action.Name}]";
            Input(action, path);
            To(action, $"{path}.to", facts);
            Pace(action, path, facts);
            scopes.Demand(action.OnlyIf, ExpressionKind.Flag, "only_if", $"{path}.only_if", facts);
            foreach (var (name, value) in action.Also)
            {
                if (facts.Find(name) is null) log.Error("scorecard.action.input", $"{path}.also.{name}", $"There is no input or feature {name}.");
                scopes.Demand(value, ExpressionKind.Number, "also", $"{path}.also.{name}", moved);
            }
            Effect(action, path);
        }
    }

    private void Input(ActionDefinition action, string path)
    {
        var input = definition.Input(action.Input);
        if (action.Staged)
        {
            if (definition.Feature(action.Input) is null) log.Error("scorecard.action.input", $"{path}.input", $"There is no staged feature {action.Input}.");
        }
        else if (input is null)
        {
            log.Error("scorecard.action.input", $"{path}.input", $"There is no input {action.Input}.");
        }
        if (input?.Pii is { } pii) log.Error("scorecard.action.pii", $"{path}.input", $"{action.Input} is personal data ({pii}); nobody changes it for a score.");
    }

    private void To(ActionDefinition action, string path, NameScope facts)
    {
        var category = definition.Input(action.Input) is { Type: InputType.Category } input ? input : null;
        scopes.Demand(action.To, category is null ? ExpressionKind.Number : ExpressionKind.Text, "to", path, facts);
        if (category is not null && action.To is TextLiteral code && category.Values.All(value => value.Code != code.Value))
            log.Error("scorecard.expression.value", path, $"'{code.Value}' is not a value of {category.Name}.");
        if (category is not null && action.Move != ActionMove.Set) log.Error("scorecard.action.move", path, "A category can only be set.");
        if (action.Move != ActionMove.Set && WrongSide(action)) log.Error("scorecard.action.side", path, $"The furthest value never lies {(action.Move == ActionMove.Up ? "above" : "below")} the present one.");
    }

    /// <summary>Whether the furthest value lies on the other side for every present value that is tried.</summary>
    private bool WrongSide(ActionDefinition action)
    {
        var tried = false;
        foreach (var (own, others) in ExpressionProbe.Levels.SelectMany(own => ExpressionProbe.Levels.Select(others => (own, others))))
        {
            var names = Values(others);
            if (definition.Input(action.Input) is { } input) names[action.Input] = ExpressionProbe.At(input.Minimum, input.Maximum, own);
            if (names.GetValueOrDefault(action.Input) is not double present || ExpressionProbe.Number(action.To, names) is not { } furthest) continue;
            tried = true;
            if (action.Move == ActionMove.Up ? furthest > present : furthest < present) return false;
        }
        return tried;
    }

    private Dictionary<string, object> Values(double level)
    {
        var names = definition.Inputs.Where(input => input.IsNumeric).ToDictionary(input => input.Name, input => (object)ExpressionProbe.At(input.Minimum, input.Maximum, level));
        foreach (var feature in definition.Features.Where(feature => feature.From is null)) names.TryAdd(feature.Name, ExpressionProbe.At(feature.Minimum, feature.Maximum, level));
        return names;
    }

    private void Pace(ActionDefinition action, string path, NameScope facts)
    {
        if (action.Move != ActionMove.Set && action.StepBy is null && !(action.Step > 0.0)) log.Error("scorecard.action.step", $"{path}.step", "The smallest useful change is above 0.");
        if (action.PerMonth is <= 0.0) log.Error("scorecard.action.pace", $"{path}.per_month", "The fastest pace is above 0.");
        if (action.Months < 0) log.Error("scorecard.range", $"{path}.months", "Months are not negative.");
        scopes.Demand(action.StepBy, ExpressionKind.Number, "step", $"{path}.step", facts);
        scopes.Demand(action.PerMonthBy, ExpressionKind.Number, "per_month", $"{path}.per_month", facts);
    }

    private void Effect(ActionDefinition action, string path)
    {
        // What an unreadable expression rests on is not known.
        if (definition.ModelFeatures.Any(feature => DictionaryValues.IsUnreadable(feature.Expression))) return;
        string[] moved = [action.Input, .. action.Also.Keys];
        if (!definition.ModelFeatures.Any(feature => _reach.Of(feature.Name).Overlaps(moved)))
            log.Error("scorecard.action.effect", path, $"No model feature rests on {string.Join(" or ", moved)}.");
    }
}
