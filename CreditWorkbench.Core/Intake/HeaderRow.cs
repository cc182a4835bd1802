using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Names the columns of a delimited file from its first bytes.</summary>
/// <param name="Columns">In file order, without a trailing empty column.</param>
/// <param name="Trailing">Whether rows end in a delimiter that no column stands behind.</param>
internal sealed record HeaderRow(IReadOnlyList<FileColumn> Columns, bool Trailing)
{
    private const int SampleRows = 1_000;

    /// <summary>Reads the header, or numbers the columns, and looks at the first rows for a trailing delimiter.</summary>
    /// <param name="sample">First bytes, decoded, without a byte order mark.</param>
    /// <param name="ended">Whether the sample is the whole file.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <param name="cells">Usual number of cells.</param>
    /// <param name="options">Whether there is a header.</param>
    public static Outcome<HeaderRow> Find(ReadOnlySpan<byte> sample, bool ended, char delimiter, int cells, FileReadOptions options)
    {
        var splitter = new RecordSplitter((byte)delimiter, options.MaxCellBytes, options.MaxColumns);
        var names = new List<string>();
        if (options.HasHeader)
        {
            sample = sample[BlankLines(splitter, sample, ended)..];
            var result = splitter.Split(sample, ended);
            if (result is SplitResult.QuoteOpen or SplitResult.QuoteStray) return (result == SplitResult.QuoteOpen ? FileProblems.QuoteOpen : FileProblems.QuoteStray) with { Field = "header" };
            if (result is not SplitResult.Record) return FileProblems.RowTooLong(options.MaxCellBytes) with { Field = "header" };
            for (var cell = 0; cell < splitter.Count && cell < options.MaxColumns; cell++) names.Add(Name(splitter, sample, cell));
            cells = splitter.Count;
            sample = sample[splitter.Length..];
        }

        if (cells > options.MaxColumns) return FileProblems.TooManyColumns(options.MaxColumns);
        var seen = Look(splitter, sample, ended, cells);
        if (seen.Rows == 0 && ended) return options.HasHeader ? FileProblems.NoRows : FileProblems.Empty;
        var lastUnnamed = !options.HasHeader || names[^1].Length == 0;
        if (lastUnnamed && cells > 2 && seen.LastFilled * 10 <= seen.Rows) return Named(names, cells - 1, trailing: true);
        return Named(names, cells, trailing: seen.ExtraEmpty * 2 > seen.Rows);
    }

    private static string Name(RecordSplitter splitter, ReadOnlySpan<byte> sample, int cell)
    {
        var text = sample.Slice(splitter.Start(cell), splitter.CellLength(cell));
        var decoded = System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : TextEncoding.Western.GetString(text);
        return (splitter.IsEscaped(cell) ? decoded.Replace("\"\"", "\"", StringComparison.Ordinal) : decoded).Trim();
    }

    /// <summary>Counts among the first rows: all, those whose last of exactly <paramref name="cells"/> cells is filled, those
    /// with one further cell, empty.</summary>
    private static (int Rows, int LastFilled, int ExtraEmpty) Look(RecordSplitter splitter, ReadOnlySpan<byte> sample, bool ended, int cells)
    {
        var (rows, filled, extra) = (0, 0, 0);
        while (rows < SampleRows)
        {
            var result = splitter.Split(sample, ended);
            if (result is SplitResult.End or SplitResult.More) break;
            if (result != SplitResult.Blank) rows++;
            if (result == SplitResult.Record && splitter.Count == cells && splitter.CellLength(cells - 1) > 0) filled++;
            if (result == SplitResult.Record && splitter.Count == cells + 1 && splitter.CellLength(cells) == 0) extra++;
            var length = result is SplitResult.Record or SplitResult.Blank ? splitter.Length : RecordSplitter.LineLength(sample, ended);
            if (length <= 0) break;
            sample = sample[length..];
        }

        return (rows, filled, extra);
    }

    private static int BlankLines(RecordSplitter splitter, ReadOnlySpan<byte> sample, bool ended)
    {
        var skipped = 0;
        while (splitter.Split(sample[skipped..], ended) == SplitResult.Blank) skipped += splitter.Length;
        return skipped;
    }

    private static Outcome<HeaderRow> Named(List<string> names, int count, bool trailing)
    {
        var columns = new FileColumn[count];
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        for (var i = 0; i < count; i++)
        {
            var given = names.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"c{i + 1}") : names[i];
            var name = given.Length > 0 ? given : string.Create(CultureInfo.InvariantCulture, $"column_{i + 1}");
            if (!positions.TryAdd(name, i + 1)) problems.Add(FileProblems.DuplicateHeader(name, positions[name], i + 1));
            columns[i] = new FileColumn(name);
        }

        return problems.Count > 0 ? problems : new HeaderRow(columns, trailing);
    }
}
