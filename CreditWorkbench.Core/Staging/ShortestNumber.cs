using System.Globalization;
using System.Numerics;

namespace CreditWorkbench.Core.Staging;

/// <summary>Writes doubles in the shortest form that reads back to the same double: the text of the runtime's format R, worked out
/// several times faster.</summary>
/// <remarks>Giulietti (2020), The Schubfach way to render doubles. Numbers that R writes with an exponent are left to the runtime.</remarks>
internal static class ShortestNumber
{
    private const int LeastPower = -292, GreatestPower = 324, SignificandBits = 52, Bias = 1075;

    // The runtime writes an exponent outside of these places of the decimal point.
    private const int LeastPoint = -3, GreatestPoint = 15;

    private static readonly ulong[] Tens = [.. Enumerable.Range(0, 20).Select(power => (ulong)BigInteger.Pow(10, power))];

    private static readonly UInt128[] Powers = [.. Enumerable.Range(LeastPower, GreatestPower - LeastPower + 1).Select(Power)];

    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>Writes a finite number.</summary>
    /// <param name="into">At least 32 bytes.</param>
    /// <param name="value">The number.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> into, double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var (significand, exponent) = (bits & ((1UL << SignificandBits) - 1), (int)(bits >> SignificandBits) & 0x7FF);
        if (exponent is 0 or 0x7FF) return Runtime(into, value);
        var (digits, power) = Decimal(significand, exponent);
        while (digits % 10 == 0) (digits, power) = (digits / 10, power + 1);
        var length = LengthOf(digits);
        var point = length + power;
        if (point is < LeastPoint or > GreatestPoint) return Runtime(into, value);
        var at = 0;
        if ((long)bits < 0) into[at++] = (byte)'-';
        return at + (point <= 0 ? Fraction(into[at..], digits, length, point) : power >= 0 ? Whole(into[at..], digits, length, point) : Mixed(into[at..], digits, length, point));
    }

    private static int Runtime(Span<byte> into, double value)
    {
        value.TryFormat(into, out var written, "R", CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>The shortest decimal in the rounding interval of a normal number, the nearest of several: digits x 10^power.</summary>
    private static (ulong Digits, int Power) Decimal(ulong significand, int exponent)
    {
        var (c, q) = (significand | (1UL << SignificandBits), exponent - Bias);
        if (-q is >= 0 and <= SignificandBits && (c & ((1UL << -q) - 1)) == 0) return (c >> -q, 0);
        var isEven = (c & 1) == 0;
        var lowerIsCloser = significand == 0 && exponent > 1;
        var k = (q * 1262611 - (lowerIsCloser ? 524031 : 0)) >> 22;
        var h = q + ((-k * 1741647) >> 19) + 1;
        var power = Powers[-k - LeastPower];
        var lower = RoundedToOdd(power, (4 * c - (lowerIsCloser ? 1UL : 2UL)) << h) + (isEven ? 0UL : 1UL);
        var middle = RoundedToOdd(power, (4 * c) << h);
        var upper = RoundedToOdd(power, (4 * c + 2) << h) - (isEven ? 0UL : 1UL);
        var s = middle / 4;
        if (s >= 10)
        {
            var tens = s / 10;
            var (belowIsIn, aboveIsIn) = (lower <= 40 * tens, 40 * tens + 40 <= upper);
            if (belowIsIn != aboveIsIn) return (tens + (aboveIsIn ? 1UL : 0UL), k + 1);
        }

        var (floorIsIn, ceilingIsIn) = (lower <= 4 * s, 4 * s + 4 <= upper);
        if (floorIsIn != ceilingIsIn) return (s + (ceilingIsIn ? 1UL : 0UL), k);
        var half = 4 * s + 2;
        return (s + (middle > half || (middle == half && (s & 1) != 0) ? 1UL : 0UL), k);
    }

    /// <summary>The upper 64 bits of a product of 128 and 64 bits; the last bit tells whether anything below was lost.</summary>
    private static ulong RoundedToOdd(UInt128 power, ulong factor)
    {
        var high = Math.BigMul((ulong)(power >> 64), factor, out var low);
        var carried = Math.BigMul((ulong)power, factor, out _);
        low += carried;
        if (low < carried) high++;
        return high | (low > 1 ? 1UL : 0UL);
    }

    /// <summary>10^k with 128 significant bits, rounded up.</summary>
    private static UInt128 Power(int k)
    {
        var power = BigInteger.Pow(10, Math.Abs(k));
        var bits = (int)power.GetBitLength();
        if (k >= 0) return bits <= 128 ? (UInt128)(power << (128 - bits)) : (UInt128)Up(power, BigInteger.One << (bits - 128));

        // 10^k lies between 2^-bits and 2^(1 - bits).
        return (UInt128)Up(BigInteger.One << (127 + bits), power);
    }

    private static BigInteger Up(BigInteger dividend, BigInteger divisor) => (dividend + divisor - 1) / divisor;

    // Digits are at most 17; 1233 / 4096 is the logarithm of 2 closely enough.
    private static int LengthOf(ulong digits)
    {
        var guess = (64 - BitOperations.LeadingZeroCount(digits)) * 1233 >> 12;
        return digits >= Tens[guess] ? guess + 1 : guess;
    }

    private static int Fraction(Span<byte> into, ulong digits, int length, int point)
    {
        into[0] = (byte)'0';
        into[1] = (byte)'.';
        into.Slice(2, -point).Fill((byte)'0');
        Digits(into.Slice(2 - point, length), digits);
        return 2 - point + length;
    }

    private static int Whole(Span<byte> into, ulong digits, int length, int point)
    {
        Digits(into[..length], digits);
        into[length..point].Fill((byte)'0');
        return point;
    }

    private static int Mixed(Span<byte> into, ulong digits, int length, int point)
    {
        Digits(into.Slice(1, length), digits);
        into.Slice(1, point).CopyTo(into);
        into[point] = (byte)'.';
        return length + 1;
    }

    private static void Digits(Span<byte> into, ulong digits)
    {
        var at = into.Length;
        for (; at >= 2; at -= 2)
        {
            var rest = digits / 100;
            Pairs.Slice((int)(digits - rest * 100) * 2, 2).CopyTo(into[(at - 2)..]);
            digits = rest;
        }

        if (at == 1) into[0] = (byte)('0' + digits);
    }
}
