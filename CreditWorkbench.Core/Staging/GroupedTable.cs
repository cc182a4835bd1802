using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>A table with many rows, put in order: the rows of one base key together, oldest first.</summary>
internal sealed class GroupedTable
{
    private const int RowsPerTask = 1 << 15;
    private readonly int[] _order;

    private GroupedTable(int[] start, int[] order, double[] dates) => (Start, _order, Dates) = (start, order, dates);

    /// <summary>First row of each group, then the row count; shape [groups + 1].</summary>
    public int[] Start { get; }

    /// <summary>Day number per row in order; empty for an undated table.</summary>
    public double[] Dates { get; }

    /// <summary>Puts a table in order.</summary>
    /// <param name="table">Rows of any order.</param>
    /// <param name="keys">Group of a key: the first base row that has it.</param>
    /// <param name="groups">Number of base rows.</param>
    /// <param name="threads">Threads at most.</param>
    /// <remarks>O(rows) where the rows of a group come in time order, as logs do; else a sort per group.</remarks>
    public static GroupedTable Of(StagedTable table, KeyIndex keys, int groups, int threads)
    {
        var on = table.Column(table.Definition.On!) ?? [];
        var days = table.Definition.Date is { } date ? table.Column(date) : null;
        var groupOf = new int[on.Length];

        // A row without a date cannot be shown to lie before the as-of date.
        for (var row = 0; row < on.Length; row++) groupOf[row] = days is not null && double.IsNaN(days[row]) ? -1 : keys.RowOf(on[row]);
        var start = new int[groups + 1];
        foreach (var group in groupOf)
        {
            if (group >= 0) start[group + 1]++;
        }

        for (var group = 0; group < groups; group++) start[group + 1] += start[group];
        var (next, order) = (start.AsSpan(0, groups).ToArray(), new int[start[groups]]);
        for (var row = 0; row < groupOf.Length; row++)
        {
            if (groupOf[row] >= 0) order[next[groupOf[row]]++] = row;
        }

        if (days is null) return new GroupedTable(start, order, []);
        Sort(table, start, order, days);
        return new GroupedTable(start, order, InOrder(days, order, threads));
    }

    /// <summary>The cells of a column in order.</summary>
    /// <param name="cells">A cell per row.</param>
    /// <param name="threads">Threads at most.</param>
    public T[] InOrder<T>(T[] cells, int threads) => InOrder(cells, _order, threads);

    private static T[] InOrder<T>(T[] cells, int[] order, int threads)
    {
        var ordered = GC.AllocateUninitializedArray<T>(order.Length);
        Parallel.For(0, (order.Length + RowsPerTask - 1) / RowsPerTask, new ParallelOptions { MaxDegreeOfParallelism = threads }, task =>
        {
            for (var i = task * RowsPerTask; i < Math.Min(order.Length, (task + 1) * RowsPerTask); i++) ordered[i] = cells[order[i]];
        });
        return ordered;
    }

    private static void Sort(StagedTable table, int[] start, int[] order, double[] days)
    {
        double[][] columns = [days, .. table.Definition.Order.Append(table.Definition.Key).Distinct(StringComparer.Ordinal).Where(name => name != table.Definition.Date).Select(name => Comparable(table, name)).OfType<double[]>()];
        var comparer = Comparer<int>.Create((a, b) => Compare(columns, a, b));
        for (var group = 0; group + 1 < start.Length; group++)
        {
            var rows = order.AsSpan(start[group], start[group + 1] - start[group]);
            for (var i = 1; i < rows.Length; i++)
            {
                // Days alone mostly decide; ties and rows out of order are looked at in full.
                if (days[rows[i - 1]] < days[rows[i]] || Compare(columns, rows[i - 1], rows[i]) <= 0) continue;
                rows.Sort(comparer);
                break;
            }
        }
    }

    // The number of a text says who came first, which is no order.
    private static double[]? Comparable(StagedTable table, string name)
    {
        if (table.Column(name) is not { } cells || table.Definition.Column(name)!.Type is not (InputType.Category or InputType.Text)) return table.Column(name);
        var pool = table.Pools[table.IndexOf(name)];
        var texts = Enumerable.Range(0, pool.Count).ToArray();
        Array.Sort(texts, (a, b) => pool.TextOf(a).SequenceCompareTo(pool.TextOf(b)));
        var ranks = new double[texts.Length];
        for (var rank = 0; rank < texts.Length; rank++) ranks[texts[rank]] = rank;
        return Array.ConvertAll(cells, cell => double.IsNaN(cell) ? cell : ranks[(int)cell]);
    }

    private static int Compare(double[][] columns, int a, int b)
    {
        foreach (var column in columns)
        {
            var order = column[a].CompareTo(column[b]);
            if (order != 0) return order;
        }

        return a.CompareTo(b);
    }
}
