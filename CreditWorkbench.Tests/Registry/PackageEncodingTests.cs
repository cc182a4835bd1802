using System.Buffers.Binary;
using System.Security.Cryptography;
using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

public sealed class PackageEncodingTests
{
    private const int HashLength = 32;

    [Fact]
    public void Read_WrittenPackage_GivesEverythingBack()
    {
        var package = TinyPackage.Model;

        var read = PackageEncoding.Read(PackageEncoding.Write(package)).Value;

        Assert.Equal(package.Scorecard.ScoringHash, read.Scorecard.ScoringHash);
        Assert.Equal(package.Scorecard.PresentationHash, read.Scorecard.PresentationHash);
        Assert.Equal((package.Platt, package.NumericContract, package.Lineage, package.ReportJson), (read.Platt, read.NumericContract, read.Lineage, read.ReportJson));
        var (written, isotonic) = (Assert.IsType<IsotonicCalibrator>(package.PdCalibrator), Assert.IsType<IsotonicCalibrator>(read.PdCalibrator));
        Assert.Equal(written.Positions, isotonic.Positions);
        Assert.Equal(written.Probabilities, isotonic.Probabilities);
        Assert.Equal(package.ReferenceScores, read.ReferenceScores);
        Assert.Equal(package.FeatureBins.SelectMany(bins => bins.Cuts), read.FeatureBins.SelectMany(bins => bins.Cuts));
        Assert.Equal(package.FeatureBins.SelectMany(bins => bins.Expected), read.FeatureBins.SelectMany(bins => bins.Expected));
        Assert.Equal(package.Confidence!.Deviations, read.Confidence!.Deviations);
        Assert.Equal(package.Confidence.Refits, read.Confidence.Refits);
        Assert.Equal(package.Predictor.Quantity([0.5f, 12f]), read.Predictor.Quantity([0.5f, 12f]));
    }

    [Fact]
    public void Read_Backgrounds_KeepTheCodesOfMissingValues()
    {
        var read = PackageEncoding.Read(PackageEncoding.Write(TinyPackage.Model)).Value;

        var column = read.ExplanationBackground.Column(1);
        Assert.True(float.IsNaN(column[0]) && float.IsNaN(column[1]));
        Assert.Equal((0, 1), (CodedNaN.CodeOf(column[0]), CodedNaN.CodeOf(column[1])));
        Assert.Equal(Bits(TinyPackage.Model.ExplanationBackground), Bits(read.ExplanationBackground));
        Assert.Equal(Bits(TinyPackage.Model.ReasonBackground), Bits(read.ReasonBackground));
    }

    [Fact]
    public void Read_BetaCalibration_IsTheSame()
    {
        var beta = new BetaCalibrator(0.8, 1.2, -0.1, 4_000);

        var read = PackageEncoding.Read(PackageEncoding.Write(TinyPackage.Model with { PdCalibrator = beta })).Value;

        Assert.Equal(beta, read.PdCalibrator);
    }

    [Fact]
    public void Read_BetaCalibrationThatFalls_IsMalformed() =>
        Assert.Equal("package.malformed", Assert.Single(PackageEncoding.Read(PackageEncoding.Write(TinyPackage.Model with { PdCalibrator = new BetaCalibrator(-0.5, 1.0, 0.0, 10) })).Problems).Code);

    [Fact]
    public void Read_PackageWithoutOptionalParts_HasNone()
    {
        var bare = TinyPackage.Model with { PdCalibrator = null, Confidence = null };

        var read = PackageEncoding.Read(PackageEncoding.Write(bare)).Value;

        Assert.Null(read.PdCalibrator);
        Assert.Null(read.Confidence);
        Assert.Empty(read.CategoryCuts);
    }

    [Fact]
    public void Write_ReadAndWrittenAgain_HasTheSameHash()
    {
        var first = PackageEncoding.Write(TinyPackage.Model);

        var second = PackageEncoding.Write(PackageEncoding.Read(first).Value);

        Assert.Equal(ContentHash.Of(first), ContentHash.Of(second));
    }

