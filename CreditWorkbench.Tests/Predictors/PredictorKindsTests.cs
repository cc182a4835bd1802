using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

/// <summary>What holds for every kind of predictor beside the tree ensemble: bytes, hostile bytes, batches.</summary>
/// <remarks>A golden file holds the base64 of a kind's sample as it was once written; it is never written again.</remarks>
public sealed class PredictorKindsTests
{
    public static TheoryData<string> Families => ["logistic", "scorecard", "network", "blend"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Write_Sample_IsTheGoldenFile(string family)
    {
        var golden = Golden(family);

        Assert.Equal(golden, PredictorEncoding.ToBytes(SamplePredictors.Of(family)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Read_GoldenFile_GivesFamilyAndMarginsOfThatDay(string family)
    {
        var sample = SamplePredictors.Of(family);

        var read = PredictorEncoding.Read(Golden(family)).Value;

        Assert.Equal((family, 2, Link.LogOdds, sample.ReasonsAreExact), (read.Family, read.FeatureCount, read.Link, read.ReasonsAreExact));
        Assert.All(SamplePredictors.Vectors(), vector => Assert.Equal(Bits(sample.Margin(vector)), Bits(read.Margin(vector))));
        Assert.Equal(Golden(family), PredictorEncoding.ToBytes(read));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Margins_ManyRows_EqualOneRowBitForBitAndAreFinite(string family)
    {
        var predictor = SamplePredictors.Of(family);
        var matrix = SamplePredictors.Matrix();
        var margins = new double[matrix.Rows];

        predictor.Margins(matrix, margins);

        Assert.Equal(SamplePredictors.Vectors().Select(vector => Bits(predictor.Margin(vector))), margins.Select(Bits));
        Assert.All(margins, margin => Assert.True(double.IsFinite(margin)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Read_EveryTruncationAndChangedByte_IsRefused(string family)
    {
        var bytes = Golden(family);

        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal("predictor.encoding.truncated", Assert.Single(PredictorEncoding.Read(bytes.AsSpan(0, length)).Problems).Code);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            Assert.False(PredictorEncoding.Read(bytes).Succeeded, $"Byte {at} was changed.");
            bytes[at] ^= 0x10;
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Read_ForgedBodyWithARightHash_IsRefusedOrGivesFiniteMargins(string family)
    {
        var bytes = Golden(family);
        var refused = 0;

        for (var at = 16; at + 4 <= bytes.Length - 32; at++)
        {
            foreach (var forged in new[] { int.MaxValue, -5, 0x7FC00000, 0x7F7FFFFF, 0 })
            {
                var copy = (byte[])bytes.Clone();
                BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(at), forged);
                Resign(copy);
                var outcome = PredictorEncoding.Read(copy);
                if (!outcome.Succeeded)
                {
                    Assert.Equal("predictor.encoding.invalid", Assert.Single(outcome.Problems).Code);
                    refused++;
                    continue;
                }

                Assert.All(SamplePredictors.Vectors(), vector => Assert.True(double.IsFinite(outcome.Value.Margin(vector)), $"Byte {at} became {forged}."));
                Assert.Equal(copy, PredictorEncoding.ToBytes(outcome.Value));
            }
        }

        Assert.True(refused > 100);
    }

    [Fact]
    public void Read_BlendInsideABlend_IsRefused()
    {
        var inner = PredictorEncoding.ToBytes(SamplePredictors.Blend);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(inner.AsSpan(0, 8));
            writer.Write(4UL + 28UL + (ulong)inner.Length);
            writer.Write(1);
            foreach (var number in new[] { 1.0, 1.0, 0.0 }) writer.Write(number);
            writer.Write(inner.Length);
            writer.Write(inner);
            writer.Write(new byte[32]);
        }

        var bytes = stream.ToArray();
        Resign(bytes);

        var problem = Assert.Single(PredictorEncoding.Read(bytes).Problems);

        Assert.Equal("predictor.encoding.invalid", problem.Code);
        Assert.Contains("blend itself", problem.Message, StringComparison.Ordinal);
    }

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    private static void Resign(byte[] bytes) => SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));

    private static byte[] Golden(string family, [CallerFilePath] string here = "") =>
        Convert.FromBase64String(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Golden", $"{family}-v1.txt")));
}
