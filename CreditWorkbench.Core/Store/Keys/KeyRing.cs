using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>The installation's own keys: one that wraps data keys and seals what belongs to no applicant (earlier ones stay readable), one
/// for blind indexes, one for seals of the audit trail. They never enter the database.</summary>
internal sealed class KeyRing
{
    private const int IdSize = sizeof(uint);
    private readonly Dictionary<uint, byte[]> _keys;
    private readonly uint _current;
    private readonly ConcurrentBag<AesGcm> _idle = [];

    public KeyRing(uint current, IReadOnlyDictionary<uint, byte[]> keys, byte[] indexKey, byte[] auditKey)
    {
        if (!keys.ContainsKey(current)) throw new ArgumentException("The ring lacks its current key.", nameof(keys));
        if (keys.Values.Append(indexKey).Append(auditKey).Any(key => key.Length != Envelope.KeySize)) throw new ArgumentException("Keys have 256 bits.", nameof(keys));
        (_current, _keys, IndexKey, AuditKey) = (current, new(keys), indexKey, auditKey);
    }

    /// <summary>Key of blind indexes.</summary>
    public byte[] IndexKey { get; }

    /// <summary>Key of seals of the audit trail.</summary>
    public byte[] AuditKey { get; }

    /// <summary>Tells rings apart without telling anything about their keys.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(AuditKey, "ring"u8)[..8]);

    /// <summary>Seals under the current key, whose id goes in front.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var sealedBytes = new byte[SizeOf(plain.Length)];
        Seal(plain, place, sealedBytes);
        return sealedBytes;
    }

    /// <summary>Bytes of so many plain ones under the current key.</summary>
    public static int SizeOf(int plain) => IdSize + Envelope.SizeOf(plain);

    /// <summary>Seals into <see cref="SizeOf"/> bytes.</summary>
    public void Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place, Span<byte> sealedBytes)
    {
        // Setting a cipher up costs more than a short text: those that are idle are used again.
        if (!_idle.TryTake(out var cipher)) cipher = Envelope.CipherOf(_keys[_current]);
        BinaryPrimitives.WriteUInt32BigEndian(sealedBytes, _current);
        Envelope.Seal(cipher, plain, place, sealedBytes[IdSize..]);
        _idle.Add(cipher);
    }

    /// <exception cref="CryptographicException">A key that the ring lacks, another place, or altered bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        if (sealedBytes.Length <= IdSize || !_keys.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(sealedBytes), out var key))
            throw new CryptographicException("The key ring lacks the key that sealed these bytes.");
        if (BinaryPrimitives.ReadUInt32BigEndian(sealedBytes) != _current) return Envelope.Open(key, sealedBytes[IdSize..], place);
        if (!_idle.TryTake(out var cipher)) cipher = Envelope.CipherOf(key);
        var plain = Envelope.Open(cipher, sealedBytes[IdSize..], place);
        _idle.Add(cipher);
        return plain;
    }
}
