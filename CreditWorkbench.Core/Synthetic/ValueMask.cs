using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Puts a special code, or nothing, over the true value of a row.</summary>
internal sealed class ValueMask
{
    private readonly double _probability;
    private readonly ExpressionProgram? _logit;
    private readonly ExpressionProgram? _when;
    private readonly (int Input, InputValue Value)[] _written;
    private readonly (int Input, ExpressionProgram Value)[] _also;

    public ValueMask(MaskDefinition mask, int ordinal, ScorecardDefinition definition, SyntheticScope scope)
    {
        StreamName = $"{(mask.Code is null ? "missing" : "special")} {ordinal} {mask.Input}";
        _probability = mask.Probability ?? 0;
        _logit = mask.Logit is null ? null : scope.Compile(mask.Logit);
        _when = mask.When is null ? null : scope.Compile(mask.When);
        _written = [(IndexOf(definition, mask.Input), Written(definition, mask.Input, mask.Code)),
            .. mask.Together.Select(input => (IndexOf(definition, input), InputValue.Missing)),
            .. mask.SameRows.Select(other => (IndexOf(definition, other.Key), Written(definition, other.Key, other.Value)))];
        _also = [.. mask.Also.Select(other => (IndexOf(definition, other.Key), scope.Compile(other.Value, other.Key)))];
    }

    /// <summary>Names the stream.</summary>
    public string StreamName { get; }

    /// <summary>Masks a row.</summary>
    /// <param name="slots">True values.</param>
    /// <param name="stream">Stream of this mask and row.</param>
    /// <param name="observed">Values as observed; changed in place.</param>
    public void Apply(ReadOnlySpan<double> slots, RandomStream stream, InputValue[] observed)
    {
        if (!Strikes(slots, stream)) return;
        foreach (var (input, value) in _written) observed[input] = value;
        foreach (var (input, program) in _also)
        {
            var value = program.Evaluate(slots);
            observed[input] = double.IsNaN(value) ? InputValue.Missing : InputValue.OfNumber(value);
        }
    }

    private bool Strikes(ReadOnlySpan<double> slots, RandomStream stream)
    {
        if (_when is not null) return _when.Evaluate(slots) is not (double.NaN or 0);
        var probability = _logit is null ? _probability : ReproducibleMath.Logistic(_logit.Evaluate(slots));
        return stream.Uniform() < probability;
    }

    private static InputValue Written(ScorecardDefinition definition, string input, string? code)
    {
        if (code is null) return InputValue.Missing;
        var written = new RecordValidator(definition).Validate(new Dictionary<string, RawValue> { [input] = RawValue.OfSpecial(code) }, RecordReading.Stored);
        return written.Succeeded ? written.Value[input] : throw new ArgumentException(written.Problems[0].Message, nameof(code));
    }

    private static int IndexOf(ScorecardDefinition definition, string input)
    {
        for (var i = 0; i < definition.Inputs.Count; i++)
        {
            if (definition.Inputs[i].Name == input) return i;
        }

        throw new ArgumentException($"The scorecard {definition.Id} has no input {input}.", nameof(input));
    }
}
