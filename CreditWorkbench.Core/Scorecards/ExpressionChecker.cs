namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks one expression against its scope: names, functions, number and kind of arguments, category values, special codes.
/// Reports every fault and goes on.</summary>
/// <param name="scope">What may be used.</param>
/// <param name="report">Receives code, zero-based offset and reason (a sentence).</param>
public sealed class ExpressionChecker(NameScope scope, Action<string, int, string> report)
{
    /// <summary>Kind of the value; Unknown after a fault.</summary>
    public ExpressionKind Check(Expression expression) => expression switch
    {
        NumberLiteral number => double.IsNaN(number.Value) ? ExpressionKind.Unknown : number.Value is 0.0 or 1.0 ? ExpressionKind.Flag : ExpressionKind.Number,
        TextLiteral => ExpressionKind.Text,
        NameReference name => Name(name).Kind,
        UnaryOperation { Operator: "not" } negation => Demand(negation.Operand, ExpressionKind.Flag, "not", ExpressionKind.Flag),
        UnaryOperation sign => Demand(sign.Operand, ExpressionKind.Number, "the minus sign", ExpressionKind.Number),
        BinaryOperation operation => Binary(operation),
        Membership membership => Members(membership),
        FunctionCall call => Call(call),
        _ => throw new ArgumentException($"Unknown kind of expression {expression?.GetType().Name}.", nameof(expression)),
    };

