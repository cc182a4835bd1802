using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads what a <see cref="SpillWriter"/> wrote, from one place of a file on.</summary>
/// <param name="file">The file; it stays open.</param>
/// <param name="from">First byte.</param>
/// <param name="to">Byte behind the last one.</param>
/// <param name="bufferBytes">Size of the buffer at first.</param>
internal sealed class SpillReader(SafeFileHandle file, long from, long to, int bufferBytes)
{
    private byte[] _buffer = new byte[bufferBytes];
    private int _at;
    private int _filled;
    private long _read = from;

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => _at == _filled && _read == to;

    /// <summary>The next number.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than it was.</exception>
    public T Next<T>() where T : unmanaged => MemoryMarshal.Read<T>(Next(Unsafe.SizeOf<T>()));

    /// <summary>The next bytes; valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than it was.</exception>
    public ReadOnlySpan<byte> Next(int bytes)
    {
        if (_filled - _at < bytes) Fill(bytes);
        _at += bytes;
        return _buffer.AsSpan(_at - bytes, bytes);
    }

    private void Fill(int bytes)
    {
        var left = _buffer.AsSpan(_at, _filled - _at);
        if (_buffer.Length < bytes)
        {
            var larger = new byte[bytes];
            left.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            left.CopyTo(_buffer);
        }

        (_filled, _at) = (left.Length, 0);
        while (_filled < bytes)
        {
            var read = RandomAccess.Read(file, _buffer.AsSpan(_filled, (int)Math.Min(_buffer.Length - _filled, to - _read)), _read);
            if (read == 0) throw new EndOfStreamException("A file of the running load is shorter than it was.");
            _filled += read;
            _read += read;
        }
    }
}
