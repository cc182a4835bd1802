using System.Security.Cryptography;
using CreditWorkbench.Core.Store.Keys;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class SealedFileTests
{
    private static readonly KeyRing Ring = new(1, new Dictionary<uint, byte[]> { [1] = Key(1) }, Key(2), Key(3));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SealedFile.BlockSize - 1)]
    [InlineData(SealedFile.BlockSize)]
    [InlineData(SealedFile.BlockSize + 1)]
    [InlineData(3 * SealedFile.BlockSize + 77)]
    public async Task Open_WhatWasSealed_ReadsBackByteForByteFromAnyPlace(int length)
    {
        var plain = Bytes(length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        var sealedBytes = await SealAsync(plain, hash);

        await using var opened = SealedFile.Open(Ring, new MemoryStream(sealedBytes));
        Assert.Equal(length, opened.Length);
        using var copy = new MemoryStream();
        await opened.CopyToAsync(copy, Cancellation);
        Assert.Equal(plain, copy.ToArray());
        Assert.Equal(SHA256.HashData(plain), hash.GetHashAndReset());
        var from = length * 2 / 3;
        opened.Seek(from - length, SeekOrigin.End);
        var rest = new byte[length - from];
        await opened.ReadExactlyAsync(rest, Cancellation);
        Assert.Equal(plain[from..], rest);
    }

    [Fact]
    public async Task Open_BlocksSwappedCutOrAltered_DoNotOpen()
    {
        var sealedBytes = await SealAsync(Bytes(3 * SealedFile.BlockSize), null);
        var block = (sealedBytes.Length - SealedFile.HeaderSize) / 3;
        var swapped = sealedBytes.ToArray();
        sealedBytes.AsSpan(SealedFile.HeaderSize, block).CopyTo(swapped.AsSpan(SealedFile.HeaderSize + block));
        sealedBytes.AsSpan(SealedFile.HeaderSize + block, block).CopyTo(swapped.AsSpan(SealedFile.HeaderSize));
        var altered = sealedBytes.ToArray();
        altered[^1] ^= 1;

        foreach (var broken in new[] { swapped, altered, sealedBytes[..(SealedFile.HeaderSize + 2 * block)] })
            await Assert.ThrowsAnyAsync<CryptographicException>(() => SealedFile.Open(Ring, new MemoryStream(broken)).CopyToAsync(Stream.Null, Cancellation));
    }

    [Fact]
    public async Task Write_MoreThanTheLimit_IsToldByNull()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        var length = await SealedFile.WriteAsync(Ring, new MemoryStream(Bytes(SealedFile.BlockSize + 1)), Stream.Null, hash, SealedFile.BlockSize, Cancellation);

        Assert.Null(length);
    }

    private static async Task<byte[]> SealAsync(byte[] plain, IncrementalHash? hash)
    {
        using var own = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var target = new MemoryStream();
        Assert.Equal(plain.Length, await SealedFile.WriteAsync(Ring, new MemoryStream(plain), target, hash ?? own, long.MaxValue, Cancellation));
        return target.ToArray();
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 + i / 251))];

    private static byte[] Key(byte fill) => [.. Enumerable.Repeat(fill, 32)];
}
