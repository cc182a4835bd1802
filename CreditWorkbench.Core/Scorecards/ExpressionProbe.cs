namespace CreditWorkbench.Core.Scorecards;

/// <summary>Works an expression out at a few points, for checks of the dictionary only; scoring has its own program.
/// Null stands for missing and for what the probe does not know (aggregates, fitted transforms, dates).</summary>
internal static class ExpressionProbe
{
    private const double Unbounded = 1e7;

    /// <summary>Shares of the way from the lowest to the highest value at which expressions are tried.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.0, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

    /// <summary>A value of a range at a level in [0, 1]; an open end is far away.</summary>
    public static double At(double? minimum, double? maximum, double level)
    {
        var low = minimum ?? Math.Min(0.0, maximum ?? 0.0);
        var high = maximum ?? Math.Max(Unbounded, low);
        return low + level * (high - low);
    }

    /// <summary>The number that an expression gives; null when missing or unknown.</summary>
    public static double? Number(Expression expression, IReadOnlyDictionary<string, object> names) =>
        Value(expression, names) is double value && double.IsFinite(value) ? value : null;

    private static object? Value(Expression expression, IReadOnlyDictionary<string, object> names) => expression switch
    {
        NumberLiteral number => number.Value,
        TextLiteral text => text.Value,
        NameReference name => names.GetValueOrDefault(name.Name),
        UnaryOperation { Operator: "not" } negation => Number(negation.Operand, names) is { } truth ? 1.0 - truth : null,
        UnaryOperation sign => -Number(sign.Operand, names),
        BinaryOperation operation => Binary(operation.Operator, Value(operation.Left, names), Value(operation.Right, names)),
        Membership membership => Value(membership.Operand, names) is { } sought ? Flag(membership.Items.Any(item => Equals(Value(item, names), sought))) : null,
        FunctionCall call => Call(call, names),
        _ => null,
    };

    private static object? Binary(string op, object? left, object? right)
    {
        if (left is null || right is null) return null;
        if (op is "==" or "!=") return Flag(Equals(left, right) == (op == "=="));
        if (left is not double a || right is not double b) return null;
        return op switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => b == 0.0 ? null : a / b,
            "<" => Flag(a < b),
            "<=" => Flag(a <= b),
            ">" => Flag(a > b),
            ">=" => Flag(a >= b),
            "and" => Flag(a != 0.0 && b != 0.0),
            "or" => Flag(a != 0.0 || b != 0.0),
            _ => null,
        };
    }

    private static double Flag(bool truth) => truth ? 1.0 : 0.0;

    private static object? Call(FunctionCall call, IReadOnlyDictionary<string, object> names)
    {
        if (call.Named.Count > 0) return null;
        if (call.Name == "if") return Number(call.Arguments[0], names) is { } truth ? Value(call.Arguments[truth != 0.0 ? 1 : 2], names) : null;
        var values = call.Arguments.Select(argument => Value(argument, names)).ToArray();
        switch (call.Name)
        {
            case "coalesce": return values.FirstOrDefault(value => value is not null);
            case "is_missing": return Flag(values[0] is null);
            case "is_special": return 0.0;
            case "map": return Map(values);
            case "mean_of": return values.OfType<double>().Any() ? values.OfType<double>().Average() : null;
        }
        return values.All(value => value is double) ? Numeric(call.Name, [.. values.Cast<double>()]) : null;
    }

    private static object? Map(object?[] values)
    {
        for (var i = 1; i + 1 < values.Length; i += 2)
            if (Equals(values[i], values[0])) return values[i + 1];
        return values[0] is not null && values.Length % 2 == 0 ? values[^1] : null;
    }

    private static object? Numeric(string name, double[] x) => (name, x.Length) switch
    {
        ("min", _) => x.Min(),
        ("max", _) => x.Max(),
        ("clamp", 3) => Math.Max(x[1], Math.Min(x[2], x[0])),
        ("log", 1) => x[0] > 0.0 ? Math.Log(x[0]) : null,
        ("log1p", 1) => x[0] > -1.0 ? Math.Log(1.0 + x[0]) : null,
        ("exp", 1) => Math.Exp(x[0]),
        ("sqrt", 1) => x[0] >= 0.0 ? Math.Sqrt(x[0]) : null,
        ("abs", 1) => Math.Abs(x[0]),
        ("floor", 1) => Math.Floor(x[0]),
        ("ceil", 1) => Math.Ceiling(x[0]),
        ("round", 1) => Math.Round(x[0]),
        ("round", 2) => x[1] > 0.0 ? Math.Round(x[0] / x[1]) * x[1] : null,
        ("logistic", 1) => 1.0 / (1.0 + Math.Exp(-x[0])),
        _ => null,
    };
}
