using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Features;

/// <summary>Short names for syntax trees.</summary>
internal static class Syntax
{
    public static Expression Num(double value) => new NumberLiteral(0, value);

    public static Expression Text(string value) => new TextLiteral(0, value);

    public static Expression Name(string name) => new NameReference(0, name);

    public static Expression Op(Expression left, string operation, Expression right) => new BinaryOperation(0, operation, left, right);

    public static Expression Unary(string operation, Expression operand) => new UnaryOperation(0, operation, operand);

    public static Expression In(Expression operand, params Expression[] items) => new Membership(0, operand, items);

    public static Expression Call(string name, params Expression[] arguments) => new FunctionCall(0, name, arguments, []);
}
