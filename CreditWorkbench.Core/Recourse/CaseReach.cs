using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Recourse;

/// <summary>What every input and feature of a case can become under all allowed plans and months together.</summary>
internal sealed class CaseReach
{
    private readonly Dictionary<string, Reach> _moved = [];
    private readonly FeatureProgram _program;
    private readonly FeatureValues _today;
    private readonly RoadmapCase _case;

    /// <summary>Widens inputs by growth, actions and what moves with them, then follows the features.</summary>
    public CaseReach(FeatureProgram program, RoadmapCase roadmapCase)
    {
        (_program, _case, _today) = (program, roadmapCase, program.Evaluate(roadmapCase.Today));
        var inputs = program.Definition.Inputs;
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Grows != 0 && roadmapCase.Today.Values[i].Kind == InputValueKind.Number)
                Widen(inputs[i].Name, Reach.Of(_case.Grown(_case.MaxMonths).Values[i].Number));
        }

        foreach (var menu in roadmapCase.Menus) Widen(menu.Action.Action.Input, Of(menu));

        // Each action is taken at most once, so what moves with actions is applied at most as often as there are such movements.
        var followers = roadmapCase.Menus.Sum(menu => menu.Action.AlsoInputs.Count());
        for (var pass = 0; pass < followers; pass++) FollowActions();
        FollowFeatures();
    }

    /// <summary>What a name can become; null when it does not move.</summary>
    public Reach? Of(string name) => _moved.TryGetValue(name, out var reach) ? reach : null;

    private static Reach Of(ActionMenu menu) => new(menu.Options.Min(option => option.Value), menu.Options.Max(option => option.Value), 0);

    private void Widen(string name, Reach reach) => _moved[name] = (Of(name) ?? Reach.Of(_today[name])).Or(reach);

    private void FollowActions()
    {
        FollowFeatures();
        foreach (var menu in _case.Menus)
        {
            var action = menu.Action.Action;
            var old = Of(action.Input)!.Value;
            var names = new Dictionary<string, Reach>
            {
                ["old"] = old,
                ["new"] = old,
                ["change"] = new(0, old.High - old.Low, 0),
                ["months"] = new(menu.Options.Min(option => option.Months), menu.Options.Max(option => option.Months), 0),
            };
            var evaluator = new ExpressionReach(_program, _today, name => names.TryGetValue(name, out var reach) ? reach : Of(name));
            foreach (var (name, expression) in action.Also.OrderBy(also => also.Key, StringComparer.Ordinal)) Follow(name, evaluator.Of(expression));
        }
    }

    // A follower is brought into its input's range; a missing result forbids the plan, so only numbers count.
    private void Follow(string name, Reach reach)
    {
        var input = _program.Definition.Input(name);
        if (input is null || !reach.CanBeKnown) return;
        var (low, high) = (input.Minimum ?? double.NegativeInfinity, input.Maximum ?? double.PositiveInfinity);
        var rounding = input.Type is InputType.Integer or InputType.Flag ? 0.5 : 0.0;
        Widen(name, new Reach(Math.Clamp(reach.Low - rounding, low, high), Math.Clamp(reach.High + rounding, low, high), 0));
    }

    private void FollowFeatures()
    {
        var evaluator = new ExpressionReach(_program, _today, Of);
        foreach (var feature in _program.Definition.Features)
        {
            if (feature.From is { } from)
            {
                if (feature.Name != from && Of(from) is { } passed) _moved[feature.Name] = passed;
                continue;
            }

            if (ExpressionNames.References(feature.Expression!).Any(reference => Of(reference.Name) is not null)) _moved[feature.Name] = evaluator.Of(feature.Expression!);
        }
    }
}
