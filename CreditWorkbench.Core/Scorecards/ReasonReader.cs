namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads reasons and actions.</summary>
internal static class ReasonReader
{
    /// <summary>Words of moves.</summary>
    public static IReadOnlyDictionary<string, ActionMove> Moves { get; } = new Dictionary<string, ActionMove>
    {
        ["up"] = ActionMove.Up,
        ["down"] = ActionMove.Down,
        ["set"] = ActionMove.Set,
    };

    /// <summary>Words of efforts.</summary>
    public static IReadOnlyDictionary<string, Effort> Efforts { get; } = new Dictionary<string, Effort>
    {
        ["low"] = Effort.Low,
        ["medium"] = Effort.Medium,
        ["high"] = Effort.High,
    };

    /// <summary>Reasons in file order.</summary>
    public static IReadOnlyList<ReasonDefinition> Reasons(DictionaryElement root)
    {
        var all = root.Required("reasons");
        return [.. all.Keys.Select(code => Reason(code, all.Required(code)))];
    }

    /// <summary>Actions in file order; of two with one name the first.</summary>
    public static IReadOnlyList<ActionDefinition> Actions(DictionaryElement root)
    {
        var actions = new List<ActionDefinition>();
        foreach (var element in root.Elements("actions", "name"))
        {
            var action = Action(element);
            if (actions.Any(other => other.Name == action.Name))
                root.Log.Error("scorecard.name.duplicate", element.Line, element.Path, $"There is another action named {action.Name}.");
            else
                actions.Add(action);
        }
        return actions;
    }

    private static ReasonDefinition Reason(string code, DictionaryElement element)
    {
        var reason = new ReasonDefinition(code, element.Localized("adverse"), element.LocalizedOrNull("favourable"), element.LocalizedOrNull("advice"),
            element.TextOrNull("value_of"));
        element.Close();
        return reason;
    }

    private static ActionDefinition Action(DictionaryElement element)
    {
        var (step, stepBy) = element.NumberOrExpression("step");
        var (perMonth, perMonthBy) = element.NumberOrExpression("per_month");
        var action = new ActionDefinition
        {
            Name = element.Text("name"),
            Input = element.Text("input"),
            Move = element.Choice("move", Moves, mandatory: true),
            To = element.Expression("to"),
            Step = step ?? 0.0,
            StepBy = stepBy,
            Months = element.Integer("months", 0),
            PerMonth = perMonth,
            PerMonthBy = perMonthBy,
            Effort = element.Choice("effort", Efforts, mandatory: true),
            OnlyIf = element.ExpressionOrNull("only_if"),
            Evidence = element.Flag("evidence", false),
            Also = element.ExpressionMap("also"),
            Staged = element.Flag("staged", false),
            Label = element.Localized("label"),
            How = element.Localized("how"),
        };
        element.Close();
        return action;
    }
}
