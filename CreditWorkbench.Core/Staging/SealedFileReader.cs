using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads blocks of a file that <see cref="SealedFileWriter"/> wrote, in any order, from several threads.</summary>
internal sealed class SealedFileReader : IDisposable
{
    private const int EndSize = sizeof(long) + 8;
    private readonly SafeFileHandle _file;
    private readonly Guid _id;
    private readonly IZoneSealer _sealer;

    /// <exception cref="InvalidDataException">The file was cut off or is no such file.</exception>
    public SealedFileReader(string path, Guid id, IZoneSealer sealer)
    {
        (_id, _sealer) = (id, sealer);
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var length = RandomAccess.GetLength(_file);
        var end = length >= EndSize ? Read(length - EndSize, EndSize) : [];
        if (end.Length != EndSize || !end.AsSpan(sizeof(long)).SequenceEqual(SealedFileWriter.Mark)) throw Broken(path);
        FooterAt = BinaryPrimitives.ReadInt64LittleEndian(end);
        if (FooterAt < 0 || FooterAt > length - EndSize) throw Broken(path);
    }

    /// <summary>Offset of the footer: the blocks lie before it.</summary>
    public long FooterAt { get; }

    /// <summary>The block at an offset that the writer gave.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes were altered.</exception>
    /// <exception cref="InvalidDataException">The file was cut off.</exception>
    public byte[] Block(long offset) => Block(offset, out _);

    /// <summary>The block at an offset, and where the next one begins.</summary>
    public byte[] Block(long offset, out long next)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Read(offset, sizeof(int)));
        if (length <= 0 || length > RandomAccess.GetLength(_file) - offset) throw new InvalidDataException("A block of the file has no valid length.");
        next = offset + sizeof(int) + length;
        return _sealer.Open(Read(offset + sizeof(int), length), SealedFileWriter.Place(offset), _id);
    }

    public void Dispose() => _file.Dispose();

    private byte[] Read(long offset, int count)
    {
        var bytes = new byte[count];
        var done = 0;
        while (done < count)
        {
            var read = RandomAccess.Read(_file, bytes.AsSpan(done), offset + done);
            if (read == 0) throw new InvalidDataException("The file ends early.");
            done += read;
        }

        return bytes;
    }

    private InvalidDataException Broken(string path)
    {
        _file.Dispose();
        return new InvalidDataException($"{Path.GetFileName(path)} is damaged or is no file of the zones.");
    }
}
