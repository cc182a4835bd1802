namespace CreditWorkbench.Core.Staging;

/// <summary>Room for the rows of one base row where not all rows of its group count. One per thread.</summary>
internal sealed class Scratch
{
    private readonly Dictionary<double, int> _latest = [];
    private readonly List<int> _picked = [];
    private double[] _dates = [];
    private double[] _values = [];
    private byte[] _where = [];
    private byte[] _of = [];

    /// <summary>Of several reports of an account the last one before the as-of date, in the order of rows. A row without a date of
    /// report counts as reported before everything.</summary>
    public List<int> Latest(double[] reported, double[] accounts, int start, int end, double asOf)
    {
        _latest.Clear();
        for (var row = start; row < end; row++)
        {
            if (reported[row] >= asOf) continue;
            if (!_latest.TryGetValue(accounts[row], out var other) || !(reported[row] < reported[other])) _latest[accounts[row]] = row;
        }

        _picked.Clear();
        _picked.AddRange(_latest.Values);
        _picked.Sort();
        return _picked;
    }

    /// <summary>The picked rows from a first one on as a range.</summary>
    public RowRange Range(List<int> picked, int first, double[] dates, in AggregateRun.Column column, double asOf)
    {
        var from = picked.BinarySearch(first);
        if (from < 0) from = ~from;
        var length = picked.Count - from;
        return new RowRange(
            dates.Length > 0 ? Gather(picked, from, dates, ref _dates) : [],
            column.Values is { } values ? Gather(picked, from, values, ref _values) : [],
            column.Where is { } where ? Gather(picked, from, where, ref _where) : [],
            column.Of is { } of ? Gather(picked, from, of, ref _of) : [],
            length, asOf);
    }

    private static ReadOnlySpan<T> Gather<T>(List<int> picked, int from, T[] cells, ref T[] into)
    {
        var length = picked.Count - from;
        if (into.Length < length) into = new T[Math.Max(64, length * 2)];
        for (var i = 0; i < length; i++) into[i] = cells[picked[from + i]];
        return into.AsSpan(0, length);
    }
}
