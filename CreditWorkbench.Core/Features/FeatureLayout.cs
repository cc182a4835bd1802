using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>Where each input, feature and built-in name of a dictionary stands in a row of doubles: inputs, then features, then
/// built-in names.</summary>
internal sealed class FeatureLayout
{
    private readonly ScorecardDefinition _definition;
    private readonly int _amountInput;
    private readonly int _termInput;
    private readonly int _builtIn;

    public FeatureLayout(ScorecardDefinition definition)
    {
        _definition = definition;
        foreach (var input in definition.Inputs)
        {
            if (input.Specials.Count > CodedNaN.MaxCode) throw new ArgumentException($"The input {input.Name} has more than {CodedNaN.MaxCode} special codes.", nameof(definition));
            Scope.AddInput(input);
        }

        FeatureSlots = [.. definition.Features.Select(AddFeature)];
        _amountInput = IndexOfRole(InputRole.Amount);
        _termInput = IndexOfRole(InputRole.Term);
        _builtIn = Scope.SlotCount;
        foreach (var name in (string[])["amount", "term_months", "change", "new", "old", "months"]) AddBuiltIn(name);
    }

    /// <summary>Names and slots.</summary>
    public ExpressionScope Scope { get; } = new();

    /// <summary>Slot of each feature, in the dictionary's order; a pass-through of the same name shares its input's slot.</summary>
    public int[] FeatureSlots { get; }

    /// <summary>Copies the inputs, and the terms that they give, into a row; everything else becomes missing.</summary>
    public void Load(InputRecord record, Span<double> slots, ApplicationTerms terms)
    {
        slots[..Scope.SlotCount].Fill(Operations.Missing);
        var values = record.Span;
        for (var i = 0; i < values.Length; i++) slots[i] = NumberOf(values[i]);
        slots[_builtIn] = Term(slots, _amountInput, terms.Amount ?? _definition.Costs?.DefaultAmount);
        slots[_builtIn + 1] = Term(slots, _termInput, terms.TermMonths);
    }

    /// <summary>Sets the names of an action's change.</summary>
    public void SetChange(Span<double> slots, ActionChange change)
    {
        slots[_builtIn + 2] = change.Change;
        slots[_builtIn + 3] = change.New;
        slots[_builtIn + 4] = change.Old;
        slots[_builtIn + 5] = change.Months;
    }

    private static double NumberOf(in InputValue value) => value.Kind switch
    {
        InputValueKind.Number => value.Number,
        InputValueKind.Special => CodedNaN.OfDouble((int)value.Number),
        InputValueKind.Text => ExpressionScope.TextKey(value.Text),
        _ => Operations.Missing,
    };

    private static double Term(ReadOnlySpan<double> slots, int input, double? stated) =>
        input >= 0 && !double.IsNaN(slots[input]) ? slots[input] : stated ?? Operations.Missing;

    private int AddFeature(FeatureDefinition feature)
    {
        if (feature.From is null) return Scope.AddNumber(feature.Name);
        if (feature.From != feature.Name) Scope.AddAlias(feature.Name, feature.From);
        return Scope.SlotOf(feature.From) ?? throw new ArgumentException($"The feature {feature.Name} passes through {feature.From}, which is no input.");
    }

    private int IndexOfRole(InputRole role)
    {
        for (var i = 0; i < _definition.Inputs.Count; i++)
        {
            if (_definition.Inputs[i].Role == role) return i;
        }

        return -1;
    }

    // An input or feature of the same name hides the built-in one, whose slot stays so that positions are fixed.
    private void AddBuiltIn(string name) => Scope.AddNumber(Scope.SlotOf(name) is null ? name : $"({name})");
}
