namespace CreditWorkbench.Core.Training;

/// <summary>Which columns may meet on a path from root to leaf.</summary>
internal sealed class ColumnMeetings
{
    private readonly ulong[][] _setsOf;

    private ColumnMeetings(ulong[][] setsOf) => _setsOf = setsOf;

    /// <summary>Reads the sets of a run.</summary>
    /// <param name="sets">Column indices per set, or null when all columns may meet.</param>
    /// <param name="columns">Number of columns.</param>
    /// <returns>Null when there is nothing to respect.</returns>
    /// <exception cref="ArgumentException">A column that does not exist.</exception>
    public static ColumnMeetings? Of(IReadOnlyList<IReadOnlyList<int>>? sets, int columns)
    {
        if (sets is null) return null;
        var listed = sets.SelectMany(set => set).ToHashSet();
        if (listed.Any(column => column < 0 || column >= columns))
            throw new ArgumentException($"A set of columns names an index outside 0 to {columns - 1}.", nameof(sets));
        IReadOnlyList<int>[] all = [.. sets, .. Enumerable.Range(0, columns).Where(column => !listed.Contains(column)).Select(column => new[] { column })];
        var setsOf = new ulong[columns][];
        for (var column = 0; column < columns; column++) setsOf[column] = new ulong[(all.Length + 63) / 64];
        for (var set = 0; set < all.Length; set++)
        {
            foreach (var column in all[set]) setsOf[column][set >> 6] |= 1UL << (set & 63);
        }

        return new ColumnMeetings(setsOf);
    }

    /// <summary>The sets that hold a path after one more test.</summary>
    /// <param name="path">Sets that hold the path so far; null at the root.</param>
    /// <param name="column">Column tested.</param>
    public ulong[] After(ulong[]? path, int column)
    {
        var sets = (ulong[])_setsOf[column].Clone();
        for (var i = 0; path is not null && i < sets.Length; i++) sets[i] &= path[i];
        return sets;
    }

    /// <summary>Whether a node may test a column.</summary>
    /// <param name="path">Sets that hold the path to the node; null at the root.</param>
    /// <param name="column">Column asked about.</param>
    public bool Allow(ulong[]? path, int column)
    {
        if (path is null) return true;
        for (var i = 0; i < path.Length; i++)
        {
            if ((path[i] & _setsOf[column][i]) != 0) return true;
        }

        return false;
    }
}
