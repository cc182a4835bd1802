namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks the values that a draw certainly gives (constants, chosen codes, bounds of a clamp) against what is declared.</summary>
internal static class SyntheticRanges
{
    /// <summary>Checks one draw; its column counts before its input.</summary>
    public static void Check(DrawDefinition draw, ExpressionSymbol declared, InputDefinition? input, StagingColumn? column, string path, ReadingLog log)
    {
        var minimum = (column is null ? input?.Minimum : column.Minimum) ?? double.NegativeInfinity;
        var maximum = (column is null ? input?.Maximum : column.Maximum) ?? double.PositiveInfinity;
        foreach (var value in Certain(draw.Value))
        {
            if (value is TextLiteral text && declared.Values is { } values && !values.Contains(text.Value))
                log.Error("scorecard.synthetic.range", path, $"'{text.Value}' is not a value of {draw.Name}.");
            if (value is NumberLiteral number && (number.Value < minimum || number.Value > maximum))
                log.Error("scorecard.synthetic.range", path, $"{ExpressionText.Number(number.Value)} lies outside the range of {draw.Name}.");
        }
    }

    private static IEnumerable<Expression> Certain(Expression expression) => expression switch
    {
        NumberLiteral or TextLiteral => [expression],
        FunctionCall { Name: "if", Arguments.Count: 3 } call => call.Arguments.Skip(1).SelectMany(Certain),
        FunctionCall { Name: "choose" } call => call.Arguments.Skip(1).Where((_, i) => i % 2 == 0).SelectMany(Certain),
        FunctionCall { Name: "clamp", Arguments.Count: 3 } call => call.Arguments.Skip(1).OfType<NumberLiteral>(),
        FunctionCall { Name: "round" or "floor" or "ceil", Arguments.Count: > 0 } call => Certain(call.Arguments[0]),
        _ => [],
    };
}
