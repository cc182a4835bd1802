using CreditWorkbench.Core.Scorecards;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

public sealed class ExpressionParserTests
{
    private static readonly string[] Names = ["income", "age_years", "x", "Cleint_City_Rating"];

    [Theory]
    [InlineData("1+2*3", "1 + 2 * 3")]
    [InlineData("(1+2)*3", "(1 + 2) * 3")]
    [InlineData("a-(b-c)", "a - (b - c)")]
    [InlineData("a-b-c", "a - b - c")]
    [InlineData("a/(b*c)", "a / (b * c)")]
    [InlineData("-x*3", "-x * 3")]
    [InlineData("-(x+1)", "-(x + 1)")]
    [InlineData("a - -1", "a - -1")]
    [InlineData("not a == 1 and b", "not a == 1 and b")]
    [InlineData("not (a and b) or c", "not (a and b) or c")]
    [InlineData("(a or b) and c", "(a or b) and c")]
    [InlineData("p in ('car','home', 'it''s')", "p in ('car', 'home', 'it''s')")]
    [InlineData("1e3", "1000")]
    [InlineData(".5", "0.5")]
    [InlineData("true", "1")]
    [InlineData("if(c, a, b)", "if(c, a, b)")]
    [InlineData("count(t, months: 6, where: amount<0)", "count(t, months: 6, where: amount < 0)")]
    [InlineData("sum(max(t.amount,0),months:6)", "sum(max(t.amount, 0), months: 6)")]
    [InlineData("1 + (z > 1.55) + (z > 2)", "1 + (z > 1.55) + (z > 2)")]
    public void Text_OfEveryConstruct_IsCanonical(string written, string canonical)
    {
        var expression = ExpressionParser.Parse(written).Value;

        Assert.Equal(canonical, ExpressionText.Of(expression));
    }

    [Theory]
    [InlineData("", 0, "the end")]
    [InlineData("a +", 3, "the end")]
    [InlineData("a b", 2, "'b'")]
    [InlineData("a = 1", 2, "'=='")]
    [InlineData("a < b < c", 6, "do not chain")]
    [InlineData("f(a,", 4, "the end")]
    [InlineData("(a", 2, "')'")]
    [InlineData("'abc", 0, "does not end")]
    [InlineData("2x", 0, "neither a number nor a name")]
    [InlineData("1e999", 0, "not a number")]
    [InlineData("a ? b", 2, "not part of the language")]
    [InlineData("count(t, months: 6, where)", 20, "before those with one")]
    [InlineData("count(t, months: 6, months: 3)", 20, "twice")]
    [InlineData("x in 'a'", 5, "'('")]
    [InlineData("t.", 2, "column of t")]
    [InlineData("a and and b", 6, "expected a value")]
    public void Parse_Fault_NamesOffsetAndReason(string written, int offset, string reason)
    {
        var problem = Assert.Single(ExpressionParser.Parse(written).Problems);

        Assert.Equal("scorecard.expression.syntax", problem.Code);
        Assert.StartsWith($"Offset {offset}: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNestingAndLongText_AreRefusedWithoutOverflow()
    {
        Assert.False(ExpressionParser.Parse(new string('(', 5000) + "1" + new string(')', 5000)).Succeeded);
        Assert.False(ExpressionParser.Parse(new string('-', 5000) + "x").Succeeded);
        Assert.False(ExpressionParser.Parse(new string('1', 9000)).Succeeded);
        Assert.True(ExpressionParser.Parse(new string('(', 90) + "1" + new string(')', 90)).Succeeded);
    }

    [Fact]
    public void Positions_OfNamesAndOperators_AreOffsetsInTheText()
    {
        var sum = Assert.IsType<BinaryOperation>(ExpressionParser.Parse("  ab * 2 + cd").Value);

        Assert.Equal(9, sum.Position);
        Assert.Equal(11, sum.Right.Position);
        Assert.Equal(5, sum.Left.Position);
    }

    [Fact]
    public void Parse_PrintedTree_IsTheSameTree()
    {
        var trees = Gen.Sized(size => Tree(Math.Min(size, 6))).ToArbitrary();

        Prop.ForAll(trees, tree =>
        {
            var text = ExpressionText.Of(tree);
            var again = ExpressionParser.Parse(text);
            return again.Succeeded && Shape(again.Value) == Shape(tree);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Fully parenthesised form: equal for equal trees, whatever the printer leaves out.</summary>
    private static string Shape(Expression expression) => expression switch
    {
        NumberLiteral number => $"#{BitConverter.DoubleToInt64Bits(number.Value)}",
        TextLiteral text => $"'{text.Value}'",
        NameReference name => $"{name.Table}.{name.Name}",
        UnaryOperation operation => $"({operation.Operator} {Shape(operation.Operand)})",
        BinaryOperation operation => $"({Shape(operation.Left)} {operation.Operator} {Shape(operation.Right)})",
        Membership membership => $"({Shape(membership.Operand)} in [{string.Join(";", membership.Items.Select(Shape))}])",
        FunctionCall call => $"{call.Name}[{string.Join(";", call.Arguments.Select(Shape))}|{string.Join(";", call.Named.Select(named => named.Name + Shape(named.Value)))}]",
        _ => throw new ArgumentException("Unknown kind."),
    };

    private static Gen<Expression> Tree(int depth)
    {
        var leaves = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => (Expression)new NumberLiteral(0, value.Get)),
            Gen.Elements("", "a", "it's", "--'").Select(text => (Expression)new TextLiteral(0, text)),
            Gen.Elements(Names).Select(name => (Expression)new NameReference(0, name)),
            Gen.Elements(Names).Select(name => (Expression)new NameReference(0, name, "t")));
        if (depth == 0) return leaves;
        var inner = Tree(depth - 1);
        return Gen.OneOf(
            leaves,
            Gen.Elements("-", "not").SelectMany(op => inner.Select(operand => (Expression)new UnaryOperation(0, op, operand))),
            Gen.Elements("+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or")
                .SelectMany(op => inner.SelectMany(left => inner.Select(right => (Expression)new BinaryOperation(0, op, left, right)))),
            inner.SelectMany(operand => inner.Select(item => (Expression)new Membership(0, operand, [item, new TextLiteral(0, "b")]))),
            inner.SelectMany(first => inner.Select(second => (Expression)new FunctionCall(0, "min", [first, second], []))),
            inner.Select(where => (Expression)new FunctionCall(0, "count", [new NameReference(0, "t")], [new(0, "months", new NumberLiteral(0, 6)), new(0, "where", where)])));
    }
}
