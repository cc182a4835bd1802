using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>The part of a segment's file that is being written, as memory. What is copied there lies in the operating system's file at once, as
/// after a write, without a call of the system: it survives the death of the process.</summary>
/// <remarks>The file's blocks are filled with zeros before the memory is touched, so a full disk shows as an <see cref="IOException"/> when the
/// window is opened and never while it is written. Zeros are no frame.</remarks>
internal sealed class SegmentWindow : IDisposable
{
    /// <summary>Frames up to this length are copied; longer ones are worth a call.</summary>
    public const int LongestCopy = Size / 8;

    private const int Size = 512 << 10;
    private const int Page = 64 << 10;
    private static readonly byte[] Zeros = new byte[Page];
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _from;

    private SegmentWindow(MemoryMappedFile file, long from) => (_file, _from, _view) = (file, from, file.CreateViewAccessor(from, Size));

    /// <summary>Makes room behind what is written and maps it.</summary>
    /// <param name="file">The file, open for reading and writing.</param>
    /// <param name="written">Bytes that stay as they are.</param>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public static SegmentWindow Open(SafeFileHandle file, long written)
    {
        var from = written / Page * Page;
        for (var at = written; at < from + Size; at += Page) RandomAccess.Write(file, Zeros.AsSpan(0, (int)Math.Min(Page, from + Size - at)), at);
        return new SegmentWindow(MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true), from);
    }

    /// <summary>Whether so many bytes have room at a place of the file.</summary>
    public bool Holds(long at, int length) => at >= _from && at + length <= _from + Size;

    /// <summary>Copies bytes to a place of the file.</summary>
    /// <exception cref="ObjectDisposedException">The window is closed.</exception>
    public void Write(long at, ReadOnlySpan<byte> bytes) => _view.SafeMemoryMappedViewHandle.WriteSpan((ulong)(at - _from + _view.PointerOffset), bytes);

    /// <summary>Lets go of the memory. Unlike that of the view itself this does not wait for the disk.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.Dispose();
        _view.Dispose();
        _file.Dispose();
    }
}
