using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>A compiled expression outside the model: a rule, a cost, a bound of an action, a baseline. It reads inputs, all
/// features and the built-in names <c>amount</c>, <c>term_months</c>, <c>change</c>, <c>new</c>, <c>old</c>, <c>months</c>.</summary>
public sealed class PolicyExpression
{
    private const int SlotsInFrame = 256;
    private readonly FeatureProgram _features;
    private readonly ExpressionProgram _program;

    private PolicyExpression(FeatureProgram features, ExpressionProgram program) => (_features, _program) = (features, program);

    /// <summary>Compiles an expression of a dictionary.</summary>
    /// <param name="features">The program whose names it reads.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="target">Input whose category codes a text result stands for (the bound of a <c>set</c> action); else null.</param>
    /// <exception cref="ArgumentException">A name, function or text does not fit the dictionary.</exception>
    public static PolicyExpression Compile(FeatureProgram features, Expression expression, string? target = null) =>
        new(features, ExpressionCompiler.Compile(features.Bind(expression, target)));

    /// <summary>The value on a row of slots; NaN when missing.</summary>
    /// <param name="slots">As <see cref="FeatureProgram.Run(Intake.InputRecord, Span{double}, Span{float}, ApplicationTerms)"/> filled them.</param>
    public double Evaluate(ReadOnlySpan<double> slots) => _program.Evaluate(slots);

    /// <summary>The value for a case; NaN when missing.</summary>
    public double Evaluate(FeatureValues values) => _program.Evaluate(values.Slots);

    /// <summary>The value for a case under an action's change; NaN when missing.</summary>
    public double Evaluate(FeatureValues values, ActionChange change)
    {
        Span<double> slots = values.Slots.Length <= SlotsInFrame ? stackalloc double[values.Slots.Length] : new double[values.Slots.Length];
        values.Slots.CopyTo(slots);
        _features.SetChange(slots, change);
        return _program.Evaluate(slots);
    }

    /// <summary>Whether a condition holds; a missing one does not fire.</summary>
    public bool Holds(FeatureValues values) => Evaluate(values) is not (double.NaN or 0);
}
