using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Findings on a whole file.</summary>
/// <param name="Layout">Format, encoding, delimiter, columns.</param>
/// <param name="Rows">Good rows.</param>
/// <param name="Columns">Findings per column, in file order.</param>
/// <param name="Rejected">Rows that cannot be read.</param>
public sealed record FileProfile(FileLayout Layout, long Rows, IReadOnlyList<ColumnProfile> Columns, RejectedRows Rejected)
{
    /// <summary>Findings on a column; null when the file has none of that name.</summary>
    public ColumnProfile? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>Reads a file to its end.</summary>
    /// <param name="reader">The open file, before its first row; stays open, at its end.</param>
    /// <param name="specials">Declared special codes, left out of ranges.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>The findings; refused when the file breaks off or has no good row.</returns>
    /// <remarks>One pass. Memory: up to 10,000 distinct values per column, and a number per row for columns without a repeated value.</remarks>
    public static async Task<Outcome<FileProfile>> ReadAsync(RowReader reader, SpecialCodeList specials, CancellationToken cancellationToken)
    {
        var unknown = specials.ByColumn.Keys.Where(column => reader.IndexOf(column) < 0).Select(column => ColumnProblems.ColumnUnknown(column, reader.Columns)).ToList();
        if (unknown.Count > 0) return unknown;
        ColumnProfiler[] profilers = [.. reader.Columns.Select(column => new ColumnProfiler(column, specials.For(column.Name)))];
        var rejected = new RejectedRows();
        long rows = 0;
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case RowState.Row:
                    rows++;
                    for (var column = 0; column < profilers.Length; column++) profilers[column].Add(reader.Cell(column));
                    break;
                case RowState.Rejected:
                    rejected.Add(reader.Problem!);
                    break;
                case RowState.Refused:
                    return reader.Problem!;
                default:
                    return rows == 0
                        ? (List<Problem>)[FileProblems.NothingReadable(rejected.Count), .. rejected.First.Take(5)]
                        : new FileProfile(reader.Layout, rows, [.. profilers.Select(profiler => profiler.Finish(rows))], rejected);
            }
        }
    }
}
