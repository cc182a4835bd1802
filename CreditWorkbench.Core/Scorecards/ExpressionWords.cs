namespace CreditWorkbench.Core.Scorecards;

/// <summary>Says an expression in words: labels instead of names, signs of arithmetic as in print, aggregates and functions as phrases.
/// For readers; nothing reads it back.</summary>
/// <param name="definition">Names and labels.</param>
/// <param name="words">Language.</param>
/// <param name="ofRows">Whether names are columns of a table with many rows, which have no labels.</param>
internal sealed class ExpressionWords(ScorecardDefinition definition, DocumentWords words, bool ofRows = false)
{
    private const int Or = 1, And = 2, Not = 3, Comparison = 4, Sum = 5, Product = 6, Primary = 7;

    /// <summary>The expression in words; empty for none.</summary>
    public string Of(Expression? expression) => expression switch
    {
        null => "",
        NumberLiteral number => words.Number(number.Value),
        TextLiteral text => Quoted(text.Value),
        NameReference name => ofRows ? Spaced(name.Name) : words.Name(name.Name),
        UnaryOperation { Operator: "not" } negation => words.Of("not ", "bukan ") + Inside(negation.Operand, Not),
        UnaryOperation sign => "−" + Inside(sign.Operand, Primary),
        BinaryOperation operation => Binary(operation),
        Membership membership => $"{Inside(membership.Operand, Sum)} {words.Of("is one of", "salah satu dari")} {DocumentWords.List(membership.Items.Select(item => Value(item, membership.Operand)))}",
        FunctionCall call when ExpressionAggregates.IsAggregate(call, definition.Staging) && definition.Staging is not null => Aggregate(call),
        FunctionCall call => Function(call),
        _ => ExpressionText.Of(expression),
    };

    private string Binary(BinaryOperation operation)
    {
        var (sign, level) = operation.Operator switch
        {
            "or" => (words.Of("or", "atau"), Or),
            "and" => (words.Of("and", "dan"), And),
            "+" => ("+", Sum),
            "-" => ("−", Sum),
            "*" => ("×", Product),
            "/" => ("÷", Product),
            "==" => ("=", Comparison),
            "!=" => ("≠", Comparison),
            "<=" => ("≤", Comparison),
            ">=" => ("≥", Comparison),
            _ => (operation.Operator, Comparison),
        };
        var left = level == Comparison && operation.Left is TextLiteral ? Value(operation.Left, operation.Right) : Inside(operation.Left, level);
        var right = level == Comparison && operation.Right is TextLiteral ? Value(operation.Right, operation.Left) : Inside(operation.Right, level + 1);
        return $"{left} {sign} {right}";
    }

    private string Function(FunctionCall call)
    {
        string[] parts = [.. call.Arguments.Select(Of)];
        return (call.Name, parts.Length) switch
        {
            ("min", _) => words.Of($"the least of ({string.Join("; ", parts)})", $"yang terkecil dari ({string.Join("; ", parts)})"),
            ("max", _) => words.Of($"the greatest of ({string.Join("; ", parts)})", $"yang terbesar dari ({string.Join("; ", parts)})"),
            ("mean_of", _) => words.Of($"the mean of those known of ({string.Join("; ", parts)})", $"rata-rata yang diketahui dari ({string.Join("; ", parts)})"),
            ("clamp", 3) => words.Of($"({parts[0]}, kept between {parts[1]} and {parts[2]})", $"({parts[0]}, dibatasi antara {parts[1]} dan {parts[2]})"),
            ("winsorize", 3) => words.Of($"({parts[0]}, kept between its {Percentile(call, 1)} and {Percentile(call, 2)} percentile of training rows)", $"({parts[0]}, dibatasi antara persentil {Percentile(call, 1)} dan {Percentile(call, 2)} baris pelatihan)"),
            ("zscore_within", 2) => words.Of($"{parts[0]} in standard deviations from the mean of the same {parts[1]} (training rows)", $"{parts[0]} dalam simpangan baku dari rata-rata {parts[1]} yang sama (baris pelatihan)"),
            ("frequency", 1) => words.Of($"the share of training rows with the same {parts[0]}", $"bagian baris pelatihan dengan {parts[0]} yang sama"),
            ("if", 3) => words.Of($"({parts[1]} if {parts[0]}, else {parts[2]})", $"({parts[1]} bila {parts[0]}, selain itu {parts[2]})"),
            ("coalesce", _) => words.Of($"({string.Join(", or where missing ", parts)})", $"({string.Join(", atau bila kosong ", parts)})"),
            ("is_missing", 1) => words.Of($"{parts[0]} is missing", $"{parts[0]} kosong"),
            ("is_special", 2) => words.Of($"{parts[0]} has the code {Special(call)}", $"{parts[0]} berkode {Special(call)}"),
            ("map", >= 3) => Mapped(call, parts),
            ("days_between", 2) => words.Of($"days from {parts[0]} to {parts[1]}", $"hari dari {parts[0]} sampai {parts[1]}"),
            ("months_between", 2) => words.Of($"months from {parts[0]} to {parts[1]}", $"bulan dari {parts[0]} sampai {parts[1]}"),
            ("years_between", 2) => words.Of($"years from {parts[0]} to {parts[1]}", $"tahun dari {parts[0]} sampai {parts[1]}"),
            ("log1p", 1) => $"ln(1 + {parts[0]})",
            ("log", 1) => $"ln({parts[0]})",
            ("sqrt", 1) => $"√({parts[0]})",
            ("abs", 1) => $"|{parts[0]}|",
            ("round", _) => words.Of($"{parts[0]} rounded", $"{parts[0]} dibulatkan"),
            _ => $"{call.Name}({string.Join("; ", parts)})",
        };
    }

