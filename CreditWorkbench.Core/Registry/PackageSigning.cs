using System.Security.Cryptography;

namespace CreditWorkbench.Core.Registry;

/// <summary>The mathematics of signatures: ECDSA on P-256 over SHA-256.</summary>
public static class PackageSigning
{
    /// <summary>Id of a public key.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo.</param>
    public static string IdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey))[..32];

    /// <summary>Whether bytes are the public part of a key that can sign packages.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            return read == publicKey.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether a key made a signature over a message.</summary>
    /// <param name="key">The key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">r and s, 64 bytes.</param>
    public static bool Verify(PackageKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return verifier.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
