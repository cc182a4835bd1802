using System.Globalization;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>Resolves an expression's names, texts and functions. Dictionaries are checked before they come here, so an expression
/// that does not fit is a bug and throws.</summary>
/// <param name="scope">Names and slots.</param>
/// <param name="transforms">Fitted transform per call, by reference.</param>
internal sealed class ExpressionBinder(ExpressionScope scope, IReadOnlyDictionary<FunctionCall, FittedTransform> transforms)
{
    private static readonly Dictionary<string, Operation> Operators = new(StringComparer.Ordinal)
    {
        ["+"] = Operation.Add,
        ["-"] = Operation.Subtract,
        ["*"] = Operation.Multiply,
        ["/"] = Operation.Divide,
        ["=="] = Operation.Equal,
        ["!="] = Operation.NotEqual,
        ["<"] = Operation.Less,
        ["<="] = Operation.LessOrEqual,
        [">"] = Operation.Greater,
        [">="] = Operation.GreaterOrEqual,
        ["and"] = Operation.And,
        ["or"] = Operation.Or,
    };

    private static readonly Dictionary<string, (Operation Operation, int Fewest, int Most)> Functions = new(StringComparer.Ordinal)
    {
        ["min"] = (Operation.Min, 1, int.MaxValue),
        ["max"] = (Operation.Max, 1, int.MaxValue),
        ["clamp"] = (Operation.Clamp, 3, 3),
        ["log"] = (Operation.Log, 1, 1),
        ["log1p"] = (Operation.Log1p, 1, 1),
        ["exp"] = (Operation.Exp, 1, 1),
        ["sqrt"] = (Operation.Sqrt, 1, 1),
        ["abs"] = (Operation.Abs, 1, 1),
        ["floor"] = (Operation.Floor, 1, 1),
        ["ceil"] = (Operation.Ceil, 1, 1),
        ["round"] = (Operation.Round, 1, 2),
        ["if"] = (Operation.If, 3, 3),
        ["coalesce"] = (Operation.Coalesce, 1, int.MaxValue),
        ["mean_of"] = (Operation.MeanOf, 1, int.MaxValue),
        ["is_missing"] = (Operation.IsMissing, 1, 1),
        ["map"] = (Operation.Map, 3, int.MaxValue),
        ["days_between"] = (Operation.DaysBetween, 2, 2),
        ["months_between"] = (Operation.MonthsBetween, 2, 2),
        ["years_between"] = (Operation.YearsBetween, 2, 2),
        ["phi"] = (Operation.Phi, 1, 1),
        ["logistic"] = (Operation.Logistic, 1, 1),
        ["poisson"] = (Operation.Poisson, 2, 2),
        ["choose"] = (Operation.Choose, 3, int.MaxValue),
    };

    /// <summary>Binds an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="target">Name whose categories a text result stands for; null when the result is a number.</param>
    /// <exception cref="ArgumentException">A name, function, text or number of arguments does not fit.</exception>
    public BoundExpression Bind(Expression expression, string? target = null) => Bind(expression, target is null ? null : scope.Find(target));

    private BoundExpression Bind(Expression expression, ScopeName? texts) => expression switch
    {
        NumberLiteral number => BoundExpression.OfConstant(texts is { Categories.Count: > 0 } ? texts.NumberOf(Invariant(number.Value)) ?? number.Value : number.Value),
        TextLiteral text => BoundExpression.OfConstant(texts?.NumberOf(text.Value) ?? throw Unfit(text, $"'{text.Value}' is no value of what it is compared with")),
        NameReference name => BoundExpression.OfSlot(Known(name).Slot),
        UnaryOperation { Operator: "-", Operand: NumberLiteral number } => Bind(number with { Value = -number.Value }, texts),
        UnaryOperation unary => new(unary.Operator == "-" ? Operation.Negate : Operation.Not, [Bind(unary.Operand, (ScopeName?)null)]),
        BinaryOperation binary => BindBinary(binary),
        Membership membership => BindMembership(membership),
        FunctionCall call => BindCall(call, texts),
        _ => throw Unfit(expression, $"a {expression.GetType().Name} is not known"),
    };

