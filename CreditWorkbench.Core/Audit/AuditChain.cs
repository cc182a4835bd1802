using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Audit;

/// <summary>The arithmetic of the chain: pure functions over entries.</summary>
/// <remarks>Every field is written with its length in front, so that no two different headers give the same bytes.</remarks>
public static class AuditChain
{
    /// <summary>Previous hash of the first entry: 64 zeros.</summary>
    public static ContentHash Genesis { get; } = new(new string('0', 64));

    /// <summary>The entry as next link after another.</summary>
    /// <param name="entry">Sequence and hashes are ignored.</param>
    /// <param name="sequence">Its sequence, one-based.</param>
    /// <param name="previous">Hash of the entry before; <see cref="Genesis"/> for the first.</param>
    public static AuditEntry Link(AuditEntry entry, long sequence, ContentHash previous)
    {
        var linked = entry with { Sequence = sequence, PreviousHash = previous };
        return linked with { Hash = HashOf(linked) };
    }

    /// <summary>SHA-256 of the previous hash, the sequence, the clear header and the hash of the encrypted payload.</summary>
    public static ContentHash HashOf(AuditEntry entry)
    {
        using var bytes = new MemoryStream();
        Write(bytes, entry.PreviousHash.Hex);
        Write(bytes, entry.Sequence);
        WriteHeader(bytes, entry);
        return ContentHash.Of(bytes.ToArray());
    }

    /// <summary>Seal of one row, from the moment it is written: keyed, so that only this installation can make it.</summary>
    /// <param name="key">256 bits.</param>
    /// <param name="entry">Sequence and hashes do not count.</param>
    /// <param name="applicantId">Whose data key encrypts the payload; null for the store's own.</param>
    public static byte[] Seal(byte[] key, AuditEntry entry, Guid? applicantId)
    {
        using var bytes = new MemoryStream();
        WriteHeader(bytes, entry);
        Write(bytes, applicantId?.ToString("n") ?? "");
        return HMACSHA256.HashData(key, bytes.ToArray());
    }

    /// <summary>Seal of the end of the chain: entries cut off behind it are missed.</summary>
    public static byte[] SealHead(byte[] key, long sequence, ContentHash hash)
    {
        using var bytes = new MemoryStream();
        Write(bytes, "head");
        Write(bytes, sequence);
        Write(bytes, hash.Hex);
        return HMACSHA256.HashData(key, bytes.ToArray());
    }

    private static void WriteHeader(MemoryStream bytes, AuditEntry entry)
    {
        Write(bytes, entry.Id.ToString("n"));
        Write(bytes, entry.At.UtcTicks);
        Write(bytes, entry.ActorId.ToString("n"));
        Write(bytes, entry.Kind);
        Write(bytes, entry.SubjectId);
        Write(bytes, entry.Releases);
        Write(bytes, entry.PayloadHash.Hex);
    }

    private static void Write(MemoryStream bytes, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Write(bytes, utf8.Length);
        bytes.Write(utf8);
    }

    private static void Write(MemoryStream bytes, long number)
    {
        Span<byte> buffer = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, number);
        bytes.Write(buffer);
    }
}
