using CreditWorkbench.Core.Store.Keys;
using Microsoft.Win32.SafeHandles;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>One file of the log: frames one after the other. The process that writes it holds a lock beside it, so that another one can
/// tell what a dead process left behind.</summary>
internal sealed class PredictionSegment : IDisposable
{
    private const string Extension = ".predictions";
    private readonly FileStream _lock;
    private SegmentWindow? _window;
    private long _written;

    private PredictionSegment(string path, SafeFileHandle file, FileStream held, long written) => (FilePath, File, _lock, _written) = (path, file, held, written);

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Its name, unique for all time.</summary>
    public string Name => Path.GetFileNameWithoutExtension(FilePath);

    /// <summary>The open file.</summary>
    public SafeFileHandle File { get; }

    /// <summary>Bytes of whole frames.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Bytes that are in the store. Only the mover reads and changes it; -1 while it has not asked the store.</summary>
    public long Moved { get; set; } = -1;

    /// <summary>Bytes that are on the disk for sure. Only the syncer reads and changes it.</summary>
    public long Synced { get; set; }

    /// <summary>Whether nothing will be written any more.</summary>
    public bool Closed { get; set; }

    /// <summary>A new, empty segment.</summary>
    /// <exception cref="IOException">The folder or the file cannot be made.</exception>
    public static PredictionSegment Create(string folder)
    {
        PrivateFile.MakeDirectory(folder);
        var path = Path.Combine(folder, Guid.CreateVersion7().ToString("n") + Extension);
        var held = FileLock.Try(LockOf(path)) ?? throw new IOException($"{LockOf(path)} is held by somebody else.");
        using (PrivateFile.Create(path))
        {
        }

        return On(path, held);
    }

    /// <summary>A segment on a file that is there already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="held">Its lock.</param>
    internal static PredictionSegment On(string path, FileStream held) =>
        new(path, System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), held, 0);

    /// <summary>What a dead process left behind; null when its writer lives.</summary>
    public static PredictionSegment? Recover(string path)
    {
        if (FileLock.Try(LockOf(path)) is not { } held) return null;
        if (!System.IO.File.Exists(path))
        {
            held.Dispose();
            return null; // somebody else has just recovered it
        }

        var file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return new PredictionSegment(path, file, held, RandomAccess.GetLength(file)) { Closed = true };
    }

    /// <summary>Segments in a folder, oldest first.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal)] : [];

    /// <summary>Adds whole frames.</summary>
    /// <exception cref="IOException">The disk is full or gone; the file holds what it held before.</exception>
    public void Append(ReadOnlySpan<byte> frames)
    {
        try
        {
            if (frames.Length <= SegmentWindow.LongestCopy) Copy(frames);
            else Write(frames);
        }
        catch (IOException)
        {
            Cut();
            throw;
        }

        Volatile.Write(ref _written, _written + frames.Length);
    }

    /// <summary>Takes no more; the file ends with its last whole frame.</summary>
    public void Close()
    {
        Closed = true;
        Cut();
    }

    /// <summary>Ends with what is left of a writer that died within a frame: the bytes behind the last whole one do not count.</summary>
    public void EndAt(long length) => Volatile.Write(ref _written, length);

    /// <summary>Removes the file; everything in it is in the store.</summary>
    public void Remove()
    {
        System.IO.File.Delete(FilePath);
        Dispose();
        System.IO.File.Delete(LockOf(FilePath));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_window is not null) Cut();
        File.Dispose();
        _lock.Dispose();
    }

    private void Copy(ReadOnlySpan<byte> frames)
    {
        if (_window?.Holds(_written, frames.Length) != true)
        {
            LeaveWindow();
            _window = SegmentWindow.Open(File, _written);
        }

        _window.Write(_written, frames);
    }

    private void Write(ReadOnlySpan<byte> frames)
    {
        LeaveWindow();
        RandomAccess.Write(File, frames, _written);
    }

    private void LeaveWindow()
    {
        _window?.Dispose();
        _window = null;
    }

    private void Cut()
    {
        LeaveWindow();
        try
        {
            RandomAccess.SetLength(File, _written);
        }
        catch (IOException)
        {
            Closed = true; // half a frame, or zeros, at the end are recognised when they are read
        }
    }

    private static string LockOf(string path) => path + ".lock";
}
