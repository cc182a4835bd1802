using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Recourse;

/// <summary>Interval arithmetic over the dictionary's expressions: what a value can become when some names move.</summary>
/// <param name="program">Evaluates the parts that do not move.</param>
/// <param name="today">The case as it is.</param>
/// <param name="moved">Reach of a name that moves; null for one that does not.</param>
/// <remarks>Parts without a moving name are evaluated exactly. Functions without a rule here can give anything, which is never
/// wrong, only weak.</remarks>
internal sealed class ExpressionReach(FeatureProgram program, FeatureValues today, Func<string, Reach?> moved)
{
    /// <summary>What an expression can give.</summary>
    public Reach Of(Expression expression)
    {
        if (!ExpressionNames.References(expression).Any(reference => moved(reference.Name) is not null)) return Fixed(expression);
        return expression switch
        {
            NameReference name => moved(name.Name)!.Value,
            UnaryOperation { Operator: "not" } not => Not(Of(not.Operand)),
            UnaryOperation minus => Negated(Of(minus.Operand)),
            BinaryOperation binary => Binary(binary),
            Membership member => Reach.Truth(true, true, Of(member.Operand).CanMiss),
            FunctionCall call => Call(call),
            _ => Reach.Whole,
        };
    }

    private Reach Fixed(Expression expression) => expression switch
    {
        NumberLiteral number => Reach.Of(number.Value),
        NameReference name => Reach.Of(today[name.Name]),
        TextLiteral => Reach.Whole,
        _ => Reach.Of(PolicyExpression.Compile(program, expression).Evaluate(today)),
    };

    private Reach Binary(BinaryOperation operation)
    {
        if (operation.Left is TextLiteral || operation.Right is TextLiteral) return Reach.Truth(true, true, true);
        var (a, b) = (Of(operation.Left), Of(operation.Right));
        var canMiss = a.CanMiss || b.CanMiss;
        if (operation.Operator == "and") return Reach.Truth(a.CanHold && b.CanHold, a.CanFail || b.CanFail, canMiss);
        if (operation.Operator == "or") return Reach.Truth(a.CanHold || b.CanHold, a.CanFail && b.CanFail, canMiss);
        if (!a.CanBeKnown || !b.CanBeKnown) return Reach.Missing;
        return operation.Operator switch
        {
            "+" => Reach.Computed(a.Low + b.Low, a.High + b.High, canMiss),
            "-" => Reach.Computed(a.Low - b.High, a.High - b.Low, canMiss),
            "*" => Corners(a, b, (x, y) => x * y, canMiss),
            "/" => b.CanFail ? Reach.Whole : Corners(a, b, (x, y) => x / y, canMiss),
            "<" => Reach.Truth(a.Low < b.High, a.High >= b.Low, canMiss),
            "<=" => Reach.Truth(a.Low <= b.High, a.High > b.Low, canMiss),
            ">" => Reach.Truth(a.High > b.Low, a.Low <= b.High, canMiss),
            ">=" => Reach.Truth(a.High >= b.Low, a.Low < b.High, canMiss),
            "==" => Reach.Truth(a.Low <= b.High && b.Low <= a.High, !(a.Low == a.High && a == b), canMiss),
            "!=" => Reach.Truth(!(a.Low == a.High && a == b), a.Low <= b.High && b.Low <= a.High, canMiss),
            _ => Reach.Whole,
        };
    }

