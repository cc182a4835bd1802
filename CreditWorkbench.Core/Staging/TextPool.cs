using System.Text;

namespace CreditWorkbench.Core.Staging;

/// <summary>Texts of columns as whole numbers. Reading a known text takes no lock; several threads may add.</summary>
/// <remarks>Open addressing over FNV-1a. Which number a text gets depends on who comes first, so numbers are compared for
/// equality only and never leave the line.</remarks>
internal sealed class TextPool
{
    private readonly Lock _adding = new();
    private volatile Table _table = new(64);

    /// <summary>Texts so far.</summary>
    public int Count => _table.Count;

    /// <summary>The number of a text; a new one when it was not seen before.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8)
    {
        var hash = HashOf(utf8);
        var found = _table.Find(utf8, hash);
        return found >= 0 ? found : Add(utf8, hash);
    }

    /// <summary>The number of a text; a new one when it was not seen before.</summary>
    public int IndexOf(string text) => IndexOf(Encoding.UTF8.GetBytes(text));

    /// <summary>The text of a number that this pool gave.</summary>
    public ReadOnlySpan<byte> TextOf(int index) => _table.Texts[index];

    /// <summary>All texts in the order of their numbers.</summary>
    public IReadOnlyList<string> Texts => [.. _table.Texts.Take(_table.Count).Select(Encoding.UTF8.GetString)];

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
