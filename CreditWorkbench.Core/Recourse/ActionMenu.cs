using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Recourse;

/// <summary>A value that an action can reach, and when it shows.</summary>
internal readonly record struct ActionOption(double Value, int Months);

/// <summary>What one action offers to one case.</summary>
/// <param name="action">The action.</param>
/// <param name="options">Every allowed value, the smallest change first.</param>
/// <param name="worthwhile">Indices of the options that are the first beyond some split point of the model, in order.</param>
/// <param name="isComplete">Whether the options are all that the limits allow; a very fine step is thinned out.</param>
internal sealed class ActionMenu(CompiledAction action, ActionOption[] options, int[] worthwhile, bool isComplete)
{
    private const int MaxOptions = 500;

    /// <summary>The action.</summary>
    public CompiledAction Action { get; } = action;

    /// <summary>Every allowed value, the smallest change first.</summary>
    public ActionOption[] Options { get; } = options;

    /// <summary>Options that reach another cell of the model, in order.</summary>
    public int[] Worthwhile { get; } = worthwhile;

    /// <summary>Whether no allowed value was left out of the options.</summary>
    public bool IsComplete { get; } = isComplete;

    /// <summary>Allowed values: whole multiples of the step that lie at least one step from today's value, and the furthest value itself,
    /// as far as they show within the limit of months.</summary>
    /// <param name="action">The action.</param>
    /// <param name="input">Its input.</param>
    /// <param name="today">Today's value.</param>
    /// <param name="furthest">Furthest value; NaN when unknown.</param>
    /// <param name="maxMonths">Limit of months.</param>
    public static (ActionOption[] Options, bool IsComplete) OptionsOf(CompiledAction action, InputDefinition input, InputValue today, double furthest, int maxMonths)
    {
        if (double.IsNaN(furthest) || today.Kind == InputValueKind.Text) return ([], true);
        var (values, isComplete) = action.Action.Move == ActionMove.Set
            ? (today.Kind == InputValueKind.Number && today.Number == furthest ? [] : new List<double> { furthest }, true)
            : today.Kind == InputValueKind.Number ? Multiples(action.Action, input, today.Number, furthest) : ([], true);
        var old = today.Kind == InputValueKind.Number ? today.Number : double.NaN;
        return ([.. values.Select(value => new ActionOption(value, action.MonthsFor(double.IsNaN(old) ? 0 : Math.Abs(value - old)))).Where(option => option.Months <= maxMonths)], isComplete);
    }

    private static (List<double> Values, bool IsComplete) Multiples(ActionDefinition action, InputDefinition input, double old, double furthest)
    {
        var sign = action.Move == ActionMove.Up ? 1.0 : -1.0;
        var values = new List<double>();
        if (action.Step <= 0 || (furthest - old) * sign < action.Step * (1 - 1e-9)) return (values, true);
        var count = (furthest - old) * sign / action.Step;
        var stride = Math.Max(1.0, Math.Ceiling(count / MaxOptions));
        var first = Math.Ceiling((old * sign + action.Step) / action.Step - 1e-9);
        for (var multiple = first; ; multiple += stride)
        {
            var value = CompiledAction.Within(input, Math.Round(sign * multiple * action.Step, 10));
            if ((furthest - value) * sign <= 0) break;
            if ((value - old) * sign >= action.Step * (1 - 1e-9) && (values.Count == 0 || value != values[^1])) values.Add(value);
        }

        var end = CompiledAction.Within(input, furthest);
        if ((furthest - end) * sign >= 0 && (end - old) * sign >= action.Step * (1 - 1e-9)) values.Add(end);
        return (values, stride == 1.0);
    }
}
