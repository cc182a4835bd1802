using System.Security.Cryptography;

namespace CreditWorkbench.Core.Staging;

/// <summary>Finds rows of a large table whose key another row has that is kept, without holding the keys: whole numbers that lie close
/// together are bits, all others go to files by their hash and are looked at file by file.</summary>
/// <remarks>Texts and pairs count by 128 bits of SHA-256: that two different ones agree has a chance below 1e-20 in a billion rows.</remarks>
internal sealed class RepeatedKeys : IDisposable
{
    private const int KeysPerPage = 1 << 19;
    private const int PagesAtMost = 512;
    private readonly SpillFolder _folder;
    private readonly string _name;
    private readonly bool _lastWins;
    private readonly SpillWriter?[] _files;
    private readonly Dictionary<long, ulong[]> _pages = [];
    private readonly RowMarks _marks = new();

    /// <param name="folder">For the files.</param>
    /// <param name="name">Prefix of their names.</param>
    /// <param name="files">Number of files at most.</param>
    /// <param name="lastWins">Whether of equal keys the last row is kept; else the first.</param>
    public RepeatedKeys(SpillFolder folder, string name, int files, bool lastWins) =>
        (_folder, _name, _lastWins, _files) = (folder, name, lastWins, new SpillWriter?[files]);

    /// <summary>Adds the key of a row; rows come in file order.</summary>
    public void Add(double key, int row)
    {
        if (!_lastWins && key >= 0 && key < long.MaxValue && key == Math.Floor(key) && PageOf((long)key / KeysPerPage) is { } page)
        {
            var bit = (int)((long)key % KeysPerPage);
            if ((page[bit >> 6] & (1UL << bit)) != 0) _marks.Add(row);
            page[bit >> 6] |= 1UL << bit;
            return;
        }

        var bits = BitConverter.DoubleToUInt64Bits(key == 0 ? 0 : key);
        Spill(bits * 0x9E3779B97F4A7C15UL, bits, row);
    }

    /// <summary>Adds the key of a row that is a text or several values.</summary>
    public void Add(ReadOnlySpan<byte> key, int row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        Spill(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]), row);
    }

    /// <summary>The rows to drop.</summary>
    public RowMarks Found()
    {
        foreach (var file in _files.OfType<SpillWriter>()) Look(file);
        return _marks;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files) file?.Dispose();
    }

    // A key whose page there was no room for stays without one, so that equal keys always meet in the same place.
    private ulong[]? PageOf(long number)
    {
        if (_pages.TryGetValue(number, out var page)) return page;
        return _pages.Count == PagesAtMost ? null : _pages[number] = new ulong[KeysPerPage / 64];
    }

    private void Spill(ulong high, ulong low, int row)
    {
        var at = (int)((high >> 32) % (ulong)_files.Length);
        var file = _files[at] ??= new SpillWriter(_folder.File($"{_name}-keys-{at}"));
        file.Add(high);
        file.Add(low);
        file.Add(row);
    }

    private void Look(SpillWriter spilled)
    {
        const int Entry = 2 * sizeof(ulong) + sizeof(int);
        spilled.Flush();
        using var file = System.IO.File.OpenHandle(spilled.Path);
        var reader = new SpillReader(file, 0, spilled.Length, 1 << 18);
        var entries = new (ulong High, ulong Low, int Row)[spilled.Length / Entry];
        for (var i = 0; i < entries.Length; i++) entries[i] = (reader.Next<ulong>(), reader.Next<ulong>(), reader.Next<int>());
        Array.Sort(entries);
        for (var i = 1; i < entries.Length; i++)
        {
            if (entries[i].High == entries[i - 1].High && entries[i].Low == entries[i - 1].Low) _marks.Add(entries[_lastWins ? i - 1 : i].Row);
        }
    }
}