    private BoundExpression BindBinary(BinaryOperation binary)
    {
        if (!Operators.TryGetValue(binary.Operator, out var operation)) throw Unfit(binary, $"the operator {binary.Operator} is not known");
        var texts = operation is >= Operation.Equal and <= Operation.GreaterOrEqual ? TextsOf(binary.Left) ?? TextsOf(binary.Right) : null;
        return new(operation, [Bind(binary.Left, texts), Bind(binary.Right, texts)]);
    }

    private BoundExpression BindMembership(Membership membership)
    {
        var texts = TextsOf(membership.Operand);
        return new(Operation.In, [Bind(membership.Operand, texts), .. membership.Items.Select(item => Bind(item, texts))]);
    }

    private BoundExpression BindCall(FunctionCall call, ScopeName? texts)
    {
        if (FittedCalls.IsFitted(call)) return BindFitted(call);
        if (call.Name == "is_special") return BindIsSpecial(call);
        if (!Functions.TryGetValue(call.Name, out var function)) throw Unfit(call, $"the function {call.Name} is not known here");
        if (call.Arguments.Count < function.Fewest || call.Arguments.Count > function.Most || call.Named.Count > 0) throw Unfit(call, $"{call.Name} does not take these arguments");
        if (function.Operation == Operation.Choose && call.Arguments.Count % 2 == 0) throw Unfit(call, "choose takes u and pairs of code and weight");
        var keys = function.Operation == Operation.Map ? TextsOf(call.Arguments[0]) : null;
        var parts = new BoundExpression[call.Arguments.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = Bind(call.Arguments[i], TextsOfArgument(function.Operation, i, parts.Length, keys, texts));
        return new(function.Operation, parts);
    }

    private static ScopeName? TextsOfArgument(Operation operation, int index, int count, ScopeName? keys, ScopeName? texts) => operation switch
    {
        Operation.If => index > 0 ? texts : null,
        Operation.Coalesce => texts,
        Operation.Choose => index % 2 == 1 ? texts : null,
        Operation.Map => index == 0 ? null : index % 2 == 1 && index < count - 1 ? keys : texts,
        _ => null,
    };

    private BoundExpression BindFitted(FunctionCall call)
    {
        if (!transforms.TryGetValue(call, out var transform)) throw Unfit(call, $"{call.Name} has not been fitted");
        return new(Operation.Fitted, [.. BindFittedParts(call)], transform: transform);
    }

    /// <summary>The operands of a fitted call: the value, and for <c>zscore_within</c> the group.</summary>
    public IEnumerable<BoundExpression> BindFittedParts(FunctionCall call) =>
        call.Arguments.Take(call.Name == "zscore_within" ? 2 : 1).Select(argument => Bind(argument));

    private BoundExpression BindIsSpecial(FunctionCall call)
    {
        if (call.Arguments is not [NameReference name, var code]) throw Unfit(call, "is_special takes a name and a code");
        var text = code switch
        {
            TextLiteral literal => literal.Value,
            NumberLiteral number => Invariant(number.Value),
            UnaryOperation { Operator: "-", Operand: NumberLiteral number } => Invariant(-number.Value),
            _ => throw Unfit(code, "a special code is a number or a text"),
        };
        var index = Known(name).CodeOf(text) ?? throw Unfit(code, $"{text} is no special code of {name.Name}");
        return new(Operation.IsSpecial, [BoundExpression.OfSlot(Known(name).Slot)], index);
    }

    private ScopeName? TextsOf(Expression expression) => expression switch
    {
        NameReference name => Known(name) is { HoldsTexts: true } known ? known : null,
        FunctionCall { Name: "if" or "coalesce" } call => call.Arguments.Select(TextsOf).FirstOrDefault(texts => texts is not null),
        _ => null,
    };

    private ScopeName Known(NameReference name)
    {
        if (name.Table is not null) throw Unfit(name, $"{name.Table}.{name.Name} is read by staging only");
        return scope.Find(name.Name) ?? throw Unfit(name, $"the name {name.Name} is not known here");
    }

    private static string Invariant(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static ArgumentException Unfit(Expression expression, string reason) => new($"At position {expression.Position}: {reason}.");
}
