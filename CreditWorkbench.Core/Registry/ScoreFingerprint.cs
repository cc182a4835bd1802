using System.Buffers.Binary;
using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>The margins that training gave to every row of its data set, as one hash: serving must give the same ones.</summary>
/// <param name="Rows">Rows of the data set.</param>
/// <param name="Hash">SHA-256 over the bits of the margins, little-endian, in the order of the data set.</param>
public sealed record ScoreFingerprint(long Rows, ContentHash Hash)
{
    /// <summary>The fingerprint of margins.</summary>
    /// <param name="margins">Margin per row, in the order of the data set.</param>
    public static ScoreFingerprint Of(ReadOnlySpan<double> margins)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bits = stackalloc byte[sizeof(double)];
        foreach (var margin in margins)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bits, margin);
            hash.AppendData(bits);
        }

        return new ScoreFingerprint(margins.Length, new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset())));
    }
}
