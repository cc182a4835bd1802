namespace CreditWorkbench.Core.Scorecards;

/// <summary>How bank statements become inputs: column names, classes of bookings and a golden example.</summary>
/// <param name="Columns">Columns that a statement has.</param>
/// <param name="Classes">Classes of bookings in order; the first match wins.</param>
/// <param name="Essential">Names of classes that count as essential spending.</param>
/// <param name="Metrics">Inputs that a statement gives, with their definition in words.</param>
/// <param name="NotDerived">Inputs that it cannot give, with the reason.</param>
/// <param name="ExampleBookings">Golden example: date, amount, direction, text, balance per booking, as written.</param>
/// <param name="ExampleExpected">Golden example: input to value.</param>
public sealed record StatementDefinition(
    IReadOnlyList<StatementColumn> Columns,
    IReadOnlyList<BookingClass> Classes,
    IReadOnlyList<string> Essential,
    IReadOnlyDictionary<string, string> Metrics,
    IReadOnlyDictionary<string, string> NotDerived,
    IReadOnlyList<IReadOnlyList<string>> ExampleBookings,
    IReadOnlyDictionary<string, double> ExampleExpected)
{
    /// <summary>Words of the definitions (window, full month, own transfer ...) with their meaning.</summary>
    public IReadOnlyDictionary<string, string> Terms { get; init; } = new Dictionary<string, string>();
    /// <summary>What counts as income when no booking has class income; null when nothing does.</summary>
    public string? FallbackIncome { get; init; }
    /// <summary>As-of date of the golden example; null when not stated.</summary>
    public DateOnly? ExampleAsOf { get; init; }
}

/// <summary>One column of a statement.</summary>
public sealed record StatementColumn(string Name, bool Required, IReadOnlyList<string> Aliases, IReadOnlyList<string> InWords, IReadOnlyList<string> OutWords)
{
    /// <summary>How the column is read, in words; null without.</summary>
    public string? Note { get; init; }
}

/// <summary>A class of bookings.</summary>
/// <param name="Name">Name.</param>
/// <param name="Direction">in, out or any.</param>
/// <param name="Words">Whole words that select it; none: the rest.</param>
public sealed record BookingClass(string Name, string Direction, IReadOnlyList<string> Words);
