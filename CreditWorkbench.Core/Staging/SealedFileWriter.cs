using System.Buffers.Binary;

namespace CreditWorkbench.Core.Staging;

/// <summary>Writes a file of encrypted blocks. It appears under its name when it is complete and on disk, or not at all.</summary>
/// <remarks>Each block is its length (int32, little-endian) and the sealed bytes; its place is its offset. Behind the last block stand the
/// offset of the footer (int64) and a mark of eight bytes.</remarks>
internal sealed class SealedFileWriter : IDisposable
{
    internal static readonly byte[] Mark = "CWZONE01"u8.ToArray();
    private readonly string _path;
    private readonly Guid _id;
    private readonly IZoneSealer _sealer;
    private readonly FileStream _file;

    public SealedFileWriter(string path, Guid id, IZoneSealer sealer)
    {
        (_path, _id, _sealer) = (path, id, sealer);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path + ".part", options);
    }

    /// <summary>Appends a block.</summary>
    /// <returns>Its offset.</returns>
    public long Add(ReadOnlySpan<byte> plain) => AddSealed(_sealer.Seal(plain, Place(_file.Position), _id));

    /// <summary>Appends the last block, brings everything to disk and gives the file its name.</summary>
    /// <returns>Bytes of the file.</returns>
    public long Finish(ReadOnlySpan<byte> footer)
    {
        var offset = Add(footer);
        Span<byte> end = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(end, offset);
        _file.Write(end);
        _file.Write(Mark);
        _file.Flush(flushToDisk: true);
        var bytes = _file.Length;
        _file.Dispose();
        File.Move(_path + ".part", _path, overwrite: true);
        return bytes;
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path + ".part");
    }

    /// <summary>What a block at an offset is bound to.</summary>
    internal static string Place(long offset) => $"zone:{offset}";

    private long AddSealed(byte[] block)
    {
        var offset = _file.Position;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, block.Length);
        _file.Write(length);
        _file.Write(block);
        return offset;
    }
}
