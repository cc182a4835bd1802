using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>What a file says under a mapping.</summary>
/// <param name="Statement">The bookings that could be read, oldest first.</param>
/// <param name="Faults">Rows that could not, with field and remedy; the first hundred.</param>
/// <param name="Rows">Data rows of the file, blank ones left out.</param>
/// <param name="Faulty">How many of them could not be read.</param>
/// <param name="Categories">The bank's categories as written, with their number of rows, most frequent first; the first hundred.</param>
public sealed record StatementReading(BankStatement Statement, IReadOnlyList<Problem> Faults, long Rows, long Faulty, IReadOnlyList<(string Category, int Rows)> Categories);

/// <summary>Reads the bookings of a statement as a mapping says. Unlike <see cref="BankStatementReader"/> it goes on after a faulty row
/// and lists it, because somebody looks at the preview.</summary>
public static class MappedStatementReader
{
    private const int MostListed = 100;

    /// <summary>Most rows of one statement.</summary>
    public const int MostRows = 200_000;

    /// <summary>Reads a statement to its end.</summary>
    /// <param name="definition">A dictionary with a statement section.</param>
    /// <param name="rows">The file; read to its end, not disposed.</param>
    /// <param name="mapping">How the bank writes.</param>
    /// <param name="upload">What the applicant says.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>What could be read, or why nothing could: faults of the mapping, a broken file, no bookings at all.</returns>
    public static async Task<Outcome<StatementReading>> ReadAsync(
        ScorecardDefinition definition, RowReader rows, StatementMapping mapping, StatementUpload upload, CancellationToken cancellationToken)
    {
        if (mapping.FaultsFor(definition, rows.Columns) is { Count: > 0 } faults) return Outcome<StatementReading>.Refused(faults);
        var (source, cells, rejected) = (new MappedRow(mapping, rows), new List<StatementCells>(), new List<Problem>());
        while (true)
        {
            switch (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case RowState.Row:
                    if (source.Read() is { IsBlank: false } row) cells.Add(row);
                    if (cells.Count > MostRows) return new Problem("statement.tooLong", $"The statement has more than {MostRows} rows.") { Remedy = "Take the last twelve months." };
                    break;
                case RowState.Rejected:
                    rejected.Add(rows.Problem!);
                    break;
                case RowState.End:
                    return Interpret(definition.Statement!, cells, rejected, mapping, upload);
                default:
                    return rows.Problem!;
            }
        }
    }

    private static Outcome<StatementReading> Interpret(StatementDefinition definition, List<StatementCells> cells, List<Problem> faults, StatementMapping mapping, StatementUpload upload)
    {
        var amounts = mapping.DecimalComma is { } comma ? StatementAmounts.Of(comma) : StatementAmounts.Of(cells.SelectMany(row => new[] { row.Amount, row.Balance }));
        var reader = new BookingReader(definition, amounts, mapping.DateForm == StatementMapping.AnyDate ? null : mapping.DateForm);
        var (bookings, faulty) = (new List<Booking>(), (long)faults.Count);
        foreach (var row in cells)
        {
            var found = new List<Problem>();
            if (reader.Read(row, found) is { } booking) bookings.Add(Converted(booking, mapping));
            else faulty++;
            faults.AddRange(found.Take(MostListed - Math.Min(MostListed, faults.Count)));
        }

        if (bookings.Count == 0) return faults.Count > 0 ? faults : new Problem("statement.empty", "The statement has no bookings.") { Remedy = "Choose a statement that covers at least three full months." };
        if (bookings[0].Date > bookings[^1].Date) bookings.Reverse();
        var categories = cells.Where(row => row.Category.Length > 0).GroupBy(row => row.Category)
            .Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostListed);
        return new StatementReading(new BankStatement([.. bookings.OrderBy(booking => booking.Date)], upload), faults, bookings.Count + faulty, faulty, [.. categories]);
    }

    private static Booking Converted(Booking booking, StatementMapping mapping) => booking with
    {
        Amount = booking.Amount * mapping.Rate,
        Balance = booking.Balance * mapping.Rate,
        Category = mapping.Classes.GetValueOrDefault(booking.Category, booking.Category),
    };

    /// <summary>The cells of one row, found by the mapping.</summary>
    private sealed class MappedRow(StatementMapping mapping, RowReader rows)
    {
        private readonly int _date = rows.IndexOf(mapping.Date);
        private readonly int _amount = rows.IndexOf(mapping.Amount);
        private readonly int _out = mapping.Direction == StatementDirection.TwoColumns ? rows.IndexOf(mapping.AmountOut) : -1;
        private readonly int _direction = mapping.Direction == StatementDirection.Column ? rows.IndexOf(mapping.DirectionColumn) : -1;
        private readonly int _counterparty = rows.IndexOf(mapping.Counterparty);
        private readonly int _category = rows.IndexOf(mapping.Category);
        private readonly int _balance = rows.IndexOf(mapping.Balance);

        public StatementCells Read()
        {
            var (amount, direction) = _out >= 0 ? OfTwo(Cell(_amount), Cell(_out)) : (Cell(_amount), WordOf(Cell(_direction)));
            return new StatementCells(rows.Row, Cell(_date), amount, direction, Cell(_counterparty), Cell(_category), Cell(_balance));
        }

        // A bank that writes two columns leaves one of them empty, or writes a zero into it.
        private static (string Amount, string Direction) OfTwo(string moneyIn, string moneyOut) =>
            moneyOut.Any(sign => sign is >= '1' and <= '9') ? (moneyOut, "out") : (moneyIn, moneyIn.Length == 0 ? "" : "in");

        private string WordOf(string word) =>
            mapping.InWords.Contains(word, StringComparer.OrdinalIgnoreCase) ? "in" : mapping.OutWords.Contains(word, StringComparer.OrdinalIgnoreCase) ? "out" : word;

        private string Cell(int column) => column < 0 ? "" : rows.Text(column).Trim();
    }
}
