using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Samples the rows of one file. Holds the row that it works on, so it is not shared between threads.</summary>
internal sealed class RowSampler
{
    private readonly ScorecardDefinition _definition;
    private readonly SyntheticDefinition _synthetic;
    private readonly SyntheticSwitches _switches;
    private readonly FeatureProgram _features;
    private readonly (FactorLoadings Loadings, int Slot, ulong Key)[] _factors;
    private readonly (ValueDraw Draw, ulong Key)[] _draws;
    private readonly (ValueMask Mask, ulong Key)[] _masks;
    private readonly (ExpressionProgram Share, double Strength, ulong Key)[] _kept;
    private readonly TrueRisk _risk;
    private readonly SyntheticScope _scope;
    private readonly double[] _slots;
    private readonly bool[] _isDrawn;
    private readonly ulong _dateKey;
    private readonly ulong _noiseKey;
    private readonly ulong _outcomeKey;
    private readonly ulong _textKey;

    public RowSampler(ScorecardDefinition definition, SyntheticDefinition synthetic, FittedTransforms fitted, SyntheticSwitches switches)
    {
        (_definition, _synthetic, _switches) = (definition, synthetic, switches);
        _features = FeatureProgram.Compile(definition, fitted);
        _scope = new SyntheticScope(_features, synthetic);
        _slots = new double[_scope.Scope.SlotCount];
        var correlations = new FactorCorrelations();
        _factors = [.. synthetic.Factors.Select(factor => (correlations.Add(factor, _scope.SlotOf), _scope.SlotOf(factor.Name), Key("factor " + factor.Name)))];
        _draws = [.. synthetic.Draws.Select(draw => (new ValueDraw(draw, _scope, correlations, synthetic, definition.Input(draw.Name)?.Type), Key("draw " + draw.Name)))];
        _isDrawn = [.. definition.Inputs.Select(input => synthetic.Draws.Any(draw => draw.Name == input.Name))];
        _masks = [.. synthetic.Specials.Concat(synthetic.Missing).Index()
            .Select(mask => new ValueMask(mask.Item, mask.Index, definition, _scope)).Select(mask => (mask, Key(mask.StreamName)))];
        _kept = [.. Kept(synthetic.Drift, switches.Drift, "drift"), .. Kept(synthetic.Bias, switches.Bias, "bias")];
        _risk = new TrueRisk(synthetic, _scope);
        (_dateKey, _noiseKey, _outcomeKey, _textKey) = (Key("date"), Key("noise"), Key("outcome"), Key("text"));
    }

    /// <summary>The row with its truth; null when the switches drop it.</summary>
    public SyntheticRow? Sample(long row)
    {
        var truth = SampleTrue(row);
        _features.ComputeSlots(_slots);
        if (IsDropped(row)) return null;
        var observed = truth.Values.ToArray();
        foreach (var (mask, key) in _masks) mask.Apply(_slots, new RandomStream(key, row), observed);
        var logOdds = _risk.LogOdds(_slots, _switches);
        var drawn = logOdds + _synthetic.Noise * new RandomStream(_noiseKey, row).Normal();
        var probabilities = _risk.Probabilities(drawn);
        var outcome = Pick(probabilities, new RandomStream(_outcomeKey, row).Uniform());
        return new SyntheticRow(SyntheticGenerator.IdOf(_definition.Id, row), Date(row), new InputRecord(_definition, observed), truth, outcome, logOdds, drawn, probabilities);
    }

    /// <summary>The true values of a row; their slots stay filled until the next row.</summary>
    public InputRecord SampleTrue(long row)
    {
        Array.Fill(_slots, Operations.Missing);
        foreach (var (loadings, slot, key) in _factors) _slots[slot] = loadings.Combine(_slots, new RandomStream(key, row).Normal());
        foreach (var (draw, key) in _draws) draw.Draw(_slots, new RandomStream(key, row), _switches);
        var values = new InputValue[_definition.Inputs.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _isDrawn[i] ? Known(_slots[i]) : Undrawn(i, row);
            if (!_isDrawn[i] && values[i].Kind == InputValueKind.Number) _slots[i] = values[i].Number;
        }

        return new InputRecord(_definition, values);
    }

    private static InputValue Known(double value) => double.IsNaN(value) ? InputValue.Missing : InputValue.OfNumber(value);

    private InputValue Undrawn(int index, long row)
    {
        var input = _definition.Inputs[index];
        if (input.Type == InputType.Text) return MadeUpTexts.For(input, _definition.SubjectIsCompany, new RandomStream(_textKey + (ulong)index, row));
        var isDay = input.Type is InputType.Date or InputType.DateTime && (input.Role == InputRole.AsOf || input.Name == _definition.Keys.Time);
        return isDay ? InputValue.OfNumber(Date(row).DayNumber) : InputValue.Missing;
    }

    private bool IsDropped(long row)
    {
        foreach (var (share, strength, key) in _kept)
        {
            _slots[_scope.X] = strength;
            if (new RandomStream(key, row).Uniform() >= share.Evaluate(_slots)) return true;
        }

        return false;
    }

    private IEnumerable<(ExpressionProgram, double, ulong)> Kept(IReadOnlyList<SwitchEffect> effects, double strength, string name) =>
        strength == 0 ? [] : effects.Index().Where(effect => effect.Item.Keep is not null)
            .Select(effect => (_scope.Compile(effect.Item.Keep!), strength, Key($"{name} keep {effect.Index}")));

    private DateOnly Date(long row)
    {
        var (first, last) = _synthetic.Period;
        return first.AddDays((int)(new RandomStream(_dateKey, row).Uniform() * (last.DayNumber - first.DayNumber + 1)));
    }

    private static int Pick(double[] probabilities, double uniform)
    {
        // Summed from the worst outcome down, so that one uniform orders the rows by risk.
        var cumulated = 0.0;
        for (var outcome = probabilities.Length - 1; outcome > 0; outcome--)
        {
            cumulated += probabilities[outcome];
            if (uniform < cumulated) return outcome;
        }

        return 0;
    }

    private ulong Key(string name) => RandomStream.KeyOf(_switches.Seed, _definition.Id, name);
}
