using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The bytes that stand for one feature's values, as far as an ensemble's own tests can tell them apart. A feature has one
/// column of bytes, or several that differ only where values are missing or special.</summary>
/// <remarks>A number's code is how many of the feature's cuts lie below it, so <c>value &lt;= cuts[i]</c> is <c>code &lt;= i</c>. Worked
/// example: cuts 1.5 and 3; 1.5 has code 0, 2 has 1, 7 has 2. A NaN that a column's tests send left has code 0 (below every cut), one
/// that they send right has the code above every cut: one comparison then answers for numbers and NaNs alike.</remarks>
internal sealed class FeatureCodes
{
    /// <summary>Cuts at most: codes 0 to 255.</summary>
    public const int MaxCuts = 255;

    private readonly float[] _cuts;
    private readonly int _half;
    private readonly byte[] _classOf;
    private readonly byte[] _codeOfNaN;

    /// <summary>Prepares the search.</summary>
    /// <param name="feature">Index in the vector.</param>
    /// <param name="cuts">Rising.</param>
    /// <param name="classOf">Code of each interval between cuts, shape [cuts + 1].</param>
    /// <param name="firstColumn">The feature's first column of codes.</param>
    /// <param name="codeOfNaN">Code of each NaN payload in each of the feature's columns, shape [columns x 32].</param>
    public FeatureCodes(int feature, float[] cuts, byte[] classOf, int firstColumn, byte[] codeOfNaN)
    {
        (Feature, FirstColumn, _classOf, _codeOfNaN) = (feature, firstColumn, classOf, codeOfNaN);
        (ColumnCount, IsPlain) = (codeOfNaN.Length / Payloads, cuts.Length <= MaxCuts && classOf.AsSpan().SequenceEqual(Identity(classOf.Length)));

        // Padded with infinity, below which nothing lies, to one less than a power of two: every search takes the same steps.
        var size = 1;
        while (size <= cuts.Length) size <<= 1;
        _half = size >> 1;
        _cuts = new float[size];
        Array.Fill(_cuts, float.PositiveInfinity);
        cuts.CopyTo(_cuts, 0);
    }

    /// <summary>Number of NaN payloads.</summary>
    public const int Payloads = CodedNaN.MaxCode + 1;

    /// <summary>Index in the vector.</summary>
    public int Feature { get; }

    /// <summary>The first column of codes.</summary>
    public int FirstColumn { get; }

    /// <summary>Number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Whether a code is the interval itself.</summary>
    private bool IsPlain { get; }

    /// <summary>Codes one value.</summary>
    /// <param name="value">Number or coded NaN.</param>
    /// <param name="codes">The feature's columns.</param>
    public void Encode(float value, Span<byte> codes)
    {
        if (!float.IsNaN(value))
        {
            codes.Fill(_classOf[IntervalOf(value)]);
            return;
        }

        var payload = CodedNaN.CodeOf(value);
        for (var column = 0; column < codes.Length; column++) codes[column] = _codeOfNaN[column * Payloads + payload];
    }

    /// <summary>Codes consecutive values into the feature's columns.</summary>
    /// <param name="values">Shape [rows].</param>
    /// <param name="codes">All columns of all features; a column takes <paramref name="stride"/> bytes, of which [rows] are written.</param>
    /// <param name="stride">Bytes from one column to the next.</param>
    /// <param name="vectors">Whether to search with vectors where the machine has them; the codes are the same.</param>
    public void Encode(ReadOnlySpan<float> values, Span<byte> codes, int stride, bool vectors)
    {
        var first = codes.Slice(FirstColumn * stride, values.Length);
        var (done, hasNaN) = vectors && IsPlain && Avx2.IsSupported ? SearchEights(values, first) : (0, true);
        for (var row = done; row < values.Length; row++) first[row] = _classOf[IntervalOf(values[row])];
        for (var column = 1; column < ColumnCount; column++) first.CopyTo(codes[((FirstColumn + column) * stride)..]);
        for (var row = hasNaN ? 0 : done; row < values.Length; row++)
        {
            if (!float.IsNaN(values[row])) continue;
            var payload = CodedNaN.CodeOf(values[row]);
            for (var column = 0; column < ColumnCount; column++) codes[(FirstColumn + column) * stride + row] = _codeOfNaN[column * Payloads + payload];
        }
    }

    // How many cuts lie below; 0 for a NaN. No branch depends on the value: which half is taken cannot be guessed.
    private int IntervalOf(float value)
    {
        ref var cuts = ref MemoryMarshal.GetArrayDataReference(_cuts);
        var interval = 0;
        for (var step = _half; step > 0; step >>= 1)
        {
            var below = Unsafe.Add(ref cuts, interval + step - 1) < value ? 1 : 0;
            interval += step & -below;
        }

        return interval;
    }

    // Eight searches side by side; the cuts are gathered. Gives how many rows are done, a multiple of eight, and whether a NaN is among them.
    private unsafe (int Done, bool HasNaN) SearchEights(ReadOnlySpan<float> values, Span<byte> codes)
    {
        var rows = values.Length & ~7;
        var numbers = Vector256<float>.AllBitsSet;
        fixed (float* cuts = _cuts, from = values)
        {
            fixed (byte* to = codes)
            {
                for (var row = 0; row < rows; row += 8)
                {
                    var value = Vector256.Load(from + row);
                    var interval = Vector256<int>.Zero;
                    numbers &= Vector256.Equals(value, value);
                    for (var step = _half; step > 0; step >>= 1)
                    {
                        var below = Vector256.LessThan(Avx2.GatherVector256(cuts + step - 1, interval, sizeof(float)), value).AsInt32();
                        interval += below & Vector256.Create(step);
                    }

                    var words = Vector128.Narrow(interval.GetLower(), interval.GetUpper()).AsUInt16();
                    *(ulong*)(to + row) = Vector128.Narrow(words, words).AsUInt64().ToScalar();
                }
            }
        }

        return (rows, numbers.AsInt32() != Vector256<int>.AllBitsSet);
    }

    private static byte[] Identity(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];
}