    private Reach Call(FunctionCall call)
    {
        if (call.Name is "is_missing" or "is_special") return Reach.Truth(Of(call.Arguments[0]).CanMiss, true, false);
        var arguments = call.Arguments.Select(Of).ToArray();
        if (call.Name == "if" && arguments.Length == 3) return Choose(arguments[0], arguments[1], arguments[2]);
        if (call.Name == "coalesce") return Coalesce(arguments);
        if (call.Name == "mean_of") return arguments.Aggregate((a, b) => a.Or(b)) with { Codes = arguments.All(each => each.CanMiss) ? 1U : 0U };
        if (!arguments.All(each => each.CanBeKnown)) return Reach.Missing;
        var canMiss = arguments.Any(each => each.CanMiss);
        return call.Name switch
        {
            "min" => Reach.Computed(arguments.Min(each => each.Low), arguments.Min(each => each.High), canMiss),
            "max" => Reach.Computed(arguments.Max(each => each.Low), arguments.Max(each => each.High), canMiss),
            "clamp" when arguments.Length == 3 => Clamped(arguments[0], arguments[1], arguments[2], canMiss),
            "abs" => Reach.Computed(arguments[0].CanFail ? 0 : Math.Min(Math.Abs(arguments[0].Low), Math.Abs(arguments[0].High)), Math.Max(Math.Abs(arguments[0].Low), Math.Abs(arguments[0].High)), canMiss),
            "exp" => Reach.Computed(ReproducibleMath.Exp(arguments[0].Low), ReproducibleMath.Exp(arguments[0].High), canMiss),
            "log" => Logarithm(arguments[0].Low, arguments[0].High, canMiss),
            "log1p" => Logarithm(1 + arguments[0].Low, 1 + arguments[0].High, canMiss),
            "sqrt" => arguments[0].High < 0 ? Reach.Missing : Reach.Computed(Math.Sqrt(Math.Max(0, arguments[0].Low)), Math.Sqrt(arguments[0].High), canMiss || arguments[0].Low < 0),
            "floor" => Reach.Computed(Math.Floor(arguments[0].Low), Math.Floor(arguments[0].High), canMiss),
            "ceil" => Reach.Computed(Math.Ceiling(arguments[0].Low), Math.Ceiling(arguments[0].High), canMiss),
            "round" => Rounded(arguments, canMiss),
            _ => Reach.Whole,
        };
    }

    private static Reach Not(Reach a) => Reach.Truth(a.CanFail, a.CanHold, a.CanMiss);

    private static Reach Negated(Reach a) => a.CanBeKnown ? new Reach(-a.High, -a.Low, a.CanMiss ? 1U : 0U) : Reach.Missing;

    private static Reach Choose(Reach condition, Reach yes, Reach no)
    {
        var result = condition.CanMiss ? Reach.Missing : Reach.Missing with { Codes = 0 };
        if (condition.CanHold) result = result.Or(yes);
        return condition.CanFail ? result.Or(no) : result;
    }

    private static Reach Coalesce(Reach[] arguments)
    {
        var result = Reach.Missing with { Codes = 0 };
        foreach (var argument in arguments)
        {
            result = result.Or(argument with { Codes = 0 });
            if (!argument.CanMiss) return result;
        }

        return result with { Codes = 1 };
    }

    private static Reach Clamped(Reach x, Reach low, Reach high, bool canMiss) => Reach.Computed(
        Math.Min(Math.Max(x.Low, low.Low), high.Low), Math.Min(Math.Max(x.High, low.High), high.High), canMiss);

    private static Reach Logarithm(double low, double high, bool canMiss)
    {
        if (high <= 0) return Reach.Missing;
        return Reach.Computed(low <= 0 ? double.NegativeInfinity : ReproducibleMath.Log(low), ReproducibleMath.Log(high), canMiss || low <= 0);
    }

    private static Reach Rounded(Reach[] arguments, bool canMiss)
    {
        var step = arguments.Length < 2 ? 1.0 : Math.Max(Math.Abs(arguments[1].Low), Math.Abs(arguments[1].High));
        return Reach.Computed(arguments[0].Low - step, arguments[0].High + step, canMiss || arguments.Length > 1);
    }

    private static Reach Corners(Reach a, Reach b, Func<double, double, double> apply, bool canMiss)
    {
        double[] corners = [apply(a.Low, b.Low), apply(a.Low, b.High), apply(a.High, b.Low), apply(a.High, b.High)];
        return Reach.Computed(corners.Min(), corners.Max(), canMiss);
    }
}
