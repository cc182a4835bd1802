using System.Security.Cryptography;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Signing keys in memory. Every instance has a key of its own, except <see cref="Shared"/>.</summary>
internal sealed class TestKeys : IPackageKeys
{
    private readonly List<(PackageKey Key, byte[]? Private)> _own = [];
    private readonly List<PackageKey> _trusted = [];

    public TestKeys() => Rotate();

    /// <summary>One installation's keys, for tests that are not about keys.</summary>
    public static TestKeys Shared { get; } = new();

    public PackageSignature Sign(ReadOnlySpan<byte> message)
    {
        using var signer = ECDsa.Create();
        signer.ImportPkcs8PrivateKey(_own[^1].Private, out _);
        return new PackageSignature(_own[^1].Key.Id, signer.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    public PackageKey? Find(string id) => List().FirstOrDefault(key => key.Id == id);

    public IReadOnlyList<PackageKey> List() => [.. _own.Select((own, at) => own.Key with { IsCurrent = at == _own.Count - 1 }).Reverse(), .. _trusted];

    public PackageKey Rotate()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = made.ExportSubjectPublicKeyInfo();
        _own.Add((new PackageKey(PackageSigning.IdOf(publicKey), publicKey, "this installation", IsOwn: true, IsCurrent: true, DateTimeOffset.UnixEpoch), made.ExportPkcs8PrivateKey()));
        return _own[^1].Key;
    }

    public PackageKey Trust(byte[] publicKey, string name)
    {
        var trusted = new PackageKey(PackageSigning.IdOf(publicKey), publicKey, name, IsOwn: false, IsCurrent: false, DateTimeOffset.UnixEpoch);
        _trusted.Add(trusted);
        return trusted;
    }
}
