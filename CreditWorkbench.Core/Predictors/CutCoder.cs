using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Predictors;

/// <summary>Codes of one feature's values: how many of the model's cuts lie below. <c>value &lt;= cut r</c> exactly when the code is at
/// most r, so trees can be walked on codes alone.</summary>
/// <remarks>Branch-free binary search over the cuts, padded with infinity to a power of two. Eight values at a time: the first four steps
/// look at fifteen cuts that stay in two registers, the others gather.</remarks>
internal sealed unsafe class CutCoder
{
    private const int RegisterSteps = 4;
    private const int Lanes = 8;

    private readonly float[] _padded;

    // Cut in the middle of each of the ranges that the first steps tell apart: node k has the children 2k and 2k + 1.
    private readonly float[] _top = new float[1 << RegisterSteps];

    /// <summary>Prepares the search.</summary>
    /// <param name="cuts">Strictly rising.</param>
    public CutCoder(float[] cuts)
    {
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(cuts.Length + 1, 1 << RegisterSteps));
        _padded = new float[length];
        Array.Fill(_padded, float.PositiveInfinity);
        cuts.CopyTo(_padded, 0);
        for (var node = 1; node < _top.Length; node++)
        {
            var level = BitOperations.Log2((uint)node);
            var width = length >> level;
            _top[node] = _padded[(node - (1 << level)) * width + width / 2 - 1];
        }
    }

    /// <summary>Whether the machine has the instructions of the fast path.</summary>
    public static bool HasLanes => Avx2.IsSupported;

    /// <summary>Codes values.</summary>
    /// <param name="values">Any floats; a NaN gets 0.</param>
    /// <param name="codes">Filled; same length.</param>
    /// <param name="byLanes">Takes the fast path.</param>
    public void Code(ReadOnlySpan<float> values, Span<int> codes, bool byLanes)
    {
        var done = byLanes ? CodeByLanes(values, codes) : 0;
        for (; done < values.Length; done++) codes[done] = CodeOf(values[done]);
    }

    private int CodeOf(float value)
    {
        var position = 0;
        for (var step = _padded.Length >> 1; step > 0; step >>= 1)
        {
            if (_padded[position + step - 1] < value) position += step;
        }

        return position;
    }

    private int CodeByLanes(ReadOnlySpan<float> values, Span<int> codes)
    {
        var (upper, lower) = (Vector256.LoadUnsafe(ref _top[0]), Vector256.LoadUnsafe(ref _top[Lanes]));
        var start = Vector256.Create(1 << RegisterSteps);
        var shift = BitOperations.Log2((uint)_padded.Length) - RegisterSteps;
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(codes[..values.Length]);
        var done = 0;
        fixed (float* cuts = _padded)
        {
            for (; done + Lanes <= values.Length; done += Lanes)
            {
                var value = Vector256.LoadUnsafe(ref from, (nuint)done);
                var node = Vector256<int>.One;
                // A comparison that holds is -1: subtracting it goes right.
                node = node + node - Vector256.LessThan(Avx2.PermuteVar8x32(upper, node), value).AsInt32();
                node = node + node - Vector256.LessThan(Avx2.PermuteVar8x32(upper, node), value).AsInt32();
                node = node + node - Vector256.LessThan(Avx2.PermuteVar8x32(upper, node), value).AsInt32();
                node = node + node - Vector256.LessThan(Avx2.PermuteVar8x32(lower, node), value).AsInt32();
                var position = (node - start) << shift;
                for (var step = 1 << shift >> 1; step > 0; step >>= 1)
                {
                    var probe = Avx2.GatherVector256(cuts + step - 1, position, sizeof(float));
                    position += Vector256.LessThan(probe, value).AsInt32() & Vector256.Create(step);
                }

                position.StoreUnsafe(ref to, (nuint)done);
            }
        }

        return done;
    }
}
