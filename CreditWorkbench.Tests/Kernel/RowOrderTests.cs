using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Kernel;

public sealed class RowOrderTests
{
    public static TheoryData<string, double[]> Inputs()
    {
        var random = new Random(11);
        double[] Draw(int n, Func<double> next) => [.. Enumerable.Range(0, n).Select(_ => next())];
        return new TheoryData<string, double[]>
        {
            { "empty", [] },
            { "one", [3.0] },
            { "few", Draw(20, random.NextDouble) },
            { "even spread", Draw(5000, random.NextDouble) },
            { "few values", Draw(5000, () => random.Next(7)) },
            { "one value", Draw(5000, () => -0.5) },
            { "skewed", Draw(5000, () => Math.Exp(random.NextDouble() * 100 - 50)) },
            { "one outlier", [.. Draw(5000, random.NextDouble), 1e300, -1e300] },
            { "infinite", [.. Draw(500, random.NextDouble), double.PositiveInfinity, .. Draw(500, random.NextDouble), double.NegativeInfinity, double.PositiveInfinity] },
            { "whole range", [.. Draw(500, random.NextDouble), double.MaxValue, double.MinValue] },
            { "only infinite", [.. Draw(200, () => random.Next(2) == 0 ? double.PositiveInfinity : double.NegativeInfinity)] },
            { "zeros of both signs", [.. Draw(200, () => random.Next(2) == 0 ? 0.0 : -0.0)] },
        };
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Rising_AnyValues_IsTheStableSort(string _, double[] values)
    {
        var expected = Enumerable.Range(0, values.Length).OrderBy(row => values[row]).ToArray();

        var sorted = RowOrder.Rising(values);

        Assert.Equal(expected, sorted.Select(entry => entry.Row));
        Assert.Equal(expected.Select(row => values[row]), sorted.Select(entry => entry.Value));
    }
}
