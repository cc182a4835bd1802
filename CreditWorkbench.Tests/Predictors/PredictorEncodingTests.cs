using System.Buffers.Binary;
using System.Security.Cryptography;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

public sealed class PredictorEncodingTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Read_WhatWasWritten_GivesTheSameBytesAndMargins(ulong seed)
    {
        var ensemble = RandomEnsembles.Of(seed);
        var bytes = PredictorEncoding.ToBytes(ensemble);

        var copy = PredictorEncoding.Read(bytes).Value;

        Assert.Equal(bytes, PredictorEncoding.ToBytes(copy));
        Assert.Equal((ensemble.Family, ensemble.FeatureCount, ensemble.Link), (copy.Family, copy.FeatureCount, copy.Link));
        foreach (var vector in RandomEnsembles.Vectors(seed, 200))
            Assert.Equal(BitConverter.DoubleToInt64Bits(ensemble.Margin(vector)), BitConverter.DoubleToInt64Bits(copy.Margin(vector)));
    }

    [Fact]
    public void ToBytes_OneStump_IsTheLayoutOnPaper()
    {
        var bytes = PredictorEncoding.ToBytes(Stump());

        // Magic, version 1, kind 1, 210 bytes of body; family; two features, log-odds, no rows, sum, base 0.5; two tree starts.
        string[] expected =
        [
            "43575052", "0100", "0100", "D200000000000000", "08000000", "626F6F7374696E67",
            "02000000", "00", "0000000000000000", "00", "000000000000E03F", "02000000", "00000000", "03000000",
        ];
        var text = string.Concat(expected);
        Assert.Equal(text, Convert.ToHexString(bytes[..(text.Length / 2)]));
        Assert.Equal(SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)), bytes[^32..]);
    }

    [Fact]
    public void Read_EveryTruncation_IsRefusedByName()
    {
        var bytes = PredictorEncoding.ToBytes(Stump());

        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal("predictor.encoding.truncated", Assert.Single(PredictorEncoding.Read(bytes.AsSpan(0, length)).Problems).Code);
    }

    [Fact]
    public void Read_EverySingleChangedByte_IsRefused()
    {
        var bytes = PredictorEncoding.ToBytes(Stump());

        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            Assert.False(PredictorEncoding.Read(bytes).Succeeded, $"Byte {at} was changed.");
            bytes[at] ^= 0x10;
        }
    }

    [Fact]
    public void Read_TrailingBytes_IsOversized()
    {
        byte[] bytes = [.. PredictorEncoding.ToBytes(Stump()), 0];

        Assert.Equal("predictor.encoding.oversized", Assert.Single(PredictorEncoding.Read(bytes).Problems).Code);
    }

    [Fact]
    public void Read_LaterVersion_IsRefusedAsSuch()
    {
        var bytes = PredictorEncoding.ToBytes(Stump());
        bytes[4] = 2;

        Assert.Equal("predictor.encoding.version", Assert.Single(PredictorEncoding.Read(bytes).Problems).Code);
    }

    [Fact]
    public void Read_SomethingElse_IsForeign()
    {
        var bytes = new byte[200];

        Assert.Equal("predictor.encoding.foreign", Assert.Single(PredictorEncoding.Read(bytes).Problems).Code);
    }

    [Fact]
    public void Read_ForgedBodyWithARightHash_IsStillChecked()
    {
        var bytes = PredictorEncoding.ToBytes(Stump());
        var refused = 0;

        // Every int of the body in turn becomes huge or negative, and the hash is made to fit.
        for (var at = 16; at + 4 <= bytes.Length - 32; at++)
        {
            foreach (var forged in new[] { int.MaxValue, -5 })
            {
                var copy = (byte[])bytes.Clone();
                BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(at), forged);
                SHA256.HashData(copy.AsSpan(0, copy.Length - 32), copy.AsSpan(copy.Length - 32));
                var outcome = PredictorEncoding.Read(copy);
                if (outcome.Succeeded) outcome.Value.Margin([1f, 2f]);
                else refused += outcome.Problems[0].Code == "predictor.encoding.invalid" ? 1 : 0;
            }
        }

        Assert.True(refused > 100);
    }

    private static TreeEnsemble Stump() => new("boosting", 2, Link.LogOdds, Aggregation.Sum, 0.5, new TreeNodes
    {
        TreeStart = [0, 3],
        Feature = [1, -1, -1],
        Cut = [1500f, 0, 0],
        Left = [1, -1, -1],
        Right = [2, -1, -1],
        CodesLeft = [1, 0, 0],
        CategorySet = [-1, -1, -1],
        SetStart = [0],
        SetBits = [],
        Value = [0.1, -0.4, 0.9],
        Cover = [10, 6, 4],
    });
}
