using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;
using Xunit;
using static CreditWorkbench.Tests.Features.Syntax;

namespace CreditWorkbench.Tests.Features;

/// <summary>The table of constructs, missing values and special codes, cell by cell.</summary>
public sealed class ExpressionTableTests
{
    private static readonly Expression Missing = Name("missing");
    private static readonly Expression Coded = Name("coded");
    private static readonly Expression Two = Num(2);
    private static readonly Expression Yes = Num(1);
    private static readonly Expression No = Num(0);

    public static TheoryData<string, double?> Cases()
    {
        var cases = new TheoryData<string, double?>();
        foreach (var (name, (_, expected)) in Table) cases.Add(name, expected);
        return cases;
    }

    private static readonly Dictionary<string, (Expression Expression, double? Expected)> Table = new()
    {
        ["2 + missing"] = (Op(Two, "+", Missing), null),
        ["2 + coded"] = (Op(Two, "+", Coded), null),
        ["2 / 0"] = (Op(Two, "/", No), null),
        ["2 < missing"] = (Op(Two, "<", Missing), null),
        ["2 == coded"] = (Op(Two, "==", Coded), null),
        ["2 >= 2"] = (Op(Two, ">=", Two), 1),
        ["2 != 2"] = (Op(Two, "!=", Two), 0),
        ["missing in (1, 2)"] = (In(Missing, Yes, Two), null),
        ["2 in (1, 2)"] = (In(Two, Yes, Two), 1),
        ["kind in ('b')"] = (In(Name("kind"), Text("b")), 1),
        ["kind == 'a'"] = (Op(Name("kind"), "==", Text("a")), 0),
        ["min(2, missing)"] = (Call("min", Two, Missing), null),
        ["max(2, coded)"] = (Call("max", Two, Coded), null),
        ["max(1, 2, 0)"] = (Call("max", Yes, Two, No), 2),
        ["clamp(2, 0, 1)"] = (Call("clamp", Two, No, Yes), 1),
        ["clamp(missing, 0, 1)"] = (Call("clamp", Missing, No, Yes), null),
        ["log(0)"] = (Call("log", No), null),
        ["log1p(-1)"] = (Call("log1p", Num(-1)), null),
        ["sqrt(-1)"] = (Call("sqrt", Num(-1)), null),
        ["exp(1000)"] = (Call("exp", Num(1000)), null),
        ["false and missing"] = (Op(No, "and", Missing), 0),
        ["missing and false"] = (Op(Missing, "and", No), 0),
        ["true and missing"] = (Op(Yes, "and", Missing), null),
        ["coded and coded"] = (Op(Coded, "and", Coded), null),
        ["true or missing"] = (Op(Yes, "or", Missing), 1),
        ["missing or true"] = (Op(Missing, "or", Yes), 1),
        ["false or coded"] = (Op(No, "or", Coded), null),
        ["not missing"] = (Unary("not", Missing), null),
        ["not 2"] = (Unary("not", Two), 0),
        ["-coded"] = (Unary("-", Coded), null),
        ["if(missing, 1, 2)"] = (Call("if", Missing, Yes, Two), null),
        ["if(1, 2, missing)"] = (Call("if", Yes, Two, Missing), 2),
        ["if(0, missing, 2)"] = (Call("if", No, Missing, Two), 2),
        ["if(1, coded, 2)"] = (Call("if", Yes, Coded, Two), null),
        ["coalesce(missing, coded, 2)"] = (Call("coalesce", Missing, Coded, Two), 2),
        ["coalesce(missing)"] = (Call("coalesce", Missing), null),
        ["mean_of(1, missing, 2)"] = (Call("mean_of", Yes, Missing, Two), 1.5),
        ["mean_of(missing, coded)"] = (Call("mean_of", Missing, Coded), null),
        ["is_missing(missing)"] = (Call("is_missing", Missing), 1),
        ["is_missing(coded)"] = (Call("is_missing", Coded), 0),
        ["is_missing(2)"] = (Call("is_missing", Two), 0),
        ["is_special(coded, -2)"] = (Call("is_special", Coded, Unary("-", Two)), 1),
        ["is_special(coded, -1)"] = (Call("is_special", Coded, Unary("-", Yes)), 0),
        ["is_special(missing, ...)"] = (Call("is_special", Name("other"), Unary("-", Yes)), 0),
        ["map(kind, 'a', 1, 'b', 2, 0)"] = (Call("map", Name("kind"), Text("a"), Yes, Text("b"), Two, No), 2),
        ["map(kind, 'a', 1, 2)"] = (Call("map", Name("kind"), Text("a"), Yes, Two), 2),
        ["map(kind, 'a', 1)"] = (Call("map", Name("kind"), Text("a"), Yes), null),
        ["map(missing, 1, 1, 2)"] = (Call("map", Missing, Yes, Yes, Two), null),
        ["round(0.25, 0.1)"] = (Call("round", Num(0.25), Num(0.1)), 0.2),
        ["round(0.35, 0.1)"] = (Call("round", Num(0.75), Num(0.5)), 1),
        ["round(2.5)"] = (Call("round", Num(2.5)), 2),
        ["round(3.5)"] = (Call("round", Num(3.5)), 4),
        ["round(0.3, 0.1)"] = (Call("round", Num(0.3), Num(0.1)), 0.3),
        ["round(74, 50)"] = (Call("round", Num(74), Num(50)), 50),
        ["days_between"] = (Call("days_between", Num(100), Num(130)), 30),
        ["months_between"] = (Call("months_between", Num(0), Num(60.875)), 2),
        ["years_between"] = (Call("years_between", Num(0), Num(730.5)), 2),
        ["coded"] = (Coded, null),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Construct_MissingOrCodedPart_FollowsTheTable(string name, double? expected)
    {
        var (scope, slots) = Row();
        var bound = new ExpressionBinder(scope, new Dictionary<FunctionCall, FittedTransform>()).Bind(Table[name].Expression);

        var interpreted = ExpressionInterpreter.Evaluate(bound, slots);
        var compiled = ExpressionCompiler.Compile(bound).Evaluate(slots);

        var wanted = expected ?? CodedNaN.OfDouble(0);
        Assert.Equal(BitConverter.DoubleToInt64Bits(wanted), BitConverter.DoubleToInt64Bits(interpreted));
        Assert.Equal(BitConverter.DoubleToInt64Bits(wanted), BitConverter.DoubleToInt64Bits(compiled));
    }

    [Fact]
    public void Bind_UnknownNameFunctionOrCode_Throws()
    {
        var (scope, _) = Row();
        var binder = new ExpressionBinder(scope, new Dictionary<FunctionCall, FittedTransform>());

        Assert.Throws<ArgumentException>(() => binder.Bind(Name("nobody")));
        Assert.Throws<ArgumentException>(() => binder.Bind(Call("sinus", Num(1))));
        Assert.Throws<ArgumentException>(() => binder.Bind(Op(Name("kind"), "==", Text("c"))));
        Assert.Throws<ArgumentException>(() => binder.Bind(Call("is_special", Name("coded"), Num(5))));
        Assert.Throws<ArgumentException>(() => binder.Bind(Call("clamp", Num(5))));
    }

    private static (ExpressionScope Scope, double[] Slots) Row()
    {
        var scope = new ExpressionScope();
        scope.AddNumber("missing");
        scope.AddInput(Dictionaries.Number("coded", "-1", "-2"));
        scope.AddInput(Dictionaries.Number("other", "-1"));
        scope.AddCategory("kind", ["a", "b"]);
        return (scope, [CodedNaN.OfDouble(0), CodedNaN.OfDouble(2), CodedNaN.OfDouble(0), 1]);
    }
}
