using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads the text of an expression into its tree; names and types are the checker's matter.</summary>
/// <remarks>Recursive descent. From loosest to tightest: or; and; not; comparison and in (they do not chain); + -; * /; unary minus.
/// Operators of one level associate to the left. A minus directly before a number is part of the number.</remarks>
public static class ExpressionParser
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int LongestText = 8000;

    /// <summary>Deepest nesting that is read.</summary>
    public const int DeepestNesting = 100;

    /// <summary>The tree of a text, or one problem <c>scorecard.expression.syntax</c> that names the zero-based offset.</summary>
    public static Outcome<Expression> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (expression, fault) = TryParse(text);
        return fault is null
            ? Outcome<Expression>.Success(expression!)
            : new Problem("scorecard.expression.syntax", string.Create(CultureInfo.InvariantCulture, $"Offset {fault.Position}: {fault.Reason}."));
    }

    /// <summary>The tree, or the first fault.</summary>
    internal static (Expression? Expression, ExpressionFault? Fault) TryParse(string text)
    {
        if (text.Length > LongestText) return (null, new(LongestText, $"an expression has at most {LongestText} characters"));
        var (tokens, fault) = ExpressionLexer.Tokens(text);
        if (fault is not null) return (null, fault);
        var descent = new Descent(tokens);
        var expression = descent.Whole();
        return descent.Fault is null ? (expression, null) : (null, descent.Fault);
    }

    /// <summary>One pass over the tokens; null everywhere after the first fault.</summary>
    private sealed class Descent(IReadOnlyList<ExpressionToken> tokens)
    {
        private int _at;
        private int _depth;

        public ExpressionFault? Fault { get; private set; }

        private ExpressionToken Current => tokens[_at];

        public Expression? Whole()
        {
            var expression = Disjunction();
            if (Fault is null && Current.Kind != ExpressionTokenKind.End) Fail($"expected an operator or the end, found {Current.Shown}");
            return expression;
        }

        private Expression? Disjunction() => LeftChain(Conjunction, ["or"]);

        private Expression? Conjunction() => LeftChain(Negation, ["and"]);

        private Expression? Negation()
        {
            if (!Current.IsWord("not")) return Comparison();
            var position = Take().Position;
            var operand = Deeper(Negation);
            return operand is null ? null : new UnaryOperation(position, "not", operand);
        }

        private Expression? Comparison()
        {
            var left = Sum();
            if (left is null) return null;
            if (Current.IsWord("in"))
            {
                Take();
                left = Members(left);
            }
            else if (IsComparison(Current))
            {
                var op = Take();
                var right = Sum();
                left = right is null ? null : new BinaryOperation(op.Position, op.Text, left, right);
            }
            if (left is not null && (IsComparison(Current) || Current.IsWord("in"))) return Fail("comparisons do not chain; join them with and");
            return left;
        }

        private Membership? Members(Expression operand)
        {
            if (!Expect("(")) return null;
            var items = new List<Expression>();
            do
            {
                if (Sum() is not { } item) return null;
                items.Add(item);
            }
            while (TakeSymbol(","));
            return Expect(")") ? new Membership(operand.Position, operand, items) : null;
        }

        private Expression? Sum() => LeftChain(Product, ["+", "-"]);

        private Expression? Product() => LeftChain(Signed, ["*", "/"]);

        private Expression? LeftChain(Func<Expression?> level, string[] operators)
        {
            var left = level();
            while (left is not null && Current.Kind is ExpressionTokenKind.Symbol or ExpressionTokenKind.Word && operators.Contains(Current.Text))
            {
                var op = Take();
                var right = level();
                left = right is null ? null : new BinaryOperation(op.Position, op.Text, left, right);
            }
            return left;
        }

        private Expression? Signed()
        {
            if (!Current.IsSymbol("-")) return Primary();
            var position = Take().Position;
            if (Current.Kind == ExpressionTokenKind.Number) return new NumberLiteral(position, -Take().Number);
            var operand = Deeper(Signed);
            return operand is null ? null : new UnaryOperation(position, "-", operand);
        }

        private Expression? Primary()
        {
            var token = Current;
            if (token.Kind == ExpressionTokenKind.Number) return new NumberLiteral(token.Position, Take().Number);
            if (token.Kind == ExpressionTokenKind.Text) return new TextLiteral(token.Position, Take().Text);
            if (token.IsSymbol("("))
            {
                Take();
                var inner = Deeper(Disjunction);
                return inner is not null && Expect(")") ? inner : null;
            }
            if (token.Kind != ExpressionTokenKind.Word || IsReserved(token.Text)) return Fail($"expected a value, found {token.Shown}");
            return Named();
        }

        private Expression? Named()
        {
            var name = Take();
            if (name.Text is "true" or "false") return new NumberLiteral(name.Position, name.Text == "true" ? 1 : 0);
            if (Current.IsSymbol("(")) return Call(name);
            if (!TakeSymbol(".")) return new NameReference(name.Position, name.Text);
            if (Current.Kind != ExpressionTokenKind.Word || IsReserved(Current.Text)) return Fail($"expected a column of {name.Text}, found {Current.Shown}");
            return new NameReference(name.Position, Take().Text, name.Text);
        }

        private FunctionCall? Call(ExpressionToken name)
        {
            Take();
            var arguments = new List<Expression>();
            var named = new List<NamedArgument>();
            if (!TakeSymbol(")"))
            {
                do
                {
                    if (!Argument(arguments, named)) return null;
                }
                while (TakeSymbol(","));
                if (!Expect(")")) return null;
            }
            return new FunctionCall(name.Position, name.Text, arguments, named);
        }

        private bool Argument(List<Expression> arguments, List<NamedArgument> named)
        {
            if (Current.Kind == ExpressionTokenKind.Word && tokens[_at + 1].IsSymbol(":"))
            {
                var label = Take();
                Take();
                if (named.Any(other => other.Name == label.Text)) return Fail(label.Position, $"{label.Text} is given twice") is not null;
                var value = Deeper(Disjunction);
                if (value is not null) named.Add(new(label.Position, label.Text, value));
                return value is not null;
            }
            if (named.Count > 0) return Fail("an argument without a name comes before those with one") is not null;
            var argument = Deeper(Disjunction);
            if (argument is not null) arguments.Add(argument);
            return argument is not null;
        }

        private Expression? Deeper(Func<Expression?> level)
        {
            if (++_depth > DeepestNesting) return Fail($"nested more than {DeepestNesting} deep");
            var inner = level();
            _depth--;
            return inner;
        }

        private ExpressionToken Take() => tokens[_at++];

        private bool TakeSymbol(string symbol)
        {
            if (!Current.IsSymbol(symbol)) return false;
            _at++;
            return true;
        }

        private bool Expect(string symbol) => TakeSymbol(symbol) || Fail($"expected '{symbol}', found {Current.Shown}") is not null;

        private Expression? Fail(string reason) => Fail(Current.Position, reason);

        private Expression? Fail(int position, string reason)
        {
            Fault ??= new(position, reason);
            return null;
        }

        private static bool IsComparison(ExpressionToken token) =>
            token.Kind == ExpressionTokenKind.Symbol && token.Text is "==" or "!=" or "<" or "<=" or ">" or ">=";

        private static bool IsReserved(string word) => word is "and" or "or" or "not" or "in";
    }
}
