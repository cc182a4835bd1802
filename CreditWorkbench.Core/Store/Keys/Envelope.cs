using System.Security.Cryptography;
using System.Text;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>AES-256-GCM: version 1 | nonce 12 | tag 16 | ciphertext. The place (column and row) is associated data: ciphertext moved to
/// another row or column does not open.</summary>
internal static class Envelope
{
    public const int KeySize = 32;
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + NonceSize + TagSize;

    /// <summary>Associated data of a column of a row.</summary>
    public static byte[] Place(string column, Guid row) => Encoding.UTF8.GetBytes($"{column}:{row:n}");

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var sealedBytes = new byte[HeaderSize + plain.Length];
        sealedBytes[0] = Version;
        var nonce = sealedBytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(HeaderSize), sealedBytes.AsSpan(1 + NonceSize, TagSize), place);
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Another key, another place, or altered bytes.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        if (sealedBytes.Length < HeaderSize || sealedBytes[0] != Version) throw new CryptographicException("The bytes are not an envelope of a known version.");
        var plain = new byte[sealedBytes.Length - HeaderSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(sealedBytes.Slice(1, NonceSize), sealedBytes[HeaderSize..], sealedBytes.Slice(1 + NonceSize, TagSize), plain, place);
        return plain;
    }
}
