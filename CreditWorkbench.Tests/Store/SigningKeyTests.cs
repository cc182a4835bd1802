using System.Security.Cryptography;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class SigningKeyTests : IDisposable
{
    private static readonly byte[] Message = [.. "manifest"u8];
    private readonly StoreOptions _options = new() { DataDirectory = Path.Combine(Path.GetTempPath(), $"signing-{Guid.NewGuid():n}") };

    public void Dispose()
    {
        if (Directory.Exists(_options.DataDirectory)) Directory.Delete(_options.DataDirectory, recursive: true);
    }

    [Fact]
    public void Sign_FirstTime_MakesAKeyThatOnlyTheOwnerReads()
    {
        var keys = Open();

        var signature = keys.Sign(Message);

        Assert.True(PackageSigning.Verify(keys.Find(signature.KeyId)!, Message, signature.Bytes));
        Assert.False(PackageSigning.Verify(keys.Find(signature.KeyId)!, [.. "another"u8], signature.Bytes));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_options.DataDirectory, "keys", "signing.json")));
    }

    [Fact]
    public void Rotate_OldSignature_StillVerifiesAndTheOldPrivateKeyIsGone()
    {
        var keys = Open();
        var old = keys.Sign(Message);
        var before = File.ReadAllText(Path.Combine(_options.DataDirectory, "keys", "signing.json"));

        var current = keys.Rotate();

        Assert.Equal(current.Id, keys.Sign(Message).KeyId);
        Assert.True(PackageSigning.Verify(Open().Find(old.KeyId)!, Message, old.Bytes));
        Assert.Equal([true, false], keys.List().Select(key => key.IsCurrent));
        var secret = System.Text.Json.JsonDocument.Parse(before).RootElement.GetProperty("Current").GetProperty("Private").GetString()!;
        Assert.DoesNotContain(secret, File.ReadAllText(Path.Combine(_options.DataDirectory, "keys", "signing.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rotate_ByAnotherProcess_IsSeen()
    {
        var (one, other) = (Open(), Open());
        one.Sign(Message);

        var current = other.Rotate();

        Assert.Equal(current.Id, one.List()[0].Id);
        Assert.NotNull(one.Find(current.Id));
    }

    [Fact]
    public void Trust_ForeignKey_VerifiesButNeverSigns()
    {
        var (keys, foreign) = (Open(), new TestKeys());

        var trusted = keys.Trust(foreign.List()[0].PublicKey, "sister bank");
        keys.Trust(foreign.List()[0].PublicKey, "again");

        var signature = foreign.Sign(Message);
        Assert.True(PackageSigning.Verify(keys.Find(signature.KeyId)!, Message, signature.Bytes));
        Assert.Equal(("sister bank", false), (trusted.Name, trusted.IsOwn));
        Assert.Equal(2, keys.List().Count);
        Assert.NotEqual(trusted.Id, keys.Sign(Message).KeyId);
    }

    [Fact]
    public void Open_DamagedFile_SaysWhatToRestore()
    {
        Open().Sign(Message);
        File.WriteAllText(Path.Combine(_options.DataDirectory, "keys", "signing.json"), "{");

        var error = Assert.Throws<InvalidDataException>(() => Open().List());

        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsPublicKey_OtherCurveOrNoKey_IsNot()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.True(PackageSigning.IsPublicKey(new TestKeys().List()[0].PublicKey));
        Assert.False(PackageSigning.IsPublicKey(other.ExportSubjectPublicKeyInfo()));
        Assert.False(PackageSigning.IsPublicKey([1, 2, 3]));
    }

    private SigningKeys Open() => new(_options, TimeProvider.System);
}
