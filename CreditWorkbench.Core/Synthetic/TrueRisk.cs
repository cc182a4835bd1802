using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>The stated truth: log-odds from true values, and the probability of each outcome.</summary>
internal sealed class TrueRisk
{
    private readonly SyntheticScope _scope;
    private readonly SyntheticDefinition _synthetic;
    private readonly (double Weight, ExpressionProgram Value, ExpressionProgram[] Drift, ExpressionProgram[] Bias)[] _terms;
    private readonly ExpressionProgram[] _driftAdditions;
    private readonly ExpressionProgram[] _biasAdditions;

    public TrueRisk(SyntheticDefinition synthetic, SyntheticScope scope)
    {
        (_scope, _synthetic) = (scope, synthetic);
        _terms = [.. synthetic.Terms.Select(term => (term.Weight, scope.Compile(term.Value), Factors(synthetic.Drift, term.Name), Factors(synthetic.Bias, term.Name)))];
        _driftAdditions = Additions(synthetic.Drift);
        _biasAdditions = Additions(synthetic.Bias);
    }

    /// <summary>Log-odds of a row without noise. A term that is missing adds nothing.</summary>
    public double LogOdds(Span<double> slots, in SyntheticSwitches switches)
    {
        var sum = _synthetic.Intercept;
        foreach (var (weight, value, drift, bias) in _terms)
        {
            var factor = Times(drift, switches.Drift, slots) * Times(bias, switches.Bias, slots);
            sum += weight * factor * Known(value.Evaluate(slots), 0);
        }

        return sum + Sum(_driftAdditions, switches.Drift, slots) + Sum(_biasAdditions, switches.Bias, slots);
    }

    /// <summary>Probability of each outcome: good and bad, or the classes under proportional odds.</summary>
    public double[] Probabilities(double logOdds)
    {
        if (_synthetic.Cuts.Count == 0)
        {
            var bad = ReproducibleMath.Logistic(logOdds);
            return [1 - bad, bad];
        }

        var classes = new double[_synthetic.Cuts.Count + 1];
        var atLeast = 1.0;
        for (var cut = 0; cut < _synthetic.Cuts.Count; cut++)
        {
            var worse = ReproducibleMath.Logistic(logOdds - _synthetic.Cuts[cut]);
            classes[cut] = atLeast - worse;
            atLeast = worse;
        }

        classes[^1] = atLeast;
        return classes;
    }

    private ExpressionProgram[] Factors(IReadOnlyList<SwitchEffect> effects, string term) =>
        [.. effects.Where(effect => effect.Term == term).Select(effect => _scope.Compile(effect.TermFactor!))];

    private ExpressionProgram[] Additions(IReadOnlyList<SwitchEffect> effects) =>
        [.. effects.Where(effect => effect.AddToRisk is not null).Select(effect => _scope.Compile(effect.AddToRisk!))];

    private double Times(ExpressionProgram[] factors, double strength, Span<double> slots)
    {
        if (strength == 0) return 1;
        slots[_scope.X] = strength;
        var product = 1.0;
        foreach (var factor in factors) product *= Known(factor.Evaluate(slots), 1);
        return product;
    }

    private double Sum(ExpressionProgram[] additions, double strength, Span<double> slots)
    {
        if (strength == 0) return 0;
        slots[_scope.X] = strength;
        var sum = 0.0;
        foreach (var addition in additions) sum += Known(addition.Evaluate(slots), 0);
        return sum;
    }

    private static double Known(double value, double otherwise) => double.IsNaN(value) ? otherwise : value;
}
