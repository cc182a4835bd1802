using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;
using Xunit;
using static CreditWorkbench.Tests.Features.Syntax;

namespace CreditWorkbench.Tests.Features;

/// <summary>The compiled program against the tree walk on random expressions and rows.</summary>
public sealed class InterpreterCompilerTests
{
    private static readonly string[] Binary = ["+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or"];
    private static readonly string[] UnaryFunctions = ["log", "log1p", "exp", "sqrt", "abs", "floor", "ceil", "round", "is_missing", "phi", "logistic", "frequency"];
    private static readonly string[] Variadic = ["min", "max", "coalesce", "mean_of", "map"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compiler_RandomExpressionsAndRows_EqualsInterpreterBitForBit(int seed)
    {
        var random = new Random(seed);
        var scope = Scope();
        var missing = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            var expression = Grow(random, depth: 5);
            var fitted = FittedCalls.In(expression).ToDictionary(call => call, Fit, (IEqualityComparer<FunctionCall>)ReferenceEqualityComparer.Instance);
            var bound = new ExpressionBinder(scope, fitted).Bind(expression);
            var program = ExpressionCompiler.Compile(bound);
            for (var row = 0; row < 50; row++)
            {
                var slots = Row(random, scope.SlotCount);

                var interpreted = ExpressionInterpreter.Evaluate(bound, slots);
                var compiled = program.Evaluate(slots);

                if (double.IsNaN(interpreted)) missing++;
                Assert.Equal(BitConverter.DoubleToInt64Bits(interpreted), BitConverter.DoubleToInt64Bits(compiled));
            }
        }

        Assert.InRange(missing, 1_000, 19_000);
    }

    [Fact]
    public void Compiler_ExpressionDeeperThanTheFrame_EqualsInterpreter()
    {
        var scope = Scope();
        var expression = Enumerable.Range(0, 200).Aggregate(Name("a"), (inner, i) => Op(Num(i), "-", inner));
        var bound = new ExpressionBinder(scope, new Dictionary<FunctionCall, FittedTransform>()).Bind(expression);
        double[] slots = [7, 0, 0, 0];

        Assert.Equal(107, ExpressionInterpreter.Evaluate(bound, slots));
        Assert.Equal(107, ExpressionCompiler.Compile(bound).Evaluate(slots));
    }

    private static ExpressionScope Scope()
    {
        var scope = new ExpressionScope();
        scope.AddNumber("a");
        scope.AddNumber("b");
        scope.AddInput(Dictionaries.Number("coded", "-1", "-2"));
        scope.AddCategory("kind", ["x", "y", "z"]);
        return scope;
    }

    private static FittedTransform Fit(FunctionCall call) => TransformFitter.Fit(call, [0, 1, 1, 2], []);

    private static double[] Row(Random random, int slots)
    {
        var row = new double[slots];
        for (var i = 0; i < slots - 1; i++)
        {
            row[i] = random.Next(6) switch
            {
                0 => CodedNaN.OfDouble(0),
                1 => CodedNaN.OfDouble(random.Next(1, 3)),
                2 => 0,
                3 => random.Next(-3, 4),
                _ => 20 * (random.NextDouble() - 0.5),
            };
        }

        row[^1] = random.Next(3);
        return row;
    }

    private static Expression Grow(Random random, int depth)
    {
        if (depth == 0) return Leaf(random);
        Expression Part() => Grow(random, depth - 1 - random.Next(depth));
        return random.Next(9) switch
        {
            0 or 1 or 2 => Op(Part(), Binary[random.Next(Binary.Length)], Part()),
            3 => Unary(random.Next(2) == 0 ? "-" : "not", Part()),
            4 => Call(UnaryFunctions[random.Next(UnaryFunctions.Length)], Part()),
            5 => Call(Variadic[random.Next(Variadic.Length)], [.. Enumerable.Range(0, 3 + random.Next(4)).Select(_ => Part())]),
            6 => Call(random.Next(2) == 0 ? "if" : "clamp", Part(), Part(), Part()),
            7 => In(Part(), Part(), Part()),
            _ => Leaf(random),
        };
    }

    private static Expression Leaf(Random random) => random.Next(7) switch
    {
        0 => Name("a"),
        1 => Name("b"),
        2 => Name("coded"),
        3 => Call("is_special", Name("coded"), Num(-1)),
        4 => Op(Name("kind"), "==", Text("y")),
        5 => Call("map", Name("kind"), Text("x"), Num(3), Text("z"), Name("a"), Name("b")),
        _ => Num(random.Next(-4, 5) / 2.0),
    };
}
