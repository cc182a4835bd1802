using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>All aggregates over one table, ready for any base row. Immutable; each thread has its own <see cref="Scratch"/>.</summary>
internal sealed class AggregateRun
{
    private readonly GroupedTable _grouped;
    private readonly double _monthDays;
    private readonly Column[] _columns;
    private readonly int[] _months;
    private readonly double[]? _reported;
    private readonly double[]? _accounts;

    /// <param name="staging">Tables and the length of a month.</param>
    /// <param name="table">The table.</param>
    /// <param name="aggregates">What is worked out of it, with the slot of each.</param>
    /// <param name="keys">Group of a key.</param>
    /// <param name="groups">Number of base rows.</param>
    /// <param name="threads">Threads at most.</param>
    public AggregateRun(StagingDefinition staging, StagedTable table, IReadOnlyList<(Aggregate Aggregate, int Slot)> aggregates, KeyIndex keys, int groups, int threads)
    {
        (_grouped, _monthDays) = (GroupedTable.Of(table, keys, groups, threads), staging.MonthDays);
        _months = [.. aggregates.Select(each => each.Aggregate.Months).Distinct().Order()];
        var cells = new RowCells(table, _grouped, threads);
        _columns = [.. aggregates.Select(each => new Column(
            new AggregateMath(each.Aggregate, staging.MonthDays), each.Slot, Array.IndexOf(_months, each.Aggregate.Months),
            cells.Values(each.Aggregate.Value), cells.Condition(each.Aggregate.Where), cells.Condition(each.Aggregate.Whole)))];
        if (table.Definition.Columns.FirstOrDefault(column => column.LatestBeforeAsOf is not null) is { } reported && table.Column(reported.Name) is { } reports)
            (_reported, _accounts) = (_grouped.InOrder(reports, threads), _grouped.InOrder(table.Column(reported.LatestBeforeAsOf!)!, threads));
    }

    /// <summary>Works out the aggregates of one base row.</summary>
    /// <param name="group">Group of its key.</param>
    /// <param name="asOf">Day number of its as-of instant; nothing dated at or after it is seen.</param>
    /// <param name="slots">Receives each aggregate at its slot.</param>
    /// <param name="scratch">Of this thread.</param>
    public void Fill(int group, double asOf, Span<double> slots, Scratch scratch)
    {
        var (start, end) = (_grouped.Start[group], _grouped.Start[group + 1]);
        var isDated = _grouped.Dates.Length > 0;
        if (isDated) end = start + Before(_grouped.Dates.AsSpan(start, end - start), asOf);
        var picked = _reported is null ? null : scratch.Latest(_reported, _accounts!, start, end, asOf);
        Span<int> firsts = stackalloc int[_months.Length];
        for (var i = 0; i < firsts.Length; i++)
            firsts[i] = _months[i] == 0 || !isDated ? start : start + Before(_grouped.Dates.AsSpan(start, end - start), asOf - _months[i] * _monthDays);
        foreach (ref readonly var column in _columns.AsSpan())
        {
            var first = firsts[column.Window];
            slots[column.Slot] = picked is null
                ? column.Math.Of(Range(column, first, end - first, asOf))
                : column.Math.Of(scratch.Range(picked, first, _grouped.Dates, column, asOf));
        }
    }

    private RowRange Range(in Column column, int first, int length, double asOf) => new(
        _grouped.Dates.Length > 0 ? _grouped.Dates.AsSpan(first, length) : [],
        column.Values is { } values ? values.AsSpan(first, length) : [],
        column.Where is { } where ? where.AsSpan(first, length) : [],
        column.Of is { } of ? of.AsSpan(first, length) : [],
        length, asOf);

    /// <summary>Number of dates before a moment; the dates rise.</summary>
    private static int Before(ReadOnlySpan<double> dates, double moment)
    {
        var (low, high) = (0, dates.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (dates[middle] < moment) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>One aggregate with its cells in order.</summary>
    internal readonly record struct Column(AggregateMath Math, int Slot, int Window, double[]? Values, byte[]? Where, byte[]? Of);
}
