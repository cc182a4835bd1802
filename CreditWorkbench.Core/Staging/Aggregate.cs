using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What an aggregate works out.</summary>
internal enum AggregateKind
{
    Count, Sum, Mean, Min, Max, Std, Distinct, Share, Trend, Active, GapMean, GapStd, Regularity, MonthsSince, LongestGap,
}

/// <summary>One aggregate over the rows of a table before the as-of date.</summary>
/// <param name="Kind">What it works out.</param>
/// <param name="Table">Table that it reads.</param>
/// <param name="Months">Window in months; 0 for all earlier rows.</param>
/// <param name="Value">Value per row; null where none is read.</param>
/// <param name="Where">Condition on rows; null for all.</param>
/// <param name="Whole">Condition of the denominator of a share; null otherwise.</param>
/// <param name="Empty">Result when nothing is found.</param>
/// <param name="CountsEmptyAsMissing">A count is missing where the window has no row at all.</param>
internal sealed record Aggregate(AggregateKind Kind, string Table, int Months, Expression? Value, Expression? Where, Expression? Whole, double Empty, bool CountsEmptyAsMissing)
{
    private static readonly Dictionary<string, AggregateKind> Kinds = new(StringComparer.Ordinal)
    {
        ["count"] = AggregateKind.Count,
        ["sum"] = AggregateKind.Sum,
        ["mean"] = AggregateKind.Mean,
        ["min"] = AggregateKind.Min,
        ["max"] = AggregateKind.Max,
        ["std"] = AggregateKind.Std,
        ["distinct"] = AggregateKind.Distinct,
        ["share"] = AggregateKind.Share,
        ["trend"] = AggregateKind.Trend,
        ["active"] = AggregateKind.Active,
        ["gap_mean"] = AggregateKind.GapMean,
        ["gap_std"] = AggregateKind.GapStd,
        ["regularity"] = AggregateKind.Regularity,
        ["months_since"] = AggregateKind.MonthsSince,
        ["longest_gap"] = AggregateKind.LongestGap,
    };

    /// <summary>The aggregate of a checked call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="feature">Feature that it stands in: says what an empty window gives.</param>
    public static Aggregate Of(FunctionCall call, FeatureDefinition feature)
    {
        var argument = call.Arguments[0];
        var isOfTable = argument is NameReference { Table: null };
        var table = isOfTable ? ((NameReference)argument).Name : ExpressionNames.References(argument).First(name => name.Table is not null).Table!;
        var months = call.Named.FirstOrDefault(named => named.Name == "months")?.Value is NumberLiteral number ? (int)number.Value : 0;
        var kind = Kinds[call.Name];
        var empty = feature.EmptyStated ? feature.Empty ?? Operations.Missing : kind == AggregateKind.Count ? 0 : Operations.Missing;
        return new Aggregate(kind, table, months, isOfTable ? null : ExpressionAggregates.Plain(argument), Named(call, "where"), Named(call, "of"), kind == AggregateKind.Count ? 0 : empty,
            kind == AggregateKind.Count && feature is { EmptyStated: true, Empty: null });
    }

    /// <summary>Equal texts are equal aggregates, wherever they stand.</summary>
    public string Text => string.Join('|', Kind, Table, Months, TextOf(Value), TextOf(Where), TextOf(Whole), Empty, CountsEmptyAsMissing);

    private static string TextOf(Expression? expression) => expression is null ? "" : ExpressionText.Of(expression);

    private static Expression? Named(FunctionCall call, string name) =>
        call.Named.FirstOrDefault(named => named.Name == name)?.Value is { } value ? ExpressionAggregates.Plain(value) : null;
}
