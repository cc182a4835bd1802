using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>One booking with its class and payer.</summary>
internal sealed record LedgerEntry(Booking Booking, string Class, string Payer)
{
    public DateOnly Date => Booking.Date;

    public double Amount => Booking.Amount;

    public int Month { get; } = StatementMonths.NumberOf(Booking.Date);
}

/// <summary>A statement made ready: bookings before the as-of date, classified, without reversals and own transfers, with the
/// window and the balances.</summary>
internal sealed class StatementLedger
{
    private const int WindowMonths = 12;
    private const int ReversalDays = 5;
    private readonly StatementDefinition _definition;

    public StatementLedger(StatementDefinition definition, BankStatement statement)
    {
        _definition = definition;
        var used = statement.Bookings.Where(booking => booking.Date < statement.Upload.AsOf).ToArray();
        Ignored = [.. statement.Bookings.Where(booking => booking.Date >= statement.Upload.AsOf).Select(booking => booking.Row).Order()];
        Balances = new StatementBalances(used, statement.Upload.OpeningBalance);
        Entries = WithFallbackIncome(Classified(used, statement.Upload.HolderName));
        if (used.Length == 0) return;
        var last = statement.Upload.To ?? used[^1].Date;
        FullMonths = StatementMonths.Full(statement.Upload.From ?? used[0].Date, last < statement.Upload.AsOf ? last : statement.Upload.AsOf.AddDays(-1), statement.Upload.AsOf);
        Window = [.. FullMonths.TakeLast(WindowMonths)];
        InWindow = Window.Length == 0 ? [] : [.. Entries.Where(entry => entry.Month >= Window[0] && entry.Month <= Window[^1])];
    }

    /// <summary>Rows dated on or after the as-of date.</summary>
    public long[] Ignored { get; }

    /// <summary>All bookings that count, oldest first.</summary>
    public LedgerEntry[] Entries { get; }

    /// <summary>Full months of the statement, rising.</summary>
    public int[] FullMonths { get; } = [];

    /// <summary>The last twelve full months, fewer if the statement is shorter.</summary>
    public int[] Window { get; } = [];

    /// <summary>Bookings in the window.</summary>
    public LedgerEntry[] InWindow { get; } = [];

    /// <summary>Balances, own transfers and reversals included.</summary>
    public StatementBalances Balances { get; }

    /// <summary>First day of the window.</summary>
    public DateOnly WindowStart => StatementMonths.FirstDay(Window[0]);

    /// <summary>Last day of the window.</summary>
    public DateOnly WindowEnd => StatementMonths.LastDay(Window[^1]);

    /// <summary>Bookings of the window with a class.</summary>
    public IEnumerable<LedgerEntry> Of(string className) => InWindow.Where(entry => entry.Class == className);

    /// <summary>Outgoing bookings of the window but for savings.</summary>
    public IEnumerable<LedgerEntry> Spending => InWindow.Where(entry => !entry.Booking.IsIncoming && entry.Class != "savings");

    /// <summary>Outgoing bookings of the window whose class is essential.</summary>
    public IEnumerable<LedgerEntry> Essential => InWindow.Where(entry => !entry.Booking.IsIncoming && _definition.Essential.Contains(entry.Class));

    /// <summary>Sum per month of the window.</summary>
    public double[] PerMonth(IEnumerable<LedgerEntry> entries)
    {
        var sums = new double[Window.Length];
        foreach (var entry in entries) sums[entry.Month - Window[0]] += entry.Amount;
        return sums;
    }

    private List<LedgerEntry> Classified(Booking[] bookings, string? holder)
    {
        var classifier = new BookingClassifier(_definition);
        var reversed = Reversals(bookings);
        var entries = new List<LedgerEntry>();
        for (var i = 0; i < bookings.Length; i++)
        {
            if (reversed.Contains(i) || (!string.IsNullOrWhiteSpace(holder) && BookingClassifier.Holds(bookings[i].Counterparty, holder))) continue;
            var className = classifier.ClassOf(bookings[i]);
            if (className != "own_transfer") entries.Add(new LedgerEntry(bookings[i], className, BookingClassifier.PayerOf(bookings[i])));
        }

        return entries;
    }

    // Each booking cancels at most one other: the earliest later one that fits.
    private static HashSet<int> Reversals(Booking[] bookings)
    {
        var reversed = new HashSet<int>();
        for (var i = 0; i < bookings.Length; i++)
        {
            if (reversed.Contains(i)) continue;
            for (var j = i + 1; j < bookings.Length && bookings[j].Date.DayNumber - bookings[i].Date.DayNumber <= ReversalDays; j++)
            {
                if (reversed.Contains(j) || bookings[i].Amount != bookings[j].Amount || bookings[i].IsIncoming == bookings[j].IsIncoming
                    || !bookings[i].Counterparty.Equals(bookings[j].Counterparty, StringComparison.OrdinalIgnoreCase)) continue;
                reversed.Add(i);
                reversed.Add(j);
                break;
            }
        }

        return reversed;
    }

    private LedgerEntry[] WithFallbackIncome(List<LedgerEntry> entries)
    {
        if (_definition.FallbackIncome is null || entries.Exists(entry => entry.Class == "income")) return [.. entries];
        var regular = entries.Where(entry => entry.Class == "other_in").GroupBy(entry => entry.Payer)
            .Where(payer => IsRegular([.. payer])).Select(payer => payer.Key).ToHashSet(StringComparer.Ordinal);
        return [.. entries.Select(entry => entry.Class == "other_in" && regular.Contains(entry.Payer) ? entry with { Class = "income" } : entry)];
    }

    private static bool IsRegular(LedgerEntry[] credits)
    {
        if (credits.Length < 3 || credits.Select(credit => credit.Month).Distinct().Count() < 3) return false;
        var gap = StatementFigures.Median(credits.Zip(credits.Skip(1), (one, next) => (double)(next.Date.DayNumber - one.Date.DayNumber)));
        var middle = StatementFigures.Median(credits.Select(credit => credit.Amount));
        return gap is >= 20 and <= 40 && credits.All(credit => Math.Abs(credit.Amount - middle) <= 0.5 * middle);
    }
}
