using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Finds the delimiter of a sample: the one that splits most records into the same number of cells, the first record
/// among them.</summary>
internal static class DelimiterSniffer
{
    private const int SampleRecords = 200;

    // In the order of preference among equals: a tab or semicolon that splits every record alike is no accident, a comma may be
    // a decimal sign. A space may stand in texts and in dates with times, so it is asked only when nothing else splits.
    private static readonly byte[] Candidates = "\t;|, "u8.ToArray();

    /// <summary>The delimiter and its usual number of cells; a problem when nothing splits the sample.</summary>
    /// <param name="sample">First bytes of the text, without a byte order mark.</param>
    /// <param name="ended">Whether the sample is the whole file.</param>
    /// <param name="options">A delimiter given there is only checked.</param>
    public static Outcome<(char Delimiter, int Cells)> Find(ReadOnlySpan<byte> sample, bool ended, FileReadOptions options)
    {
        if (options.Delimiter is { } given)
        {
            var split = Count(sample, ended, given, options);
            return split.Cells > 1 ? (given, split.Cells) : FileProblems.OneColumn(given);
        }

        var (best, cells, score) = ('\0', 1, 0.0);
        foreach (var candidate in Candidates)
        {
            if (candidate == (byte)' ' && score >= 0.5) break;
            var count = Count(sample, ended, (char)candidate, options);
            if (count.Cells > 1 && count.Share > score) (best, cells, score) = ((char)candidate, count.Cells, count.Share);
        }

        return best == '\0' ? FileProblems.OneColumn(null) : (best, cells);
    }

    /// <summary>Most frequent number of cells and the share of records that have it. A first record that differs by more than
    /// a trailing delimiter halves the share, because a header has as many cells as the rows.</summary>
    private static (int Cells, double Share) Count(ReadOnlySpan<byte> sample, bool ended, char delimiter, FileReadOptions options)
    {
        var splitter = new RecordSplitter((byte)delimiter, options.MaxCellBytes, options.MaxColumns);
        var counts = new SortedDictionary<int, int>();
        var (first, records) = (0, 0);
        while (records < SampleRecords)
        {
            var result = splitter.Split(sample, ended);
            if (result is SplitResult.End or SplitResult.More) break;
            if (result == SplitResult.Record)
            {
                if (records++ == 0) first = splitter.Count;
                counts[splitter.Count] = counts.GetValueOrDefault(splitter.Count) + 1;
            }

            var consumed = result is SplitResult.Record or SplitResult.Blank ? splitter.Length : RecordSplitter.LineLength(sample, ended);
            if (consumed <= 0) break;
            if (result is not (SplitResult.Record or SplitResult.Blank)) records++;
            sample = sample[consumed..];
        }

        if (counts.Count == 0) return (1, 0);
        if (first == 1 && delimiter == ' ') return (1, 0); // rows split at a space within a text; the header tells
        var (cells, count) = counts.MaxBy(pair => pair.Value);
        var share = (double)count / records;
        return (cells, Math.Abs(first - cells) > 1 ? share / 2 : share);
    }
}
