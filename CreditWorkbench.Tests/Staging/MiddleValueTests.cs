using CreditWorkbench.Core.Staging;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>The median by selection against the median by sorting.</summary>
public sealed class MiddleValueTests
{
    [Theory]
    [InlineData("random")]
    [InlineData("few")]
    [InlineData("equal")]
    [InlineData("rising")]
    [InlineData("falling")]
    [InlineData("infinite")]
    [InlineData("missing")]
    public void Of_AnyValuesAndLengths_IsTheMedianOfTheSortedOnes(string kind)
    {
        foreach (var length in new[] { 1, 2, 3, 31, 32, 33, 34, 1000, 1001, 20_000 })
        {
            var values = Values(kind, length);
            var sorted = values.Order().ToArray();

            Assert.Equal((sorted[(length - 1) / 2] + sorted[length / 2]) / 2, MiddleValue.Of(values));
            Assert.Equal(sorted, values.Order());
        }
    }

    private static double[] Values(string kind, int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(i => kind switch
        {
            "few" => random.Next(3),
            "equal" => 7,
            "rising" => i,
            "falling" => -i,
            "infinite" => random.Next(4) switch { 0 => double.PositiveInfinity, 1 => double.NegativeInfinity, _ => random.NextDouble() },
            "missing" => random.Next(4) == 0 ? double.NaN : random.NextDouble(),
            _ => random.NextDouble() * 100 - 50,
        })];
    }
}
