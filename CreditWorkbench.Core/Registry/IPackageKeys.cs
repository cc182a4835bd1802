namespace CreditWorkbench.Core.Registry;

/// <summary>A key whose signatures are believed.</summary>
/// <param name="Id">First 32 hexadecimal digits of SHA-256 over the public key.</param>
/// <param name="PublicKey">Public key as SubjectPublicKeyInfo (P-256).</param>
/// <param name="Name">Whose it is: <c>this installation</c>, or the name under which a foreign one was trusted.</param>
/// <param name="IsOwn">Whether this installation made it.</param>
/// <param name="IsCurrent">Whether new packages are signed with it.</param>
/// <param name="Since">When it was made or trusted.</param>
public sealed record PackageKey(string Id, byte[] PublicKey, string Name, bool IsOwn, bool IsCurrent, DateTimeOffset Since);

/// <summary>Keys that sign packages and keys whose signatures are believed. Private parts never leave the implementation.</summary>
public interface IPackageKeys
{
    /// <summary>Signs with the current key: ECDSA P-256 over SHA-256, r and s in 32 bytes each.</summary>
    /// <param name="message">What is signed.</param>
    PackageSignature Sign(ReadOnlySpan<byte> message);

    /// <summary>The key with an id, whether current, earlier or foreign; null where nobody trusts it.</summary>
    PackageKey? Find(string id);

    /// <summary>Every key, own ones first, newest first.</summary>
    IReadOnlyList<PackageKey> List();

    /// <summary>Makes a new current key. The one before it still verifies, but can sign nothing any more: its private part is destroyed.</summary>
    PackageKey Rotate();

    /// <summary>Believes another installation's signatures from now on.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo of a P-256 key.</param>
    /// <param name="name">Whose it is.</param>
    PackageKey Trust(byte[] publicKey, string name);
}

/// <summary>A signature with the id of the key that made it.</summary>
/// <param name="KeyId">Id of the key.</param>
/// <param name="Bytes">r and s, 64 bytes.</param>
public sealed record PackageSignature(string KeyId, byte[] Bytes);
