using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Recourse;

/// <summary>An action with its expressions compiled.</summary>
internal sealed class CompiledAction
{
    private readonly PolicyExpression _to;
    private readonly PolicyExpression? _onlyIf;
    private readonly (int Input, PolicyExpression Value)[] _also;
    private readonly InputDefinition[] _inputs;

    public CompiledAction(FeatureProgram program, ActionDefinition action, int input)
    {
        (Action, Input) = (action, input);
        _inputs = [.. program.Definition.Inputs];
        _to = PolicyExpression.Compile(program, action.To, action.Input);
        _onlyIf = action.OnlyIf is { } condition ? PolicyExpression.Compile(program, condition) : null;
        _also = [.. action.Also.OrderBy(also => also.Key, StringComparer.Ordinal)
            .Select(also => (Array.FindIndex(_inputs, each => each.Name == also.Key), PolicyExpression.Compile(program, also.Value, also.Key)))
            .Where(also => also.Item1 >= 0)];
    }

    /// <summary>The action as the dictionary states it.</summary>
    public ActionDefinition Action { get; }

    /// <summary>Index of the input that moves.</summary>
    public int Input { get; }

    /// <summary>Inputs that move with it.</summary>
    public IEnumerable<int> AlsoInputs => _also.Select(also => also.Input);

    /// <summary>Whether the action is open to a case.</summary>
    public bool IsOpenTo(FeatureValues values) => _onlyIf is null || _onlyIf.Holds(values);

    /// <summary>Furthest value for a case; NaN when it cannot be worked out.</summary>
    public double Furthest(FeatureValues values)
    {
        var input = _inputs[Input];
        var furthest = input.Type == InputType.Category && Action.To is NumberLiteral code ? CategoryOf(input, code.Value) : _to.Evaluate(values);
        if (input.Minimum is { } low && furthest < low) furthest = low;
        return input.Maximum is { } high && furthest > high ? high : furthest;
    }

    /// <summary>Months until a change of this size shows: at least the action's months, and its pace.</summary>
    public int MonthsFor(double change) =>
        Action.PerMonth is { } pace ? Math.Max(Action.Months, (int)Math.Min(int.MaxValue, Math.Ceiling(change / pace - 1e-9))) : Action.Months;

    /// <summary>Applies the change to a state of the case: the input takes its new value, unless it stands better already, then the
    /// inputs that move with it follow.</summary>
    /// <param name="state">The case with all earlier steps.</param>
    /// <param name="program">Computes what the expressions read.</param>
    /// <param name="target">New value.</param>
    /// <param name="months">Months until the change shows.</param>
    /// <returns>The changed case; null when what moves with it cannot be worked out.</returns>
    public InputRecord? Apply(InputRecord state, FeatureProgram program, double target, int months)
    {
        var old = NumberOf(state.Values[Input]);
        var value = Action.Move switch
        {
            ActionMove.Up => Math.Max(old, target),
            ActionMove.Down => Math.Min(old, target),
            _ => target,
        };
        if (value == old) return state;
        var changed = state.With(Action.Input, InputValue.OfNumber(value));
        if (_also.Length == 0) return changed;
        var values = program.Evaluate(state);
        foreach (var (input, expression) in _also)
        {
            if (state.Values[input].Kind != InputValueKind.Number) continue;
            var moved = expression.Evaluate(values, new ActionChange(old, value, months));
            if (double.IsNaN(moved)) return null;
            changed = changed.With(_inputs[input].Name, InputValue.OfNumber(Within(_inputs[input], moved)));
        }

        return changed;
    }

    /// <summary>A value brought into an input's range and, for whole numbers, to a whole number.</summary>
    public static double Within(InputDefinition input, double value)
    {
        var whole = input.Type is InputType.Integer or InputType.Flag ? Math.Round(value, MidpointRounding.AwayFromZero) : value;
        return Math.Min(Math.Max(whole, input.Minimum ?? double.NegativeInfinity), input.Maximum ?? double.PositiveInfinity);
    }

    private static double NumberOf(InputValue value) => value.Kind == InputValueKind.Number ? value.Number : double.NaN;

    private static double CategoryOf(InputDefinition input, double code)
    {
        var text = code.ToString("R", CultureInfo.InvariantCulture);
        for (var i = 0; i < input.Values.Count; i++)
        {
            if (input.Values[i].Code == text) return i;
        }

        return double.NaN;
    }
}
