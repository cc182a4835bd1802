using System.Text;

namespace CreditWorkbench.Core.Staging;

/// <summary>Texts of columns as whole numbers. Reading a known text takes no lock; several threads may add.</summary>
/// <remarks>Open addressing over FNV-1a. Which number a text gets depends on who comes first, so numbers are compared for
/// equality only and never leave the line.</remarks>
internal sealed class TextPool
{
    private readonly Lock _adding = new();
    private readonly TextPool? _below;
    private readonly int _first;
    private volatile Table _table = new(64);

    /// <param name="below">Pool whose texts keep their numbers here, as many as it has now; new ones are added to this pool alone.
    /// Null for none.</param>
    public TextPool(TextPool? below = null) => (_below, _first) = (below, below?.Count ?? 0);

    /// <summary>Texts so far.</summary>
    public int Count => _first + _table.Count;

    /// <summary>The number of a text; a new one when it was not seen before.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8)
    {
        var found = Find(utf8);
        return found >= 0 ? found : _first + Add(utf8, HashOf(utf8));
    }

    /// <summary>The number of a text; -1 when it was not seen before.</summary>
    public int Find(ReadOnlySpan<byte> utf8)
    {
        if (_below is not null && _below.Find(utf8) is >= 0 and var below && below < _first) return below;
        var own = _table.Find(utf8, HashOf(utf8));
        return own < 0 ? -1 : _first + own;
    }

    /// <summary>The number of a text; a new one when it was not seen before.</summary>
    public int IndexOf(string text) => IndexOf(Encoding.UTF8.GetBytes(text));

    /// <summary>The text of a number that this pool gave.</summary>
    public ReadOnlySpan<byte> TextOf(int index) => index < _first ? _below!.TextOf(index) : _table.Texts[index - _first];

    /// <summary>All texts in the order of their numbers.</summary>
    public IReadOnlyList<string> Texts => [.. Enumerable.Range(0, Count).Select(index => Encoding.UTF8.GetString(TextOf(index)))];

    private static ulong HashOf(ReadOnlySpan<byte> utf8)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in utf8) hash = (hash ^ unit) * 1099511628211UL;
        return hash ^ (hash >> 29);
    }

    private int Add(ReadOnlySpan<byte> utf8, ulong hash)
    {
        lock (_adding)
        {
            var table = _table;
            var found = table.Find(utf8, hash);
            if (found >= 0) return found;
            if ((table.Count + 1) * 2 > table.Slots.Length) _table = table = table.Doubled();
            return table.Add(utf8.ToArray(), hash);
        }
    }

    private sealed class Table(int size)
    {
        public int[] Slots { get; } = new int[size];

        public byte[][] Texts { get; } = new byte[size / 2][];

        public int Count { get; private set; }

        /// <summary>Slots hold the number plus one; 0 is free.</summary>
        public int Find(ReadOnlySpan<byte> utf8, ulong hash)
        {
            for (var slot = (int)(hash & (ulong)(Slots.Length - 1)); ; slot = (slot + 1) & (Slots.Length - 1))
            {
                var index = Volatile.Read(ref Slots[slot]) - 1;
                if (index < 0 || utf8.SequenceEqual(Texts[index])) return index;
            }
        }

        public int Add(byte[] text, ulong hash)
        {
            var slot = (int)(hash & (ulong)(Slots.Length - 1));
            while (Slots[slot] != 0) slot = (slot + 1) & (Slots.Length - 1);
            Texts[Count] = text;

            // The text is in place before its number can be seen.
            Volatile.Write(ref Slots[slot], ++Count);
            return Count - 1;
        }

        public Table Doubled()
        {
            var twice = new Table(Slots.Length * 2);
            for (var i = 0; i < Count; i++) twice.Add(Texts[i], HashOf(Texts[i]));
            return twice;
        }
    }
}