    [Fact]
    public void Write_OneLeafChanged_HasAnotherHash()
    {
        Assert.NotEqual(ContentHash.Of(PackageEncoding.Write(TinyPackage.Model)), ContentHash.Of(PackageEncoding.Write(TinyPackage.Other)));
    }

    [Fact]
    public void Read_AnySingleByteChanged_IsRefusedAsAlteredOrForeign()
    {
        var bytes = PackageEncoding.Write(TinyPackage.Model);

        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x20;
            Assert.Equal(at < 4 ? "package.notAPackage" : "package.altered", CodeOf(bytes));
            bytes[at] ^= 0x20;
        }
    }

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        var bytes = PackageEncoding.Write(TinyPackage.Model);

        for (var length = 0; length < bytes.Length; length += 7)
            Assert.Contains(CodeOf(bytes[..length]), new[] { "package.notAPackage", "package.altered" });
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04 })]
    public void Read_ForeignFile_IsNotAPackage(byte[] foreign)
    {
        Assert.Equal("package.notAPackage", CodeOf([.. foreign, .. new byte[foreign.Length * 20]]));
    }

    [Fact]
    public void Read_NewerVersion_SaysWhichOnesAreRead()
    {
        var bytes = PackageEncoding.Write(TinyPackage.Model);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), PackageContainer.FormatVersion + 1);

        var outcome = PackageEncoding.Read(Rehashed(bytes));

        Assert.Equal("package.version", outcome.Problems.Single().Code);
        Assert.Contains("version 2", outcome.Problems.Single().Message, StringComparison.Ordinal);
    }

    // Forged: the numbers lie and the hash was worked out again, so only the reader's own care stands between them and memory.
    [Theory]
    [InlineData(6, 2)] // section count
    [InlineData(8, 2)] // length of the first name
    [InlineData(20, 8)] // length of the first content
    [InlineData(28, 4)] // rows of the background
    public void Read_ForgedLength_IsRefused(int at, int size)
    {
        var bytes = PackageEncoding.Write(TinyPackage.Model);
        bytes.AsSpan(at, size).Fill(0x7F);

        Assert.Equal("package.malformed", CodeOf(Rehashed(bytes)));
    }

    [Fact]
    public void Read_EveryInt32ForgedInTurn_NeverThrows()
    {
        var bytes = PackageEncoding.Write(TinyPackage.Model);

        for (var at = 8; at < bytes.Length - HashLength - 4; at += 3)
        {
            var forged = (byte[])bytes.Clone();
            BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(at), at % 2 == 0 ? int.MaxValue : -1);

            var outcome = PackageEncoding.Read(Rehashed(forged)).Then(package => Release.Open(package, Releases.Registered(package)));

            Assert.True(outcome.Succeeded || outcome.Problems.All(problem => problem.Code.Length > 0));
        }
    }

    [Fact]
    public void Read_SectionLeftOut_IsIncomplete()
    {
        var sections = PackageContainer.Read(PackageEncoding.Write(TinyPackage.Model)).Value.Where(section => section.Key != "reasons").ToDictionary();

        var outcome = PackageEncoding.Read(PackageContainer.Write(sections));

        Assert.Equal("package.incomplete", outcome.Problems.Single().Code);
        Assert.Contains("reasons", outcome.Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BytesAfterTheLastSection_AreRefused()
    {
        var bytes = PackageEncoding.Write(TinyPackage.Model);

        Assert.Equal("package.malformed", CodeOf(Rehashed([.. bytes[..^HashLength], 1, 2, 3, .. bytes[^HashLength..]])));
    }

    [Fact]
    public void Read_PredictorOfAnotherDictionary_IsRefused()
    {
        var narrow = TinyPackage.Model with { Predictor = Scoring.Ensembles.Of(1, Core.Predictors.Link.LogOdds, Core.Predictors.Aggregation.Sum, 0, Scoring.Ensembles.Stump(0, 1f, 0, 1)) };

        Assert.Equal("package.scorecard", CodeOf(PackageEncoding.Write(narrow)));
    }

    [Fact]
    public void Read_TablesWhosePartsDifferInNumber_AreRefused()
    {
        var cells = TinyPackage.Model with { Confidence = new Core.Scoring.ConfidenceTable([600.0], [0.5], [12.5, 15.0], 25) };
        var knots = TinyPackage.Model with { PdCalibrator = new Core.Calibration.IsotonicCalibrator([-3.0, 0.0], [0.25]) };

        Assert.Equal(("package.malformed", "package.malformed"), (CodeOf(PackageEncoding.Write(cells)), CodeOf(PackageEncoding.Write(knots))));
    }

    [Fact]
    public void Open_PartsOfAnotherKind_AreUnfit()
    {
        var ordinal = TinyPackage.Model with { Predictor = Ensembles.Of(2, Link.Ordinal, Aggregation.Mean, 0, Ensembles.Stump(0, 0.375f, 700, 500)) };

        var outcome = PackageEncoding.Read(PackageEncoding.Write(ordinal)).Then(package => Release.Open(package, Releases.Registered(package)));

        Assert.Equal("package.unfit", outcome.Problems.Single().Code);
    }

    /// <summary>An imported model without a background opens and scores; only what compares with the background is refused.</summary>
    [Fact]
    public void Open_BackgroundWithoutRows_RefusesToCompare()
    {
        var bare = TinyPackage.Model with { ExplanationBackground = TinyPackage.Model.ExplanationBackground.Take([]), ReasonBackground = TinyPackage.Model.ReasonBackground.Take([]) };

        var release = PackageEncoding.Read(PackageEncoding.Write(bare)).Then(package => Release.Open(package, Releases.Registered(package))).Value;

        var score = release.Scoring.Score([0.25f, 12f]);
        Assert.Equal("background.missing", release.Explainer.Bars([0.25f, 12f], score).Problems.Single().Code);
        Assert.True(release.Explainer.Bars([0.25f, 12f], score, AttributionMethod.PathDependent).Succeeded);
        Assert.Null(release.Stability);
    }

    [Fact]
    public void Write_Refits_ComeBackAndArePartOfTheHash()
    {
        var package = TinyPackage.Model with { Refits = PackedRefits.Of([TinyPackage.Model.Predictor, TinyPackage.Other.Predictor]) };

        var read = PackageEncoding.Read(PackageEncoding.Write(package)).Value;

        Assert.Equal(2, read.Refits.Count);
        Assert.Equal(TinyPackage.Other.Predictor.Margin([0.5f, 12f]), read.Refits.Open()[1].Margin([0.5f, 12f]));
        Assert.NotEqual(PackageEncoding.Write(TinyPackage.Model), PackageEncoding.Write(package));
        Assert.Equal(PackageEncoding.Write(package), PackageEncoding.Write(read));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void PackedRefits_CutShort_AreRefused(int bytes)
    {
        var whole = PackedRefits.Of([TinyPackage.Model.Predictor]).Bytes;

        var cut = whole[..^bytes].ToArray();

        Assert.Throws<InvalidDataException>(() => new PackedRefits(cut));
    }

    /// <summary>Refits that would make the package too large are left out, the last first.</summary>
    [Fact]
    public void PackedRefits_TooMany_KeepsTheFirst()
    {
        var size = PredictorEncoding.ToBytes(TinyPackage.Model.Predictor).Length + sizeof(int);
        var many = Enumerable.Repeat(TinyPackage.Model.Predictor, PackedRefits.MostBytes / size + 10).ToList();

        var packed = PackedRefits.Of(many);

        Assert.InRange(packed.Bytes.Length, PackedRefits.MostBytes - size, PackedRefits.MostBytes);
    }

    private static string CodeOf(byte[] bytes) => PackageEncoding.Read(bytes).Problems is [var problem, ..] ? problem.Code : "";

    private static byte[] Rehashed(byte[] bytes) => [.. bytes[..^HashLength], .. SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashLength))];

    private static uint[] Bits(FeatureMatrix matrix) => Array.ConvertAll(matrix.Values, BitConverter.SingleToUInt32Bits);
}
