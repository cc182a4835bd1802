using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Metrics;

/// <summary>How often each of n rows is drawn when n are drawn with replacement.</summary>
/// <remarks>Such counts are multinomial, and so are independent Poisson counts once their total is known. So every row gets a Poisson
/// count of mean a little below 1, and the few draws that are then missing to n are made one by one: exactly the wanted distribution,
/// at a fraction of a random number per row. A count comes from 16 random bits by comparison with the cumulative probabilities; where
/// 16 bits do not decide, more are drawn. In the rare case of a total above n all counts are drawn again, which leaves the
/// distribution as it is because it depends on the total only.</remarks>
internal sealed class ResampleCounts
{
    /// <summary>Counts are written in steps of this many.</summary>
    public const int Step = 32;

    private const int LeastPoissonRows = 4_096;
    private const double Resolution = 65_536.0;

    private readonly int _rows;
    private readonly double[] _cumulative = [];
    private readonly short[] _bounds = [];

    /// <summary>Prepares the draws of so many rows.</summary>
    public ResampleCounts(int rows)
    {
        _rows = rows;
        if (rows < LeastPoissonRows) return;
        var mean = 1.0 - 5.0 / Math.Sqrt(rows);
        var (cumulative, term) = (new List<double>(), Math.Exp(-mean));
        for (var sum = term; term > 1e-18; sum += term)
        {
            cumulative.Add(sum);
            term *= mean / cumulative.Count;
        }

        _cumulative = [.. cumulative];
        _bounds = [.. cumulative.Select(share => (short)(Math.Min((int)(share * Resolution), 65_535) - 32_768)).Distinct()];
    }

    /// <summary>Length of a buffer for counts: whole steps.</summary>
    public int Length => (_rows + Step - 1) / Step * Step;

    /// <summary>Draws all counts; their total is the number of rows.</summary>
    /// <param name="draws">The replicate's stream.</param>
    /// <param name="counts">Filled; shape [<see cref="Length"/>], zeros after the last row.</param>
    public void Draw(ref SeededDraws draws, Span<byte> counts)
    {
        var missing = _rows;
        if (_bounds.Length == 0)
        {
            counts.Clear();
        }
        else
        {
            var lanes = new LaneDraws(ref draws);
            do missing = _rows - DrawPoisson(ref draws, ref lanes, counts);
            while (missing < 0);
        }

        for (; missing > 0; missing--) counts[draws.NextBelow(_rows)]++;
    }

    private int DrawPoisson(ref SeededDraws draws, ref LaneDraws lanes, Span<byte> counts)
    {
        ref var to = ref MemoryMarshal.GetReference(counts);
        var total = Vector256<ulong>.Zero;
        for (var row = 0; row < counts.Length; row += Step)
        {
            var (low, high) = (lanes.Next().AsInt16(), lanes.Next().AsInt16());
            var (lowCount, highCount, tied) = (Vector256<short>.Zero, Vector256<short>.Zero, Vector256<short>.Zero);
            foreach (var bound in _bounds)
            {
                var at = Vector256.Create(bound);
                // A comparison that holds is -1.
                lowCount -= Vector256.GreaterThan(low, at);
                highCount -= Vector256.GreaterThan(high, at);
                tied |= Vector256.Equals(low, at) | Vector256.Equals(high, at);
            }

            if (tied != Vector256<short>.Zero)
            {
                lowCount = Refine(ref draws, low, lowCount);
                highCount = Refine(ref draws, high, highCount);
            }

            var step = Vector256.Narrow(lowCount, highCount).AsByte();
            if (row + Step > _rows) step = Keep(step, _rows - row);
            step.StoreUnsafe(ref to, (nuint)row);
            total += SumOfEight(step.AsUInt64());
        }

        return (int)Vector256.Sum(total);
    }

    /// <summary>Settles the lanes whose 16 bits lie on a bound by 53 further ones.</summary>
    private Vector256<short> Refine(ref SeededDraws draws, Vector256<short> bits, Vector256<short> counts)
    {
        for (var lane = 0; lane < Vector256<short>.Count; lane++)
        {
            if (!_bounds.Contains(bits[lane])) continue;
            var share = (bits[lane] + 32_768 + draws.NextDouble()) / Resolution;
            short count = 0;
            while (count < _cumulative.Length && share >= _cumulative[count]) count++;
            counts = counts.WithElement(lane, count);
        }

        return counts;
    }

    private static Vector256<byte> Keep(Vector256<byte> counts, int rows)
    {
        for (var lane = Math.Max(0, rows); lane < Step; lane++) counts = counts.WithElement(lane, (byte)0);
        return counts;
    }

    /// <summary>Sum of the eight bytes of each word.</summary>
    private static Vector256<ulong> SumOfEight(Vector256<ulong> words)
    {
        var bytes = Vector256.Create(0x00FF_00FF_00FF_00FFUL);
        var pairs = (words & bytes) + (words >>> 8 & bytes);
        pairs += pairs >>> 16;
        return (pairs + (pairs >>> 32)) & Vector256.Create(0xFFFFUL);
    }
}
