using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>A large file sealed in blocks, so that it is written and read in a stream. Block i is sealed at its place in this very file, and
/// the last one says so: blocks that are moved, swapped, cut off or added do not open.</summary>
/// <remarks>magic 8 | file id 16 | blocks; every block but the last holds <see cref="BlockSize"/> bytes.</remarks>
internal static class SealedFile
{
    internal const int BlockSize = 1 << 18;
    internal const int HeaderSize = 24;
    private static readonly byte[] Magic = "CWSEAL01"u8.ToArray();

    /// <summary>Bytes that sealing adds to a block.</summary>
    internal static int Overhead(KeyRing ring) => ring.Seal([], "probe"u8).Length;

    /// <summary>Seals a stream to its end.</summary>
    /// <param name="ring">Keys.</param>
    /// <param name="plain">What is sealed.</param>
    /// <param name="target">Receives header and blocks.</param>
    /// <param name="hash">Receives the plain bytes.</param>
    /// <param name="limit">Most bytes.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>Number of plain bytes; null when there are more than the limit.</returns>
    public static async Task<long?> WriteAsync(KeyRing ring, Stream plain, Stream target, IncrementalHash hash, long limit, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        await target.WriteAsync(Magic, cancellationToken);
        await target.WriteAsync(id.ToByteArray(), cancellationToken);
        var (block, next) = (new byte[BlockSize], new byte[BlockSize]);
        long length = 0;
        var filled = await plain.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, cancellationToken);
        for (long index = 0; ; index++)
        {
            var ahead = filled < BlockSize ? 0 : await plain.ReadAtLeastAsync(next, BlockSize, throwOnEndOfStream: false, cancellationToken);
            length += filled;
            if (length + ahead > limit) return null;
            hash.AppendData(block, 0, filled);
            await target.WriteAsync(ring.Seal(block.AsSpan(0, filled), PlaceOf(id, index, last: ahead == 0)), cancellationToken);
            if (ahead == 0) return length;
            (block, next, filled) = (next, block, ahead);
        }
    }

    /// <summary>Opens a sealed file as a stream that seeks; it owns the file.</summary>
    /// <exception cref="CryptographicException">The file is none of ours.</exception>
    public static Stream Open(KeyRing ring, Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        file.ReadExactly(header);
        if (!header.StartsWith(Magic)) throw new CryptographicException("The file is not sealed.");
        return new UnsealingStream(ring, file, new Guid(header[Magic.Length..]));
    }

    internal static byte[] PlaceOf(Guid id, long index, bool last)
    {
        var place = new byte[16 + sizeof(long) + 1];
        id.TryWriteBytes(place);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(16), index);
        place[^1] = last ? (byte)1 : (byte)0;
        return [.. Encoding.ASCII.GetBytes("file:"), .. place];
    }
}
