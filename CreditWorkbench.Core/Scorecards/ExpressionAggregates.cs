namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks aggregates over tables with many rows per base row. Inside one, only the table's columns are names.</summary>
/// <param name="scope">Scope around the aggregate.</param>
/// <param name="report">Receives code, zero-based offset and reason.</param>
internal sealed class ExpressionAggregates(NameScope scope, Action<string, int, string> report)
{
    private static readonly HashSet<string> OfTables = new(StringComparer.Ordinal)
    {
        "count", "share", "active", "gap_mean", "gap_std", "regularity", "months_since", "longest_gap",
    };

    private static readonly HashSet<string> OfColumns = new(StringComparer.Ordinal) { "sum", "mean", "min", "max", "std", "distinct", "trend" };

    private static readonly HashSet<string> Windowed = new(StringComparer.Ordinal) { "active", "trend", "longest_gap" };

    private static readonly HashSet<string> Dated = new(StringComparer.Ordinal) { "active", "trend", "longest_gap", "gap_mean", "gap_std", "regularity", "months_since" };

    /// <summary>Whether a call is an aggregate: by its name, or for min and max by what it reads.</summary>
    public static bool IsAggregate(FunctionCall call, StagingDefinition? staging)
    {
        if (OfTables.Contains(call.Name)) return true;
        if (!OfColumns.Contains(call.Name)) return false;
        if (call.Name is not ("min" or "max") || call.Named.Count > 0) return true;
        return staging is not null && call.Arguments is [var first] && ExpressionNames.References(first).Any(name => name.Table is not null);
    }

    /// <summary>Kind of the aggregate's value.</summary>
    public ExpressionKind Check(FunctionCall call)
    {
        if (call.Arguments is not [var first])
        {
            report("scorecard.expression.arguments", call.Position, $"{call.Name} takes one table or column, found {call.Arguments.Count} arguments.");
            return ExpressionKind.Unknown;
        }
        if (Table(call, first) is not { } table) return ExpressionKind.Unknown;
        var inside = Inside(table);
        var kind = OfTables.Contains(call.Name) ? ExpressionKind.Number : Column(call, first, table, inside);
        foreach (var named in call.Named) Named(call, named, inside);
        Window(call, table);
        return kind;
    }

    /// <summary>Columns with their table left out, as they are plain names inside an aggregate.</summary>
    public static Expression Plain(Expression expression) => expression switch
    {
        NameReference name => name with { Table = null },
        UnaryOperation operation => operation with { Operand = Plain(operation.Operand) },
        BinaryOperation operation => operation with { Left = Plain(operation.Left), Right = Plain(operation.Right) },
        Membership membership => membership with { Operand = Plain(membership.Operand), Items = [.. membership.Items.Select(Plain)] },
        FunctionCall call => call with { Arguments = [.. call.Arguments.Select(Plain)] },
        _ => expression,
    };

    private StagingTable? Table(FunctionCall call, Expression first)
    {
        var names = ExpressionNames.References(first).ToArray();
        var tables = OfTables.Contains(call.Name)
            ? first is NameReference { Table: null } plain ? [plain.Name] : []
            : names.Where(name => name.Table is not null).Select(name => name.Table!).Distinct().ToArray();
        if (tables is not [var only])
        {
            report("scorecard.expression.arguments", first.Position, OfTables.Contains(call.Name) ? $"{call.Name} takes a table." : $"{call.Name} takes columns of one table, written table.column.");
            return null;
        }
        if (scope.Staging?.Table(only) is not { } table)
        {
            report("scorecard.expression.table", first.Position, $"There is no table {only}.");
            return null;
        }
        if (table.Join == StagingJoin.Many) return table;
        report("scorecard.expression.table", first.Position, $"{only} has one row per base row; aggregates read tables with many.");
        return null;
    }

    private NameScope Inside(StagingTable table)
    {
        var inside = new NameScope { TargetColumn = scope.TargetColumn };
        foreach (var column in table.Columns) inside.Add(column.Name, ExpressionSymbol.Of(column));
        return inside;
    }

    private ExpressionKind Column(FunctionCall call, Expression first, StagingTable table, NameScope inside)
    {
        foreach (var name in ExpressionNames.References(first).Where(name => name.Table is not null && table.Column(name.Name) is null))
            report("scorecard.expression.column", name.Position, $"The table {table.Name} has no column {name.Name}.");
        if (ExpressionNames.References(first).Any(name => name.Table is not null && table.Column(name.Name) is null)) return ExpressionKind.Unknown;
        var checker = new ExpressionChecker(inside, report);
        if (call.Name == "distinct")
        {
            checker.Check(Plain(first));
            return ExpressionKind.Number;
        }
        var kind = checker.Check(Plain(first));
        if (call.Name is "min" or "max" && kind is ExpressionKind.Date) return kind;
        if (!ExpressionChecker.Fits(kind, ExpressionKind.Number)) report("scorecard.expression.type", first.Position, $"{call.Name} needs numbers.");
        return ExpressionKind.Number;
    }

    private void Named(FunctionCall call, NamedArgument named, NameScope inside)
    {
        if (named.Name == "where" || (named.Name == "of" && call.Name == "share"))
            new ExpressionChecker(inside, report).Demand(Plain(named.Value), ExpressionKind.Flag, named.Name, ExpressionKind.Flag);
        else if (named.Name != "months")
            report("scorecard.expression.arguments", named.Position, $"{call.Name} has no argument named {named.Name}.");
        else if (named.Value is not NumberLiteral { Value: >= 1 } months || months.Value != Math.Floor(months.Value))
            report("scorecard.expression.arguments", named.Value.Position, "A window is a whole number of months, at least 1.");
    }

    private void Window(FunctionCall call, StagingTable table)
    {
        var windowed = call.Named.Any(named => named.Name == "months");
        if (table.Date is null && (windowed || Dated.Contains(call.Name)))
            report("scorecard.expression.window", call.Position, $"{call.Name} needs dates, but the table {table.Name} has no date column.");
        if (!windowed && Windowed.Contains(call.Name))
            report("scorecard.expression.window", call.Position, $"{call.Name} needs a window: months.");
        if (call.Name == "share" && !(call.Named.Any(named => named.Name == "where") && call.Named.Any(named => named.Name == "of")))
            report("scorecard.expression.arguments", call.Position, "share takes where and of.");
    }
}
