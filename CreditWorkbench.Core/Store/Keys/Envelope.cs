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

    /// <summary>The same without an array of its own.</summary>
    /// <param name="column">The column and a colon, in UTF-8.</param>
    /// <param name="row">The row.</param>
    /// <param name="place">Receives it; as long as the column and 32 bytes.</param>
    public static void Place(ReadOnlySpan<byte> column, Guid row, Span<byte> place)
    {
        column.CopyTo(place);
        row.TryFormat(place[column.Length..], out _, "n");
    }

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var sealedBytes = new byte[SizeOf(plain.Length)];
        using var cipher = CipherOf(key);
        Seal(cipher, plain, place, sealedBytes);
        return sealedBytes;
    }

    /// <summary>Bytes of an envelope around so many plain ones.</summary>
    public static int SizeOf(int plain) => HeaderSize + plain;

    /// <summary>A cipher for many envelopes; one thread at a time.</summary>
    public static AesGcm CipherOf(ReadOnlySpan<byte> key) => new(key, TagSize);

    /// <summary>Seals into <see cref="SizeOf"/> bytes.</summary>
    public static void Seal(AesGcm cipher, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place, Span<byte> sealedBytes)
    {
        sealedBytes[0] = Version;
        var nonce = sealedBytes.Slice(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, plain, sealedBytes[HeaderSize..], sealedBytes.Slice(1 + NonceSize, TagSize), place);
    }

    /// <exception cref="CryptographicException">Another key, another place, or altered bytes.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        using var cipher = CipherOf(key);
        return Open(cipher, sealedBytes, place);
    }

    /// <exception cref="CryptographicException">Another key, another place, or altered bytes.</exception>
    public static byte[] Open(AesGcm cipher, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        if (sealedBytes.Length < HeaderSize || sealedBytes[0] != Version) throw new CryptographicException("The bytes are not an envelope of a known version.");
        var plain = new byte[sealedBytes.Length - HeaderSize];
        cipher.Decrypt(sealedBytes.Slice(1, NonceSize), sealedBytes[HeaderSize..], sealedBytes.Slice(1 + NonceSize, TagSize), plain, place);
        return plain;
    }
}
