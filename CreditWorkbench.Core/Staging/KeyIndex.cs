namespace CreditWorkbench.Core.Staging;

/// <summary>Finds the row of a key. Keys are whole numbers or numbers of texts; where they lie close together the index is an
/// array, else a hash table.</summary>
internal sealed class KeyIndex
{
    private readonly double _lowest;
    private readonly int[]? _dense;
    private readonly Dictionary<double, int>? _sparse;

    private KeyIndex(double lowest, int[] dense) => (_lowest, _dense) = (lowest, dense);

    private KeyIndex(Dictionary<double, int> sparse) => _sparse = sparse;

    /// <summary>Number of different keys.</summary>
    public int Count { get; private set; }

    /// <summary>Makes the index; of equal keys the first row or the last is found. Missing keys have no row.</summary>
    /// <param name="keys">Key per row.</param>
    /// <param name="lastWins">Which of equal keys is found.</param>
    public static KeyIndex Of(ReadOnlySpan<double> keys, bool lastWins = false)
    {
        var index = Empty(keys);
        for (var row = 0; row < keys.Length; row++)
        {
            if (!double.IsNaN(keys[row])) index.Put(keys[row], row, lastWins);
        }

        return index;
    }

    /// <summary>The row of a key; -1 where there is none.</summary>
    public int RowOf(double key)
    {
        if (_dense is null) return _sparse!.TryGetValue(key, out var row) ? row : -1;
        var at = key - _lowest;
        return at >= 0 && at < _dense.Length && at == Math.Floor(at) ? _dense[(int)at] - 1 : -1;
    }

    private static KeyIndex Empty(ReadOnlySpan<double> keys)
    {
        var (lowest, highest, whole) = (double.PositiveInfinity, double.NegativeInfinity, true);
        foreach (var key in keys)
        {
            if (double.IsNaN(key)) continue;
            lowest = Math.Min(lowest, key);
            highest = Math.Max(highest, key);
            whole &= key == Math.Floor(key);
        }

        if (lowest > highest) return new KeyIndex([]);
        return whole && highest - lowest < 8.0 * keys.Length + 1024
            ? new KeyIndex(lowest, new int[(int)(highest - lowest) + 1])
            : new KeyIndex(new Dictionary<double, int>(keys.Length));
    }

    private void Put(double key, int row, bool lastWins)
    {
        if (_dense is not null)
        {
            ref var slot = ref _dense[(int)(key - _lowest)];
            if (slot == 0) Count++;
            if (slot == 0 || lastWins) slot = row + 1;
        }
        else if (_sparse!.TryAdd(key, row))
        {
            Count++;
        }
        else if (lastWins)
        {
            _sparse[key] = row;
        }
    }
}
