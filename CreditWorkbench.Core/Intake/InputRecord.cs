using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>The accepted values of one case, one per input of a dictionary, in the dictionary's order.</summary>
public sealed class InputRecord
{
    private readonly InputValue[] _values;

    /// <summary>Wraps values, which the record then owns.</summary>
    /// <exception cref="ArgumentException">Not one value per input.</exception>
    public InputRecord(ScorecardDefinition definition, InputValue[] values)
    {
        if (values.Length != definition.Inputs.Count) throw new ArgumentException("A record has one value per input.", nameof(values));
        (Definition, _values) = (definition, values);
    }

    /// <summary>The dictionary that the values obey.</summary>
    public ScorecardDefinition Definition { get; }

    /// <summary>Values in the order of <see cref="ScorecardDefinition.Inputs"/>.</summary>
    public IReadOnlyList<InputValue> Values => _values;

    /// <summary>The same values for loops over rows.</summary>
    public ReadOnlySpan<InputValue> Span => _values;

    /// <summary>The value of an input.</summary>
    /// <exception cref="ArgumentException">The dictionary has no such input.</exception>
    public InputValue this[string input] => _values[IndexOf(input)];

    /// <summary>A copy with one value changed.</summary>
    /// <exception cref="ArgumentException">The dictionary has no such input.</exception>
    public InputRecord With(string input, InputValue value)
    {
        var copy = (InputValue[])_values.Clone();
        copy[IndexOf(input)] = value;
        return new InputRecord(Definition, copy);
    }

    private int IndexOf(string input)
    {
        for (var i = 0; i < Definition.Inputs.Count; i++)
        {
            if (Definition.Inputs[i].Name == input) return i;
        }

        throw new ArgumentException($"The scorecard {Definition.Id} has no input {input}.", nameof(input));
    }
}
