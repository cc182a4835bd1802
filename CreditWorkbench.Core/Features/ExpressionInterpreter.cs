namespace CreditWorkbench.Core.Features;

/// <summary>Evaluates a bound expression by walking its tree: the plain meaning that the compiled program is tested against.</summary>
internal static class ExpressionInterpreter
{
    /// <summary>The expression's value on a row; a missing or coded result is missing.</summary>
    public static double Evaluate(BoundExpression expression, ReadOnlySpan<double> slots)
    {
        var value = Walk(expression, slots);
        return double.IsNaN(value) ? Operations.Missing : value;
    }

    private static double Walk(BoundExpression expression, ReadOnlySpan<double> slots)
    {
        switch (expression.Operation)
        {
            case Operation.Constant: return expression.Constant;
            case Operation.Slot: return slots[expression.Slot];
            default:
                var parts = new double[expression.Parts.Length];
                for (var i = 0; i < parts.Length; i++) parts[i] = Walk(expression.Parts[i], slots);
                return Operations.Apply(expression.Operation, parts, expression.Constant, expression.Transform);
        }
    }
}