    /// <summary>Checks that an expression gives a kind of value.</summary>
    /// <param name="expression">What is checked.</param>
    /// <param name="kind">Kind that is needed.</param>
    /// <param name="reader">What needs it, for the message.</param>
    /// <param name="result">Kind of what reads it.</param>
    /// <returns><paramref name="result"/>.</returns>
    public ExpressionKind Demand(Expression expression, ExpressionKind kind, string reader, ExpressionKind result)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var found = Check(expression);
        if (!Fits(found, kind)) report("scorecard.expression.type", expression.Position, $"{Capital(reader)} needs {Shown(kind)}, found {Shown(found)}.");
        return result;
    }

    /// <summary>Whether a value of one kind can stand where another is needed.</summary>
    internal static bool Fits(ExpressionKind found, ExpressionKind needed) =>
        found == needed || found == ExpressionKind.Unknown || needed == ExpressionKind.Unknown || (found, needed) is (ExpressionKind.Flag, ExpressionKind.Number);

    private static string Shown(ExpressionKind kind) => kind switch
    {
        ExpressionKind.Number => "a number",
        ExpressionKind.Flag => "a condition",
        ExpressionKind.Text => "a text",
        ExpressionKind.Date => "a date",
        _ => "a value",
    };

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private ExpressionSymbol Name(NameReference name)
    {
        if (name.Table is not null)
        {
            report("scorecard.expression.table", name.Position, $"{name.Table}.{name.Name} can be read only inside an aggregate over the table {name.Table}.");
            return ExpressionSymbol.Unknown;
        }
        if (name.Name != scope.TargetColumn && scope.Find(name.Name) is { } symbol) return symbol;
        var (code, reason) = scope.Refusal(name.Name);
        report(code, name.Position, reason);
        return ExpressionSymbol.Unknown;
    }

    private ExpressionKind Binary(BinaryOperation operation)
    {
        switch (operation.Operator)
        {
            case "and" or "or":
                Demand(operation.Left, ExpressionKind.Flag, operation.Operator, ExpressionKind.Flag);
                return Demand(operation.Right, ExpressionKind.Flag, operation.Operator, ExpressionKind.Flag);
            case "+" or "-" or "*" or "/":
                Demand(operation.Left, ExpressionKind.Number, operation.Operator, ExpressionKind.Number);
                return Demand(operation.Right, ExpressionKind.Number, operation.Operator, ExpressionKind.Number);
        }
        var kind = Common([operation.Left, operation.Right], operation.Operator);
        if (kind == ExpressionKind.Text && operation.Operator is not ("==" or "!="))
        {
            report("scorecard.expression.type", operation.Position, "Texts have no order; compare them with == or !=.");
            return ExpressionKind.Flag;
        }
        Value(operation.Left, operation.Right);
        Value(operation.Right, operation.Left);
        return ExpressionKind.Flag;
    }

    private ExpressionKind Members(Membership membership)
    {
        Common([membership.Operand, .. membership.Items], "in");
        foreach (var item in membership.Items) Value(membership.Operand, item);
        return ExpressionKind.Flag;
    }

    /// <summary>The kind that several values share: flags and numbers are numbers.</summary>
    private ExpressionKind Common(IReadOnlyList<Expression> parts, string reader)
    {
        var common = ExpressionKind.Unknown;
        foreach (var part in parts)
        {
            var kind = Check(part);
            if (Fits(kind, common)) common = common == ExpressionKind.Unknown ? kind : common;
            else if (Fits(common, kind)) common = kind;
            else report("scorecard.expression.type", part.Position, $"{Capital(reader)} needs values of one kind, found {Shown(common)} and {Shown(kind)}.");
        }
        return common;
    }

    /// <summary>A text beside a category is one of its values.</summary>
    private void Value(Expression category, Expression text)
    {
        if (category is not NameReference { Table: null } name || text is not TextLiteral literal) return;
        if (scope.Find(name.Name)?.Values is { } values && !values.Contains(literal.Value))
            report("scorecard.expression.value", literal.Position, $"'{literal.Value}' is not a value of {name.Name}: {string.Join(", ", values)}.");
    }

    private ExpressionKind Call(FunctionCall call)
    {
        if (ExpressionAggregates.IsAggregate(call, scope.Staging)) return new ExpressionAggregates(scope, report).Check(call);
        if (!ExpressionFunctions.All.TryGetValue(call.Name, out var function) || (function.Family == FunctionFamily.Draw && !scope.AllowsDraws))
        {
            report("scorecard.expression.function", call.Position, $"The function {call.Name} is unknown here.");
            foreach (var part in ExpressionNames.Parts(call)) Check(part);
            return ExpressionKind.Unknown;
        }
        foreach (var named in call.Named) report("scorecard.expression.arguments", named.Position, $"{call.Name} has no argument named {named.Name}.");
        if (!function.Takes(call.Arguments.Count))
        {
            report("scorecard.expression.arguments", call.Position, $"{call.Name} takes {function.Counts}, found {call.Arguments.Count}.");
            foreach (var part in call.Arguments) Check(part);
            return ExpressionKind.Unknown;
        }
        if (function.Family == FunctionFamily.Fitted && !scope.AllowsFitted)
            report("scorecard.expression.function", call.Position, $"{call.Name} is fitted on training rows; only features may use it.");
        return Arguments(call, function);
    }

    private ExpressionKind Arguments(FunctionCall call, ExpressionFunction function)
    {
        var arguments = call.Arguments;
        switch (call.Name)
        {
            case "if":
                Demand(arguments[0], ExpressionKind.Flag, "if", ExpressionKind.Unknown);
                return Common([arguments[1], arguments[2]], "if");
            case "coalesce": return Common(arguments, "coalesce");
            case "is_missing":
                Check(arguments[0]);
                return ExpressionKind.Flag;
            case "is_special": return Special(arguments[0], arguments[1]);
            case "map": return Map(arguments);
            case "choose":
                Demand(arguments[0], ExpressionKind.Number, "choose", ExpressionKind.Unknown);
                foreach (var weight in arguments.Skip(2).Where((_, i) => i % 2 == 0)) Demand(weight, ExpressionKind.Number, "a weight", ExpressionKind.Unknown);
                return Common([.. arguments.Skip(1).Where((_, i) => i % 2 == 0)], "choose");
            case "zscore_within":
                Demand(arguments[0], ExpressionKind.Number, call.Name, ExpressionKind.Unknown);
                return Demand(arguments[1], ExpressionKind.Text, call.Name, ExpressionKind.Number);
            case "frequency":
                Check(arguments[0]);
                return ExpressionKind.Number;
        }
        foreach (var argument in arguments) Demand(argument, function.Argument, call.Name, ExpressionKind.Unknown);
        if (call.Name == "winsorize" && !(arguments is [_, NumberLiteral { Value: >= 0 } low, NumberLiteral { Value: <= 1 } high] && low.Value < high.Value))
            report("scorecard.expression.arguments", call.Position, "winsorize takes a value and two shares in [0, 1], the lower first.");
        return ExpressionKind.Number;
    }

    private ExpressionKind Special(Expression of, Expression code)
    {
        if (of is not NameReference { Table: null } name)
        {
            report("scorecard.expression.arguments", of.Position, "is_special reads one name.");
            return ExpressionKind.Flag;
        }
        var symbol = Name(name);
        var written = code switch { NumberLiteral number => ExpressionText.Number(number.Value), TextLiteral text => text.Value, _ => null };
        if (written is null) report("scorecard.expression.arguments", code.Position, "The code of is_special is a number or a text.");
        else if (symbol.Kind != ExpressionKind.Unknown && !symbol.Specials.Any(special => SpecialCodes.Equal(special.Value, written)))
            report("scorecard.expression.special", code.Position, $"{written} is not a declared special code of {name.Name}.");
        return ExpressionKind.Flag;
    }

    private ExpressionKind Map(IReadOnlyList<Expression> arguments)
    {
        var keys = arguments.Skip(1).Take(arguments.Count - 1 - (arguments.Count + 1) % 2).Where((_, i) => i % 2 == 0).ToArray();
        foreach (var key in keys.Where(key => key is not (TextLiteral or NumberLiteral)))
            report("scorecard.expression.arguments", key.Position, "The values that map looks for are written out.");
        Common([arguments[0], .. keys], "map");
        foreach (var key in keys) Value(arguments[0], key);
        return Common([.. arguments.Skip(1).Where((argument, i) => i % 2 == 1 || (i == arguments.Count - 2 && arguments.Count % 2 == 0))], "map");
    }
}
