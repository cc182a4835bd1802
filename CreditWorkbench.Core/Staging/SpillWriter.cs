using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CreditWorkbench.Core.Staging;

/// <summary>Writes numbers and bytes to the end of a file through a buffer. The bytes are for this machine alone.</summary>
/// <param name="path">File to make.</param>
internal sealed class SpillWriter(string path) : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly SafeFileHandle _file = System.IO.File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    private byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private long _written;

    /// <summary>Path of the file.</summary>
    public string Path => path;

    /// <summary>Bytes so far.</summary>
    public long Length => _written + _used;

    /// <summary>Adds a number.</summary>
    public void Add<T>(T value) where T : unmanaged
    {
        MemoryMarshal.Write(Room(Unsafe.SizeOf<T>()), in value);
        _used += Unsafe.SizeOf<T>();
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
    }

    /// <summary>Hands what is buffered to the file.</summary>
    /// <exception cref="IOException">The disk fails or is full.</exception>
    public void Flush()
    {
        RandomAccess.Write(_file, _buffer.AsSpan(0, _used), _written);
        _written += _used;
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _used < bytes) Flush();
        if (_buffer.Length < bytes) _buffer = new byte[bytes];
        return _buffer.AsSpan(_used);
    }
}
