using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Staging;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>Fast ways of writing and reading cells against the runtime's own.</summary>
public sealed class CellFormTests
{
    [Fact]
    public void Number_AnyDouble_IsWrittenAsTheRuntimeDoes()
    {
        var random = new Random(3);
        var values = new List<double> { 0, -0.0, 0.1, 1.0 / 3, 5e-324, double.MaxValue, double.MinValue, 123456789012345680, 999999999999999, 0.0001, 0.00001, 9007199254740993 };
        for (var exponent = -1074; exponent < 1024; exponent++)
        {
            var power = Math.ScaleB(1, exponent);
            values.AddRange([power, -Math.BitIncrement(power), Math.BitDecrement(power)]);
        }

        for (var i = 0; i < 20_000; i++)
        {
            values.Add(BitConverter.Int64BitsToDouble(random.NextInt64(0x7FF0L << 48)));
            values.Add(Math.Round(random.NextDouble() * 1e7, random.Next(0, 6)));
            values.Add(random.Next(-100_000, 100_000) / (double)random.Next(1, 100));
        }

        Span<byte> bytes = stackalloc byte[32];
        foreach (var value in values)
            Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(bytes[..ShortestNumber.Write(bytes, value)]));
    }

    [Fact]
    public void Date_EveryDayOfFourCenturies_IsItsDayNumber()
    {
        for (var day = new DateOnly(1799, 12, 30); day < new DateOnly(2201, 1, 2); day = day.AddDays(1))
        {
            Assert.True(InstantCell.TryRead(Encoding.ASCII.GetBytes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), null, keepsTime: false, out var number));
            Assert.Equal(day.DayNumber, number);
        }
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-1a-01")]
    [InlineData("2024-04-31")]
    [InlineData("2024-00-10")]
    [InlineData("2024-06-01 24:00:00")]
    [InlineData("2024-06-01 10:60:00")]
    [InlineData("2024-06-01 1-:00:00")]
    public void Date_NoDay_IsRefused(string cell) => Assert.False(InstantCell.TryRead(Encoding.ASCII.GetBytes(cell), null, keepsTime: true, out _));

    [Theory]
    [InlineData("a,b,c\n", 1, 3, 5)]
    [InlineData("", 0)]
    [InlineData("0123456789012345678901234567890,23456789,1234567\nlast", 31, 40, 48, 53)]
    public void Stops_OfRecords_AreDelimitersLineEndsAndTheEnd(string text, params int[] expected)
    {
        var stops = new CellStops(Encoding.ASCII.GetBytes(text), (byte)',');
        var found = new List<int>();
        do found.Add(stops.Next());
        while (found[^1] < text.Length - 1);

        Assert.Equal(expected, found);
    }
}
