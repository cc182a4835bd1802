using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Whatever is done to a signed package, the loader refuses it and says why.</summary>
public sealed class PackageLoaderTests
{
    private static readonly ModelPackage Package = TinyPackage.Model with { Refits = PackedRefits.Of([TinyPackage.Model.Predictor, TinyPackage.Other.Predictor]) };
    private readonly TestKeys _keys = new();
    private readonly PackageLoader _loader;

    public PackageLoaderTests() => _loader = new PackageLoader(_keys);

    public static TheoryData<string> Sections => [.. PackageContainer.Read(PackageEncoding.Write(Package)).Value.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Load_AsRegistered_GivesThePackage()
    {
        var file = Signed.Of(Package, _keys).ToBytes();

        var loaded = _loader.Load(file, Releases.Registered(Package)).Value;

        Assert.Equal(PackageEncoding.Write(Package), PackageEncoding.Write(loaded));
    }

    [Fact]
    public void Load_AnySingleByteChanged_IsRefused()
    {
        var (file, model) = (Signed.Of(TinyPackage.Model, _keys).ToBytes(), Releases.Registered(TinyPackage.Model));

        for (var at = 0; at < file.Length; at++)
        {
            file[at] ^= 0x10;
            Assert.Equal(at < 4 ? "package.notAPackage" : "package.altered", CodeOf(file, model));
            file[at] ^= 0x10;
        }
    }

    /// <summary>The forger works out every hash again; only the signature stands in the way.</summary>
    [Theory, MemberData(nameof(Sections))]
    public void Load_ByteFlippedInASectionAndHashesWorkedOutAgain_IsRefused(string section)
    {
        var signed = Signed.Of(Package, _keys);
        var sections = PackageContainer.Read(signed.Content.Span).Value.ToDictionary();
        foreach (var at in new[] { 0, sections[section].Length / 2, sections[section].Length - 1 })
        {
            sections[section][at] ^= 0x01;
            var forged = PackageContainer.Write(sections);

            var code = CodeOf((signed with { Content = forged }).ToBytes(), Releases.Registered(Package) with { PackageHash = ContentHash.Of(forged) });

            Assert.True(code is "package.manifest" || !PackageEncoding.Read(forged).Succeeded, $"{section} at {at}: {code}");
            Assert.NotEqual("", code);
            sections[section][at] ^= 0x01;
        }
    }

    [Fact]
    public void Load_RefitsTakenOut_IsRefused()
    {
        var signed = Signed.Of(Package, _keys);
        var bare = PackageEncoding.Write(TinyPackage.Model);

        Assert.Equal("package.manifest", CodeOf((signed with { Content = bare }).ToBytes(), Releases.Registered(TinyPackage.Model)));
    }

    [Fact]
    public void Load_WithoutASignature_IsRefusedButStillReads()
    {
        var bare = PackageEncoding.Write(Package);

        Assert.Equal("package.unsigned", CodeOf(bare, Releases.Registered(Package)));
        Assert.True(PackageEncoding.Read(bare).Succeeded);
    }

    [Fact]
    public void Load_SignatureOfAnotherPackage_IsRefused()
    {
        var other = Signed.Of(TinyPackage.Other, _keys).Signature;

        Assert.Equal("package.signature", CodeOf((Signed.Of(Package, _keys) with { Signature = other }).ToBytes(), Releases.Registered(Package)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(6400)]
    public void Load_SignatureOfAnotherLength_IsRefused(int length)
    {
        var signed = Signed.Of(Package, _keys);

        Assert.Equal("package.signature", CodeOf((signed with { Signature = signed.Signature with { Bytes = new byte[length] } }).ToBytes(), Releases.Registered(Package)));
    }

    [Fact]
    public void Load_ManifestReplaced_IsRefused()
    {
        var forged = PackageManifest.Of(PackageContainer.Cut(PackageEncoding.Write(TinyPackage.Other)).Value, TinyPackage.Other);

        Assert.Equal("package.signature", CodeOf((Signed.Of(Package, _keys) with { Manifest = forged }).ToBytes(), Releases.Registered(Package)));
    }

    [Fact]
    public void Load_ManifestAndSignatureOfAnotherPackage_IsRefused()
    {
        var other = Signed.Of(TinyPackage.Other, _keys);

        Assert.Equal("package.manifest", CodeOf((other with { Content = PackageEncoding.Write(Package) }).ToBytes(), Releases.Registered(Package)));
    }

    [Fact]
    public void Load_SignedByAnUnknownKey_IsRefusedUntilItIsTrusted()
    {
        var foreign = new TestKeys();
        var file = Signed.Of(Package, foreign).ToBytes();

        Assert.Equal("package.key.unknown", CodeOf(file, Releases.Registered(Package)));
        _keys.Trust(foreign.List()[0].PublicKey, "sister bank");
        Assert.Equal("", CodeOf(file, Releases.Registered(Package)));
    }

    [Fact]
    public void Load_KeyRotatedMeanwhile_StillVerifies()
    {
        var file = Signed.Of(Package, _keys).ToBytes();
        var next = _keys.Rotate();

        Assert.Equal("", CodeOf(file, Releases.Registered(Package)));
        Assert.Equal(next.Id, Signed.Of(Package, _keys).Signature.KeyId);
    }

    [Fact]
    public void Load_WellSignedButNotWhatWasRegistered_IsRefused()
    {
        Assert.Equal("package.altered", CodeOf(Signed.Of(TinyPackage.Other, _keys).ToBytes(), Releases.Registered(TinyPackage.Model)));
    }

    [Fact]
    public void Load_MadeForAnotherScoringDictionary_IsRefused()
    {
        var model = Releases.Registered(Package) with { ScoringHash = ContentHash.Of("another dictionary") };

        var refusal = _loader.Load(Signed.Of(Package, _keys).ToBytes(), model).Problems.Single();

        Assert.Equal("package.dictionary", refusal.Code);
        Assert.Contains(Package.Scorecard.ScoringHash.Short, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Another dictionary with the same columns, put in the place of the one that was trained on.</summary>
    [Fact]
    public void Load_DictionarySwappedInside_IsRefused()
    {
        var renamed = ScorecardFiles.Read(ScorecardFiles.Tiny.Replace("version: 1.0.0", "version: 1.0.1", StringComparison.Ordinal));
        var swapped = PackageEncoding.Write(Package with { Scorecard = renamed });

        Assert.Equal("package.manifest", CodeOf((Signed.Of(Package, _keys) with { Content = swapped }).ToBytes(), Releases.Registered(Package) with { PackageHash = ContentHash.Of(swapped) }));
    }

    [Fact]
    public void Manifest_OfAPackage_NamesEverySectionAndItsHash()
    {
        var (signed, sections) = (Signed.Of(Package, _keys), PackageContainer.Read(PackageEncoding.Write(Package)).Value);

        using var manifest = System.Text.Json.JsonDocument.Parse(signed.Manifest);

        Assert.Equal(
            sections.OrderBy(section => section.Key, StringComparer.Ordinal).Select(section => (section.Key, Convert.ToHexStringLower(SHA256.HashData(section.Value)))),
            manifest.RootElement.GetProperty("sections").EnumerateArray().Select(section => (section.GetProperty("name").GetString()!, section.GetProperty("sha256").GetString()!)));
        Assert.Equal(Package.Scorecard.ScoringHash.Hex, manifest.RootElement.GetProperty("scoringDictionary").GetString());
        Assert.Equal(ContentHash.Of(signed.Content.Span).Hex, manifest.RootElement.GetProperty("content").GetString());
        Assert.Contains("refits", sections.Keys);
    }

    /// <summary>A signed file of the day when packages were first signed; an old file is never written again.</summary>
    [Fact]
    public void Verify_GoldenSignedFile_IsBelievedByItsPublicKey()
    {
        var key = _keys.Trust(Golden("signed-v1-key"), "the day of the golden file");

        var verified = _loader.Verify(Golden("signed-v1")).Value;

        Assert.Equal(key.Id, verified.Key.Id);
        Assert.Equal("2aba71e26a7768e46ce4e51e1e21be7832f61f63fe7a7c84f38e11afaca8bd09", verified.Content.Hex);
        Assert.Equal(-1.5 + 1.25 + 0.75, verified.Package.Predictor.Margin([0.5f, 12f]));
    }

    private string CodeOf(byte[] file, RegisteredModel model) => _loader.Load(file, model).Problems is [var problem, ..] ? problem.Code : "";

    private static byte[] Golden(string name, [CallerFilePath] string here = "") =>
        Convert.FromBase64String(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Golden", $"{name}.txt")));
}
