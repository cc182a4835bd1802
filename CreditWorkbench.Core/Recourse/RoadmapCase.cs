using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Recourse;

/// <summary>One case under search: what its actions offer, and how it will look at a month under a plan.</summary>
internal sealed class RoadmapCase(FeatureProgram program, InputRecord today, ActionMenu[] menus, int maxMonths)
{
    private static readonly int[] _effortWeights = [1, 2, 4];
    private readonly InputDefinition[] _inputs = [.. program.Definition.Inputs];

    /// <summary>The case as it is.</summary>
    public InputRecord Today { get; } = today;

    /// <summary>Actions with at least one option.</summary>
    public ActionMenu[] Menus { get; } = menus;

    /// <summary>Limit of months.</summary>
    public int MaxMonths { get; } = maxMonths;

    /// <summary>Whether time alone changes something.</summary>
    public bool Grows => _inputs.Index().Any(input => input.Item.Grows != 0 && Today.Values[input.Index].Kind == InputValueKind.Number);

    /// <summary>The steps of a plan in time: month, then the dictionary's order.</summary>
    public int[] InOrder(Plan plan) =>
        [.. Enumerable.Range(0, Menus.Length).Where(action => plan.Choices[action] >= 0).OrderBy(action => OptionOf(plan, action).Months)];

    /// <summary>The option that a plan takes of an action.</summary>
    public ActionOption OptionOf(Plan plan, int action) => Menus[action].Options[plan.Choices[action]];

    /// <summary>Month in which the whole plan shows.</summary>
    public int MonthOf(Plan plan)
    {
        var month = plan.Wait;
        for (var action = 0; action < Menus.Length; action++)
        {
            if (plan.Choices[action] >= 0) month = Math.Max(month, OptionOf(plan, action).Months);
        }

        return month;
    }

    /// <summary>Effort and time of a plan on one scale: low 1, medium 2, high 4, and 1 per half year.</summary>
    public double CostOf(Plan plan)
    {
        var cost = MonthOf(plan) / 6.0;
        for (var action = 0; action < Menus.Length; action++)
        {
            if (plan.Choices[action] >= 0) cost += _effortWeights[(int)Menus[action].Action.Action.Effort];
        }

        return cost;
    }

    /// <summary>The case once a whole plan shows; null when the plan cannot be worked out.</summary>
    public InputRecord? After(Plan plan) => After(plan, InOrder(plan), MonthOf(plan));

    /// <summary>The case at a month after the given steps, in their order; null when a step cannot be worked out.</summary>
    public InputRecord? After(Plan plan, ReadOnlySpan<int> steps, int month)
    {
        var state = Grown(month);
        foreach (var action in steps)
        {
            var option = OptionOf(plan, action);
            if (Menus[action].Action.Apply(state, program, option.Value, option.Months) is not { } next) return null;
            state = next;
        }

        return state;
    }

    /// <summary>The case after some months in which nothing is done.</summary>
    public InputRecord Grown(int months)
    {
        var state = Today;
        for (var i = 0; i < _inputs.Length && months > 0; i++)
        {
            if (_inputs[i].Grows == 0 || Today.Values[i].Kind != InputValueKind.Number) continue;
            state = state.With(_inputs[i].Name, InputValue.OfNumber(CompiledAction.Within(_inputs[i], Today.Values[i].Number + _inputs[i].Grows * months)));
        }

        return state;
    }
}
