namespace CreditWorkbench.Core.Intake;

/// <summary>Cells of one row as UTF-8 bytes end to end, for formats whose cells do not lie ready in the file.</summary>
internal sealed class CellBuffer
{
    private byte[] _bytes = new byte[1 << 12];
    private int[] _ends = new int[64];
    private int _length;

    /// <summary>Number of cells.</summary>
    public int Count { get; private set; }

    /// <summary>One cell.</summary>
    public ReadOnlySpan<byte> this[int cell]
    {
        get
        {
            var start = cell == 0 ? 0 : _ends[cell - 1];
            return _bytes.AsSpan(start, _ends[cell] - start);
        }
    }

    /// <summary>Forgets all cells.</summary>
    public void Clear() => (Count, _length) = (0, 0);

    /// <summary>Appends bytes to the cell that is being written.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _length < bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Ends the cell that is being written.</summary>
    public void End()
    {
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        _ends[Count++] = _length;
    }

    /// <summary>Appends a whole cell.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Append(bytes);
        End();
    }
}
