using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Metrics;

/// <summary>AUCs of resamples of the same rows, without sorting or visiting groups again.</summary>
/// <remarks>Every row of the rarer outcome knows its place among the rows of the other one, so a resample's AUC is a sum over the rarer
/// rows of partial sums of the other counts: those up to a multiple of eight rows are kept, the rest is added from one word of bytes.
/// All sums are whole numbers, so the AUC has the bits of <see cref="Ranking.Auc(ReadOnlySpan{int}, ReadOnlySpan{int})"/>.</remarks>
internal sealed class AucBootstrap
{
    private readonly RankedOutcomes _ranked;
    private readonly bool _badIsRarer, _hasTies;
    private readonly int[] _from, _to;
    private readonly ResampleCounts _rarer, _other;

    /// <summary>Finds the places of the rarer rows.</summary>
    public AucBootstrap(RankedOutcomes ranked)
    {
        _ranked = ranked;
        _badIsRarer = ranked.BadCount <= ranked.GoodCount;
        var (rarer, other) = _badIsRarer ? (ranked.Bad, ranked.Good) : (ranked.Good, ranked.Bad);
        (_rarer, _other) = (new ResampleCounts(Math.Min(ranked.BadCount, ranked.GoodCount)), new ResampleCounts(Math.Max(ranked.BadCount, ranked.GoodCount)));
        (_from, _to) = (new int[Math.Min(ranked.BadCount, ranked.GoodCount)], new int[Math.Min(ranked.BadCount, ranked.GoodCount)]);
        var (row, above) = (0, 0);
        for (var g = 0; g < ranked.Groups; above += other[g++])
        {
            _from.AsSpan(row, rarer[g]).Fill(above);
            _to.AsSpan(row, rarer[g]).Fill(above + other[g]);
            row += rarer[g];
            _hasTies |= rarer[g] > 0 && other[g] > 0;
        }
    }

    /// <summary>Buffers of one thread.</summary>
    public Buffers NewBuffers() => new(new byte[_rarer.Length], new byte[_other.Length], new int[_other.Length / 8 + 1]);

    /// <summary>AUC of one resample of each outcome.</summary>
    /// <param name="draws">The replicate's stream.</param>
    /// <param name="buffers">Overwritten.</param>
    public double Replicate(ref SeededDraws draws, Buffers buffers)
    {
        _rarer.Draw(ref draws, buffers.Rarer);
        _other.Draw(ref draws, buffers.Other);
        return AucOf(buffers);
    }

    /// <summary>AUC of the counts in the buffers.</summary>
    /// <param name="buffers">Counts per row of each outcome, riskiest first, as many as there are rows; the sums are overwritten.</param>
    public double AucOf(Buffers buffers)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(buffers.Other);
        var sums = buffers.Sums;
        for (var word = 0; word < words.Length; word++) sums[word + 1] = sums[word] + SumOf(words[word]);
        var above = 0L;
        for (var row = 0; row < _from.Length; row++)
        {
            var upTo = Before(words, sums, _to[row]);
            above += (long)buffers.Rarer[row] * (upTo + (_hasTies ? Before(words, sums, _from[row]) : upTo));
        }

        // A rarer row has so many of the others above it, ties half. Bad rows win against those below, good rows lose to those above.
        var pairs = 2L * _ranked.GoodCount * _ranked.BadCount;
        return (_badIsRarer ? pairs - above : above) / (double)pairs;
    }

    private static int Before(ReadOnlySpan<ulong> words, int[] sums, int place)
    {
        var word = place >> 3;
        return word == words.Length ? sums[word] : sums[word] + SumOf(words[word] & (1UL << (place & 7) * 8) - 1);
    }

    /// <summary>Sum of the eight bytes of a word.</summary>
    private static int SumOf(ulong word)
    {
        const ulong bytes = 0x00FF_00FF_00FF_00FF;
        return (int)(((word & bytes) + (word >> 8 & bytes)) * 0x0001_0001_0001_0001 >> 48);
    }

    /// <summary>What one thread writes.</summary>
    /// <param name="Rarer">Count per row of the rarer outcome.</param>
    /// <param name="Other">Count per row of the other one.</param>
    /// <param name="Sums">Counts of the other outcome before each eighth row.</param>
    internal sealed record Buffers(byte[] Rarer, byte[] Other, int[] Sums);
}
