namespace CreditWorkbench.Core.Scorecards;

/// <summary>Names that an expression reads.</summary>
public static class ExpressionNames
{
    /// <summary>Every name reference, from left to right, also those with a table.</summary>
    public static IEnumerable<NameReference> References(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return expression is NameReference name ? [name] : Parts(expression).SelectMany(References);
    }

    /// <summary>The direct parts of an expression, from left to right.</summary>
    internal static IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        UnaryOperation operation => [operation.Operand],
        BinaryOperation operation => [operation.Left, operation.Right],
        Membership membership => [membership.Operand, .. membership.Items],
        FunctionCall call => [.. call.Arguments, .. call.Named.Select(named => named.Value)],
        _ => [],
    };
}