    private string Aggregate(FunctionCall call)
    {
        var inside = new ExpressionWords(definition, words, ofRows: true);
        var table = Spaced(ExpressionNames.References(call.Arguments[0]).Select(name => name.Table ?? name.Name).First());
        var rows = call.Arguments[0] is NameReference { Table: null } ? table : words.Of($"{inside.Of(call.Arguments[0])} of {table}", $"{inside.Of(call.Arguments[0])} pada {table}");
        var phrase = call.Name switch
        {
            "count" => words.Of($"number of rows of {rows}", $"jumlah baris {rows}"),
            "sum" => words.Of($"sum of {rows}", $"jumlah {rows}"),
            "mean" => words.Of($"mean of {rows}", $"rata-rata {rows}"),
            "min" => words.Of($"smallest {rows}", $"{rows} terkecil"),
            "max" => words.Of($"largest {rows}", $"{rows} terbesar"),
            "std" => words.Of($"standard deviation of {rows}", $"simpangan baku {rows}"),
            "distinct" => words.Of($"number of different {rows}", $"banyaknya {rows} yang berbeda"),
            "share" => words.Of($"share of rows of {rows}", $"bagian baris {rows}"),
            "trend" => words.Of($"slope per month of {rows}", $"kemiringan per bulan {rows}"),
            "active" => words.Of($"share of months with a row of {rows}", $"bagian bulan yang memiliki baris {rows}"),
            "gap_mean" => words.Of($"mean days between rows of {rows}", $"rata-rata hari antar baris {rows}"),
            "gap_std" => words.Of($"standard deviation of days between rows of {rows}", $"simpangan baku hari antar baris {rows}"),
            "regularity" => words.Of($"regularity of rows of {rows}", $"keteraturan baris {rows}"),
            "months_since" => words.Of($"months since the last row of {rows}", $"bulan sejak baris terakhir {rows}"),
            _ => words.Of($"longest days without a row of {rows}", $"hari terlama tanpa baris {rows}"),
        };
        foreach (var named in call.Named)
        {
            phrase += named.Name switch
            {
                "where" => words.Of($" where {inside.Of(named.Value)}", $" dengan {inside.Of(named.Value)}"),
                "of" => words.Of($" out of those where {inside.Of(named.Value)}", $" dari baris dengan {inside.Of(named.Value)}"),
                _ => words.Of($", last {Of(named.Value)} months", $", {Of(named.Value)} bulan terakhir"),
            };
        }

        return phrase;
    }

    private string Mapped(FunctionCall call, string[] parts)
    {
        var pairs = new List<string>();
        for (var i = 1; i + 1 < parts.Length; i += 2) pairs.Add($"{Value(call.Arguments[i], call.Arguments[0])}: {parts[i + 1]}");
        if (parts.Length % 2 == 0) pairs.Add(words.Of($"else {parts[^1]}", $"selain itu {parts[^1]}"));
        return words.Of($"by {parts[0]} ({string.Join("; ", pairs)})", $"menurut {parts[0]} ({string.Join("; ", pairs)})");
    }

    private string Percentile(FunctionCall call, int argument) => call.Arguments[argument] is NumberLiteral number ? words.Number(number.Value * 100) : Of(call.Arguments[argument]);

    private string Special(FunctionCall call)
    {
        var name = call.Arguments[0] is NameReference reference ? reference.Name : "";
        var code = call.Arguments[1] is TextLiteral text ? text.Value : Of(call.Arguments[1]);
        var special = definition.Input(name)?.Specials.FirstOrDefault(each => each.Tag == code || each.Value == code);
        return special is null ? code : Quoted(words.In(special.Label));
    }

    private string Value(Expression value, Expression of)
    {
        if (value is not TextLiteral text) return Of(value);
        var input = !ofRows && of is NameReference name ? definition.Input(definition.Feature(name.Name)?.From ?? name.Name) : null;
        return Quoted(input is null ? text.Value : words.Code(text.Value, input.Values));
    }

    private static string Spaced(string name) => name.Replace('_', ' ');

    private string Inside(Expression expression, int loosest) => Level(expression) < loosest ? $"({Of(expression)})" : Of(expression);

    private int Level(Expression expression) => expression switch
    {
        BinaryOperation { Operator: "or" } => Or,
        BinaryOperation { Operator: "and" } => And,
        BinaryOperation { Operator: "+" or "-" } => Sum,
        BinaryOperation { Operator: "*" or "/" } => Product,
        BinaryOperation or Membership => Comparison,
        UnaryOperation { Operator: "not" } => Not,
        FunctionCall { Name: "is_missing" or "is_special" } => Comparison,
        FunctionCall { Name: "zscore_within" or "frequency" or "days_between" or "months_between" or "years_between" or "round" } => Or,
        FunctionCall call when definition.Staging is not null && ExpressionAggregates.IsAggregate(call, definition.Staging) => Or,
        _ => Primary,
    };

    private static string Quoted(string text) => $"“{text}”";
}
