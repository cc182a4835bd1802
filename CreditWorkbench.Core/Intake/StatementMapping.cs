using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>How a statement says whether money came in.</summary>
public enum StatementDirection
{
    /// <summary>By the sign of the amount: negative is out.</summary>
    Sign,
    /// <summary>By a column of words (credit, debit).</summary>
    Column,
    /// <summary>By the column that holds the amount: one for money in, one for money out.</summary>
    TwoColumns,
}

/// <summary>How one bank writes its statements: which column holds what, how dates and directions are written, which of the bank's
/// categories is which class, and the currency.</summary>
public sealed record StatementMapping
{
    /// <summary>Date form that is found row by row.</summary>
    public const string AnyDate = "auto";

    /// <summary>Forms of dates that can be chosen; the first finds the form by itself, days before months.</summary>
    public static IReadOnlyList<string> DateForms { get; } =
        [AnyDate, "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "dd/MM/yy", "dd MMM yyyy", "yyyyMMdd", "yyMMdd"];

    /// <summary>What people call the bank, or this kind of file.</summary>
    public string Bank { get; init; } = "";

    /// <summary>Column of the day of booking.</summary>
    public string Date { get; init; } = "";

    /// <summary>One of <see cref="DateForms"/>.</summary>
    public string DateForm { get; init; } = AnyDate;

    /// <summary>How direction is told.</summary>
    public StatementDirection Direction { get; init; }

    /// <summary>Column of the amount; of money in where there are two columns.</summary>
    public string Amount { get; init; } = "";

    /// <summary>Column of money out where there are two columns; empty otherwise.</summary>
    public string AmountOut { get; init; } = "";

    /// <summary>Column of the direction's words; empty otherwise.</summary>
    public string DirectionColumn { get; init; } = "";

    /// <summary>Words for money in, beside those of the dictionary.</summary>
    public IReadOnlyList<string> InWords { get; init; } = [];

    /// <summary>Words for money out, beside those of the dictionary.</summary>
    public IReadOnlyList<string> OutWords { get; init; } = [];

    /// <summary>Column of counterparty or text; empty when there is none.</summary>
    public string Counterparty { get; init; } = "";

    /// <summary>Column of the bank's category; empty when there is none.</summary>
    public string Category { get; init; } = "";

    /// <summary>Column of the balance after the booking; empty when there is none.</summary>
    public string Balance { get; init; } = "";

    /// <summary>The bank's category, as written, to a class of the dictionary; a category that is not named is judged by its words.</summary>
    public IReadOnlyDictionary<string, string> Classes { get; init; } = new Dictionary<string, string>();

    /// <summary>Delimiter of the file; null finds it.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether a comma stands before decimals; null finds it.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>Currency of the statement, three letters.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Units of the scorecard's currency for one of the statement's; above 0.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>What a file is recognised by: its column names, without case, spaces and punctuation.</summary>
    public static ContentHash HeaderOf(IEnumerable<FileColumn> columns) =>
        ContentHash.Of(Encoding.UTF8.GetBytes(string.Join('|', columns.Select(column => Plain(column.Name)))));

    /// <summary>A first guess from the column names of a file that no saved mapping knows.</summary>
    public static StatementMapping Guess(ScorecardDefinition definition, IReadOnlyList<FileColumn> columns)
    {
        var section = definition.Statement ?? throw new ArgumentException($"The scorecard {definition.Id} derives nothing from statements.", nameof(definition));
        string Find(string name) => section.Columns.FirstOrDefault(column => column.Name == name) is { } known
            ? known.Aliases.Prepend(name).Select(alias => columns.FirstOrDefault(column => Plain(column.Name) == Plain(alias))?.Name).FirstOrDefault(found => found is not null) ?? ""
            : "";
        string Any(params string[] names) => columns.FirstOrDefault(column => names.Contains(Plain(column.Name)))?.Name ?? "";
        var (credit, debit) = (Any("credit", "kredit", "in", "masuk", "moneyin", "paidin"), Any("debit", "debet", "out", "keluar", "moneyout", "paidout"));
        var direction = Find("direction");
        var two = Find("amount").Length == 0 && credit.Length > 0 && debit.Length > 0;
        return new StatementMapping
        {
            Date = Find("date"),
            Direction = two ? StatementDirection.TwoColumns : direction.Length > 0 ? StatementDirection.Column : StatementDirection.Sign,
            Amount = two ? credit : Find("amount"),
            AmountOut = two ? debit : "",
            DirectionColumn = two ? "" : direction,
            Counterparty = Find("counterparty"),
            Category = Find("category"),
            Balance = Find("balance"),
            Currency = definition.Currency,
        };
    }

    /// <summary>What is missing or unknown in this mapping for a file; empty when it can be used.</summary>
    public IReadOnlyList<Problem> FaultsFor(ScorecardDefinition definition, IReadOnlyList<FileColumn> columns)
    {
        var faults = new List<Problem>();
        void Needs(string field, string name)
        {
            if (name.Length == 0) faults.Add(new Problem("statement.mapping.column", $"No column is chosen for {field}.") { Field = field, Remedy = "Choose the column that holds it." });
            else if (columns.All(column => column.Name != name)) faults.Add(new Problem("statement.mapping.absent", $"The file has no column {name}.") { Field = field, Remedy = "Choose another column." });
        }

        Needs("date", Date);
        Needs("amount", Amount);
        if (Direction == StatementDirection.TwoColumns) Needs("amountOut", AmountOut);
        if (Direction == StatementDirection.Column) Needs("direction", DirectionColumn);
        foreach (var (field, name) in new[] { ("counterparty", Counterparty), ("category", Category), ("balance", Balance) })
        {
            if (name.Length > 0) Needs(field, name);
        }

        if (!DateForms.Contains(DateForm)) faults.Add(new Problem("statement.mapping.date", $"\"{DateForm}\" is no form of dates.") { Field = "dateForm", Remedy = $"Allowed: {string.Join(", ", DateForms)}." });
        if (Currency.Length != 3 || !Currency.All(char.IsAsciiLetterUpper)) faults.Add(new Problem("statement.mapping.currency", $"\"{Currency}\" is no currency.") { Field = "currency", Remedy = "Write three capital letters, such as IDR." });
        if (!(Rate > 0) || !double.IsFinite(Rate)) faults.Add(new Problem("statement.mapping.rate", "The exchange rate is above zero.") { Field = "rate", Remedy = $"Enter how many {definition.Currency} one {Currency} is." });
        else if (Currency == definition.Currency && Rate != 1) faults.Add(new Problem("statement.mapping.rate", $"One {Currency} is one {Currency}.") { Field = "rate", Remedy = "Enter 1." });
        var known = definition.Statement?.Classes.Select(one => one.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        faults.AddRange(Classes.Where(one => !known.Contains(one.Value)).Select(one => new Problem("statement.mapping.class", $"{one.Value} is no class of bookings.") { Field = one.Key, Remedy = $"Allowed: {string.Join(", ", known)}." }));
        return faults;
    }

    internal static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
