using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Staging;

/// <summary>Finds the ends of cells, 32 bytes at a time.</summary>
/// <param name="bytes">Plain records.</param>
/// <param name="delimiter">Between cells.</param>
internal ref struct CellStops(ReadOnlySpan<byte> bytes, byte delimiter)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly byte _delimiter = delimiter;
    private int _chunk = -Vector256<byte>.Count;
    private uint _found;

    /// <summary>Position of the next delimiter or line end; the length where there is none.</summary>
    public int Next()
    {
        while (_found == 0)
        {
            _chunk += Vector256<byte>.Count;
            if (_chunk >= _bytes.Length) return _bytes.Length;
            _found = _chunk + Vector256<byte>.Count <= _bytes.Length ? Vector() : Scalar();
        }

        var at = _chunk + BitOperations.TrailingZeroCount(_found);
        _found &= _found - 1;
        return at;
    }

    private readonly uint Vector()
    {
        var chunk = Vector256.LoadUnsafe(in MemoryMarshal.GetReference(_bytes), (nuint)_chunk);
        return (Vector256.Equals(chunk, Vector256.Create(_delimiter)) | Vector256.Equals(chunk, Vector256.Create((byte)'\n'))).ExtractMostSignificantBits();
    }

    private readonly uint Scalar()
    {
        var found = 0U;
        for (var i = _chunk; i < _bytes.Length; i++)
        {
            if (_bytes[i] == _delimiter || _bytes[i] == (byte)'\n') found |= 1U << (i - _chunk);
        }

        return found;
    }
}
