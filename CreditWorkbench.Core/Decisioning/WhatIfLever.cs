using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>An input that a trial may change.</summary>
/// <param name="Input">The input.</param>
/// <param name="Now">Its value in the issued score.</param>
/// <param name="Low">Lower end of the slider; null for categories and flags.</param>
/// <param name="High">Upper end of the slider; null for categories and flags.</param>
/// <param name="Step">Step of the slider; 0 for categories and flags.</param>
/// <param name="CanAct">Whether the applicant can move it: terms of the loan, and inputs of the dictionary's actions.</param>
public sealed record WhatIfLever(InputDefinition Input, InputValue Now, double? Low, double? High, double Step, bool CanAct)
{
    private const double Reach = 3;
    private const int Positions = 200;
    private static readonly int[] _niceFactors = [1, 2, 5, 10];

    /// <summary>Whether it is moved by a slider.</summary>
    public bool IsSlider => Low is not null;

    /// <summary>The levers of a case: what belongs to the loan first, then what the applicant can act on, then the rest, each in the
    /// dictionary's order. Personal and sensitive inputs, texts and dates are never levers, nor are numbers without bounds.</summary>
    public static IReadOnlyList<WhatIfLever> Of(InputRecord record)
    {
        var definition = record.Definition;
        var acted = definition.Actions.Select(action => action.Input).ToHashSet(StringComparer.Ordinal);
        return [.. definition.Inputs.Select((input, i) => Of(input, record.Values[i], definition.Actions, acted.Contains(input.Name))).OfType<WhatIfLever>()
            .OrderBy(lever => lever.Input.Role is InputRole.Amount or InputRole.Term or InputRole.Rate ? 0 : lever.CanAct ? 1 : 2)];
    }

    private static WhatIfLever? Of(InputDefinition input, InputValue now, IReadOnlyList<ActionDefinition> actions, bool acted)
    {
        if (input.Sensitive || input.Pii is not null || input.Role is InputRole.AsOf or InputRole.Segment) return null;
        var act = acted || input.Role is InputRole.Amount or InputRole.Term or InputRole.Rate;
        if (input.Type == InputType.Flag || (input.Type == InputType.Category && input.Values.Count > 1)) return new WhatIfLever(input, now, null, null, 0, act);
        if (input.Type is not (InputType.Number or InputType.Integer) || input.Minimum is not { } least || input.Maximum is not { } most || most <= least) return null;
        var (low, high) = Window(least, most, now);
        return new WhatIfLever(input, now, low, high, StepOf(input, low, high, actions), act);
    }

    // A dictionary allows incomes up to a billion; a slider over all of that could not be aimed. It ends at about three times the
    // present value instead, and the number beside it takes everything that the dictionary allows.
    private static (double Low, double High) Window(double least, double most, InputValue now)
    {
        var size = now.Kind == InputValueKind.Number ? Math.Abs(now.Number) : 0;
        if (size == 0 || most - least <= 10 * Reach * size) return (least, most);
        var digit = Math.Pow(10, Math.Floor(Math.Log10(size)));
        var end = Math.Ceiling(Reach * size / digit) * digit;
        return least <= -end ? (-end, Math.Min(most, end)) : (least, Math.Min(most, Math.Max(least + digit, end)));
    }

    private static double StepOf(InputDefinition input, double least, double high, IReadOnlyList<ActionDefinition> actions)
    {
        if (input.Type == InputType.Integer && high - least <= 10 * Positions) return 1;
        var finest = Math.Pow(10, Math.Floor(Math.Log10((high - least) / Positions)));
        var nice = _niceFactors.Select(factor => factor * finest).First(step => (high - least) / step <= Positions);
        var acting = actions.FirstOrDefault(action => action.Input == input.Name && action.Step > 0)?.Step;
        var chosen = acting is { } useful && useful < nice ? useful : nice;
        return input.Type == InputType.Integer ? Math.Max(1, Math.Round(chosen)) : chosen;
    }
}
