using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Prints an expression in its one canonical form: single blanks around operators, no parentheses that the reading does not
/// need, shortest numbers that read back to the same double. Reading the text gives the same tree.</summary>
public static class ExpressionText
{
    private const int Or = 1, And = 2, Not = 3, Comparison = 4, Sum = 5, Product = 6, Sign = 7, Primary = 8;

    /// <summary>The canonical text.</summary>
    public static string Of(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return expression switch
        {
            NumberLiteral number => Number(number.Value),
            TextLiteral text => Quoted(text.Value),
            NameReference { Table: null } name => name.Name,
            NameReference name => $"{name.Table}.{name.Name}",
            UnaryOperation { Operator: "not" } negation => $"not {Inside(negation.Operand, Not)}",
            UnaryOperation sign => "-" + Inside(sign.Operand, sign.Operand is NumberLiteral ? Primary + 1 : Sign),
            BinaryOperation operation => Binary(operation),
            Membership membership => $"{Inside(membership.Operand, Sum)} in ({string.Join(", ", membership.Items.Select(item => Inside(item, Sum)))})",
            FunctionCall call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Of).Concat(call.Named.Select(named => $"{named.Name}: {Of(named.Value)}")))})",
            _ => throw new ArgumentException($"Unknown kind of expression {expression.GetType().Name}.", nameof(expression)),
        };
    }

    /// <summary>A number in its shortest form that reads back to the same double.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A text in single quotes, quotes inside doubled.</summary>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Binary(BinaryOperation operation)
    {
        var level = Level(operation);
        var left = Inside(operation.Left, level == Comparison ? Sum : level);
        var right = Inside(operation.Right, level + 1);
        return $"{left} {operation.Operator} {right}";
    }

    private static string Inside(Expression expression, int loosest) => Level(expression) < loosest ? $"({Of(expression)})" : Of(expression);

    private static int Level(Expression expression) => expression switch
    {
        BinaryOperation { Operator: "or" } => Or,
        BinaryOperation { Operator: "and" } => And,
        BinaryOperation { Operator: "+" or "-" } => Sum,
        BinaryOperation { Operator: "*" or "/" } => Product,
        BinaryOperation or Membership => Comparison,
        UnaryOperation { Operator: "not" } => Not,
        UnaryOperation => Sign,
        _ => Primary,
    };
}
