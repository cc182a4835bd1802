using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Packages of every format version as they were once written: they must be read for as long as decisions are replayed.</summary>
/// <remarks>A file holds the base64 of <see cref="TinyPackage.Model"/> under the version in its name. A new version gets a new file; an
/// old file is never written again.</remarks>
public sealed class GoldenPackageTests
{
    private const string FirstHash = "2aba71e26a7768e46ce4e51e1e21be7832f61f63fe7a7c84f38e11afaca8bd09";

    [Fact]
    public void Read_VersionOne_GivesTheModelOfThatDay()
    {
        var package = PackageEncoding.Read(Golden(1)).Value;

        Assert.Equal(TinyPackage.Model.Scorecard.ScoringHash, package.Scorecard.ScoringHash);
        Assert.Equal(-1.5 + 1.25 + 0.75, package.Predictor.Margin([0.5f, 12f]));
        Assert.Equal(TinyPackage.Model.Lineage, package.Lineage);
        Assert.Equal(ModelPackage.CurrentNumericContract, package.NumericContract);
    }

    [Fact]
    public void Write_VersionOneReadBefore_GivesTheSameBytes()
    {
        var golden = Golden(1);

        Assert.Equal(golden, PackageEncoding.Write(PackageEncoding.Read(golden).Value));
    }

    [Fact]
    public void Write_ModelOfTheGoldenFile_GivesTheCommittedHash()
    {
        Assert.Equal(FirstHash, ContentHash.Of(Golden(1)).Hex);
        Assert.Equal(FirstHash, ContentHash.Of(PackageEncoding.Write(TinyPackage.Model)).Hex);
    }

    [Fact]
    public void Score_GoldenPackage_IssuesTheScoreOfThatDay()
    {
        var release = Releases.Of(PackageEncoding.Read(Golden(1)).Value);

        var score = release.Scoring.Score([0.5f, 12f]);

        Assert.Equal(BitConverter.DoubleToInt64Bits(0.5), BitConverter.DoubleToInt64Bits(score.Margin));
        Assert.Equal((352, "B"), (score.Issued, score.Grade));
    }

    private static byte[] Golden(int version, [CallerFilePath] string here = "") =>
        Convert.FromBase64String(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Golden", $"package-v{version}.txt")));
}
