using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads the bookings of a bank statement from any file of rows. Columns are found by the dictionary's names and aliases,
/// without case, spaces and punctuation.</summary>
public static class BankStatementReader
{
    private const int MostProblems = 100;

    /// <summary>Reads a statement to its end.</summary>
    /// <param name="definition">The dictionary's section.</param>
    /// <param name="rows">The file; read to its end, not disposed.</param>
    /// <param name="upload">What the applicant says.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>The statement, oldest booking first, or every problem (the first hundred).</returns>
    public static async Task<Outcome<BankStatement>> ReadAsync(StatementDefinition definition, RowReader rows, StatementUpload upload, CancellationToken cancellationToken)
    {
        var columns = StatementColumns.Match(definition, rows.Columns);
        if (!columns.TryGet(out var matched, out var missing)) return Outcome<BankStatement>.Refused(missing);
        var cells = new List<StatementCells>();
        while (true)
        {
            switch (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case RowState.Row:
                    cells.Add(matched.Read(rows));
                    break;
                case RowState.End:
                    return Interpret(definition, cells, upload);
                default:
                    return rows.Problem!;
            }
        }
    }

    private static Outcome<BankStatement> Interpret(StatementDefinition definition, List<StatementCells> cells, StatementUpload upload)
    {
        var amounts = StatementAmounts.Of(cells.SelectMany(row => new[] { row.Amount, row.Balance }));
        var reader = new BookingReader(definition, amounts);
        var (bookings, problems) = (new List<Booking>(), new List<Problem>());
        foreach (var row in cells.Where(row => !row.IsBlank))
        {
            if (reader.Read(row, problems) is { } booking) bookings.Add(booking);
            if (problems.Count >= MostProblems) break;
        }

        if (problems.Count > 0) return problems;
        if (bookings.Count == 0) return new Problem("statement.empty", "The statement has no bookings.") { Remedy = "Choose a statement that covers at least three full months." };

        // Many banks write the newest booking first; within a day their order is turned as well.
        if (bookings[0].Date > bookings[^1].Date) bookings.Reverse();
        return new BankStatement([.. bookings.OrderBy(booking => booking.Date)], upload);
    }
}

/// <summary>The raw cells of one row.</summary>
internal sealed record StatementCells(long Row, string Date, string Amount, string Direction, string Counterparty, string Category, string Balance)
{
    public bool IsBlank => Date.Length == 0 && Amount.Length == 0;
}

/// <summary>Which column of the file holds what; -1 where there is none.</summary>
internal sealed record StatementColumns(int Date, int Amount, int Direction, int Counterparty, int Category, int Balance)
{
    public static Outcome<StatementColumns> Match(StatementDefinition definition, IReadOnlyList<FileColumn> columns)
    {
        var problems = new List<Problem>();
        int Find(string name)
        {
            var column = definition.Columns.FirstOrDefault(one => one.Name == name);
            if (column is null) return -1;
            foreach (var alias in column.Aliases.Prepend(name))
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    if (StatementMapping.Plain(columns[i].Name) == StatementMapping.Plain(alias)) return i;
                }
            }

            if (column.Required) problems.Add(new Problem("statement.column.missing", $"The statement has no column {name}.") { Field = name, Remedy = $"Name it {string.Join(", ", column.Aliases.Prepend(name))}." });
            return -1;
        }

        var matched = new StatementColumns(Find("date"), Find("amount"), Find("direction"), Find("counterparty"), Find("category"), Find("balance"));
        return problems.Count > 0 ? problems : matched;
    }

    public StatementCells Read(RowReader rows)
    {
        string Cell(int column) => column < 0 ? "" : rows.Text(column).Trim();
        return new StatementCells(rows.Row, Cell(Date), Cell(Amount), Cell(Direction), Cell(Counterparty), Cell(Category), Cell(Balance));
    }
}
