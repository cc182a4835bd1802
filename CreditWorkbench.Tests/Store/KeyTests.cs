using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Keys;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class KeyTests
{
    private static readonly byte[] Key = SHA256.HashData("key"u8);
    private static readonly Guid Row = Guid.Parse("0197f000-0000-7000-8000-000000000001");
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("Dewi Anggraini");

    [Fact]
    public void Envelope_OpenedInItsPlace_GivesTheTextBack()
    {
        var sealedBytes = Envelope.Seal(Key, Text, Envelope.Place("Applicants.Name", Row));

        Assert.Equal(Text, Envelope.Open(Key, sealedBytes, Envelope.Place("Applicants.Name", Row)));
        Assert.NotEqual(sealedBytes, Envelope.Seal(Key, Text, Envelope.Place("Applicants.Name", Row)));
    }

    [Fact]
    public void Envelope_MovedToAnotherRowOrColumn_DoesNotOpen()
    {
        var sealedBytes = Envelope.Seal(Key, Text, Envelope.Place("Applicants.Name", Row));

        Assert.ThrowsAny<CryptographicException>(() => Envelope.Open(Key, sealedBytes, Envelope.Place("Applicants.Email", Row)));
        Assert.ThrowsAny<CryptographicException>(() => Envelope.Open(Key, sealedBytes, Envelope.Place("Applicants.Name", Guid.Empty)));
        Assert.ThrowsAny<CryptographicException>(() => Envelope.Open(SHA256.HashData("other"u8), sealedBytes, Envelope.Place("Applicants.Name", Row)));
    }

    [Fact]
    public void Envelope_AnyByteFlipped_DoesNotOpen()
    {
        var place = Envelope.Place("Applicants.Name", Row);
        var sealedBytes = Envelope.Seal(Key, Text, place);

        for (var i = 0; i < sealedBytes.Length; i++)
        {
            var altered = (byte[])sealedBytes.Clone();
            altered[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => Envelope.Open(Key, altered, place));
        }

        Assert.ThrowsAny<CryptographicException>(() => Envelope.Open(Key, [], place));
    }

    [Fact]
    public void Ring_EarlierKey_StaysReadableAfterRotation()
    {
        var (first, second) = (SHA256.HashData("1"u8), SHA256.HashData("2"u8));
        var place = Envelope.Place("Packages.Content", Row);
        var before = new KeyRing(1, new Dictionary<uint, byte[]> { [1] = first }, Key, Key);
        var after = new KeyRing(2, new Dictionary<uint, byte[]> { [1] = first, [2] = second }, Key, Key);

        Assert.Equal(Text, after.Open(before.Seal(Text, place), place));
        Assert.Throws<CryptographicException>(() => before.Open(after.Seal(Text, place), place));
        Assert.Throws<ArgumentException>(() => new KeyRing(3, new Dictionary<uint, byte[]> { [1] = first }, Key, Key));
    }

    [Fact]
    public void RingFile_OpenedAtOnceByMany_IsOneRing()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"ring-{Guid.NewGuid():n}");
        var rings = new string[16];

        Parallel.For(0, rings.Length, i => rings[i] = KeyRingFile.Open(directory).Fingerprint);

        Assert.Single(rings.Distinct());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory, "ring.json")));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Store_NewDataFolder_IsReadableByItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps other rights.");
        var directory = Path.Combine(Path.GetTempPath(), $"data-{Guid.NewGuid():n}");

        new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddWorkbenchStore(new StoreOptions { DataDirectory = directory });

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"Format":2}""")]
    [InlineData("""{"Format":1,"Current":1,"Keys":{"1":"AAAA"},"Index":"AAAA","Audit":"AAAA"}""")]
    public void RingFile_Damaged_SaysWhichFile(string content)
    {
        var directory = Directory.CreateTempSubdirectory("ring-").FullName;
        File.WriteAllText(Path.Combine(directory, "ring.json"), content);

        var error = Assert.Throws<InvalidDataException>(() => KeyRingFile.Open(directory));

        Assert.Contains("ring.json", error.Message, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void ErasureList_LineCutOffByACrash_IsLeftOut()
    {
        var directory = Directory.CreateTempSubdirectory("erased-").FullName;
        var list = new ErasureList(directory);
        list.Add(Row, Sample.Moment);
        File.AppendAllText(Path.Combine(directory, "erased.txt"), "0197f000-0000-70");

        Assert.Equal([new KeyValuePair<Guid, DateTimeOffset>(Row, Sample.Moment)], list.Read());
        Directory.Delete(directory, recursive: true);
    }
}
