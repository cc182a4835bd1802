using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Draws one value of a row: z from the factors, the value from z, then what drift and bias make of it.</summary>
internal sealed class ValueDraw
{
    private readonly SyntheticScope _scope;
    private readonly FactorLoadings _loadings;
    private readonly ExpressionProgram _value;
    private readonly ExpressionProgram[] _drift;
    private readonly ExpressionProgram[] _bias;
    private readonly InputType? _type;
    private readonly int _slot;
    private readonly bool _readsE;
    private readonly bool _readsV;

    public ValueDraw(DrawDefinition draw, SyntheticScope scope, FactorCorrelations factors, SyntheticDefinition synthetic, InputType? type)
    {
        (Name, _scope, _slot, _type) = (draw.Name, scope, scope.SlotOf(draw.Name), type);
        _loadings = factors.Of(draw.Name, draw.Loadings, scope.SlotOf);
        _value = scope.Compile(draw.Value, draw.Name);
        _drift = Replacements(synthetic.Drift);
        _bias = Replacements(synthetic.Bias);
        var names = synthetic.Drift.Concat(synthetic.Bias).Where(effect => effect.Draw == draw.Name).Select(effect => effect.DrawValue!)
            .Append(draw.Value).SelectMany(ExpressionNames.References).Select(reference => reference.Name).ToHashSet(StringComparer.Ordinal);
        (_readsE, _readsV) = (names.Contains("e"), names.Contains("v"));
    }

    /// <summary>Name of the draw, which names its stream.</summary>
    public string Name { get; }

    /// <summary>Draws the value into its slot.</summary>
    public void Draw(Span<double> slots, RandomStream stream, in SyntheticSwitches switches)
    {
        slots[_scope.Z] = _loadings.Combine(slots, stream.Normal());
        slots[_scope.U] = Math.Clamp(NormalDistribution.Cumulative(slots[_scope.Z]), double.Epsilon, 1 - 1e-16);
        // Both are always taken from the stream, so that reading one does not move the other.
        var (e, v) = (stream.Uniform(), stream.Uniform());
        if (_readsE) slots[_scope.E] = NormalDistribution.Quantile(e);
        if (_readsV) slots[_scope.V] = v;
        slots[_slot] = _value.Evaluate(slots);
        Replace(_drift, switches.Drift, slots);
        Replace(_bias, switches.Bias, slots);
        slots[_slot] = Rounded(slots[_slot]);
    }

    private void Replace(ExpressionProgram[] replacements, double strength, Span<double> slots)
    {
        if (strength == 0) return;
        slots[_scope.X] = strength;
        foreach (var replacement in replacements) slots[_slot] = replacement.Evaluate(slots);
    }

    private ExpressionProgram[] Replacements(IReadOnlyList<SwitchEffect> effects) =>
        [.. effects.Where(effect => effect.Draw == Name).Select(effect => _scope.Compile(effect.DrawValue!, Name))];

    private double Rounded(double value) => _type switch
    {
        InputType.Integer or InputType.Flag or InputType.Date => Math.Round(value, MidpointRounding.ToEven) + 0.0,
        InputType.Number => SixDigits(value),
        _ => value,
    };

    // Nobody states an income to the millionth of a rupiah: six significant digits, but never coarser than whole units.
    private static double SixDigits(double value)
    {
        if (!double.IsFinite(value) || value == 0) return value;
        var (decimals, size) = (0, Math.Abs(value));
        while (size < 100_000 && decimals < 12)
        {
            size *= 10;
            decimals++;
        }

        return Math.Round(value, decimals, MidpointRounding.ToEven) + 0.0;
    }
}
