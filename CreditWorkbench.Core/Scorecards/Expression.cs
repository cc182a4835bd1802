namespace CreditWorkbench.Core.Scorecards;

/// <summary>Syntax tree of an expression of the dictionary. Immutable; names are resolved by the checker.</summary>
/// <param name="Position">Zero-based offset in the expression's text.</param>
public abstract record Expression(int Position);

/// <summary>A number; true and false are 1 and 0.</summary>
public sealed record NumberLiteral(int Position, double Value) : Expression(Position);

/// <summary>A text in single quotes.</summary>
public sealed record TextLiteral(int Position, string Value) : Expression(Position);

/// <summary>An input, an earlier feature, or a built-in name (amount, months, change ...). <c>Table</c> is set for <c>table.column</c>.</summary>
public sealed record NameReference(int Position, string Name, string? Table = null) : Expression(Position);

/// <summary>Unary minus (<c>-</c>) or <c>not</c>.</summary>
public sealed record UnaryOperation(int Position, string Operator, Expression Operand) : Expression(Position);

/// <summary>One of <c>+ - * / == != &lt; &lt;= &gt; &gt;= and or</c>.</summary>
public sealed record BinaryOperation(int Position, string Operator, Expression Left, Expression Right) : Expression(Position);

/// <summary><c>x in (a, b)</c>.</summary>
public sealed record Membership(int Position, Expression Operand, IReadOnlyList<Expression> Items) : Expression(Position);

/// <summary>A function with positional and, for aggregates, named arguments (<c>months: 6, where: ...</c>).</summary>
public sealed record FunctionCall(int Position, string Name, IReadOnlyList<Expression> Arguments, IReadOnlyList<NamedArgument> Named) : Expression(Position);

/// <summary>A named argument of an aggregate.</summary>
public sealed record NamedArgument(int Position, string Name, Expression Value);
