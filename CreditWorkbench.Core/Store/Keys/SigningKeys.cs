using System.Security.Cryptography;
using System.Text.Json;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Signing keys in <c>keys/signing.json</c>, a file that only the service's own account can read. All nodes of one store share it; a
/// change by another process is seen at the next question.</summary>
internal sealed class SigningKeys(StoreOptions options, TimeProvider clock) : IPackageKeys
{
    private const string Own = "this installation";
    private readonly string _path = Path.Combine(options.KeyDirectory, "signing.json");
    private readonly Lock _turn = new();
    private (DateTime Written, Content Keys)? _read;

    public PackageSignature Sign(ReadOnlySpan<byte> message)
    {
        var current = Keys().Current;
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(current.Private, out _);
        return new PackageSignature(current.Id, key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    public PackageKey? Find(string id) => List().FirstOrDefault(key => key.Id == id);

    public IReadOnlyList<PackageKey> List()
    {
        var keys = Keys();
        return [Told(keys.Current, isCurrent: true), .. keys.Earlier.OrderByDescending(key => key.Since).Select(key => Told(key, false)), .. keys.Trusted.OrderByDescending(key => key.Since).Select(key => Told(key, false))];
    }

    public PackageKey Rotate() => Told(Change(keys => keys with { Current = NewKey(), Earlier = [.. keys.Earlier, keys.Current with { Private = null }] }).Current, isCurrent: true);

    public PackageKey Trust(byte[] publicKey, string name)
    {
        var trusted = new Key(PackageSigning.IdOf(publicKey), publicKey, null, name, clock.GetUtcNow());
        if (Find(trusted.Id) is { } known) return known;
        Change(keys => keys with { Trusted = [.. keys.Trusted, trusted] });
        return Told(trusted, false);
    }

    private Content Keys()
    {
        lock (_turn)
        {
            if (_read is { } read && File.GetLastWriteTimeUtc(_path) == read.Written) return read.Keys;
            PrivateFile.CreateOnce(_path, file => JsonSerializer.Serialize(file, new Content(1, NewKey(), [], [])));
            var written = File.GetLastWriteTimeUtc(_path);
            return (_read = (written, Read())).Value.Keys;
        }
    }

    private Content Change(Func<Content, Content> change)
    {
        lock (_turn)
        {
            Keys();
            using var alone = PrivateFile.Lock($"{_path}.lock");
            var changed = change(Read());
            PrivateFile.Replace(_path, file => JsonSerializer.Serialize(file, changed));
            _read = null;
            return changed;
        }
    }

    private Content Read()
    {
        try
        {
            if (JsonSerializer.Deserialize<Content>(File.ReadAllBytes(_path)) is { Format: 1, Current.Private: not null } keys) return keys;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{_path} is damaged. Restore it from the backup of the keys.", error);
        }

        throw new InvalidDataException($"{_path} has a format that this version of the program does not know.");
    }

    private Key NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        return new Key(PackageSigning.IdOf(publicKey), publicKey, key.ExportPkcs8PrivateKey(), Own, clock.GetUtcNow());
    }

    private static PackageKey Told(Key key, bool isCurrent) => new(key.Id, key.Public, key.Name, key.Name == Own, isCurrent, key.Since);

    private sealed record Key(string Id, byte[] Public, byte[]? Private, string Name, DateTimeOffset Since);

    private sealed record Content(int Format, Key Current, IReadOnlyList<Key> Earlier, IReadOnlyList<Key> Trusted);
}
