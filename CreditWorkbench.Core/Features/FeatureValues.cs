namespace CreditWorkbench.Core.Features;

/// <summary>Every input and feature of one case by name, and the model's vector.</summary>
public sealed class FeatureValues
{
    private readonly double[] _slots;
    private readonly float[] _model;

    internal FeatureValues(FeatureProgram program, double[] slots, float[] model) => (Program, _slots, _model) = (program, slots, model);

    /// <summary>The program that computed the values.</summary>
    public FeatureProgram Program { get; }

    /// <summary>The model's vector, in the order of <see cref="FeatureProgram.Columns"/>.</summary>
    public ReadOnlySpan<float> Model => _model;

    /// <summary>Inputs, features and built-in names, in slot order.</summary>
    public ReadOnlySpan<double> Slots => _slots;

    /// <summary>A value by name; a <see cref="CodedNaN"/> when it is missing or a special code. Categories are indices, dates day
    /// numbers.</summary>
    /// <exception cref="ArgumentException">The dictionary has no such input, feature or built-in name.</exception>
    public double this[string name] => Program.Scope.SlotOf(name) is { } slot
        ? _slots[slot]
        : throw new ArgumentException($"The scorecard {Program.Definition.Id} has no {name}.", nameof(name));

    /// <summary>A value by name; null when it is missing, a special code, or no such name exists.</summary>
    public double? Known(string name) => Program.Scope.SlotOf(name) is { } slot && !double.IsNaN(_slots[slot]) ? _slots[slot] : null;
}
