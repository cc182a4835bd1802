using CreditWorkbench.Core.Calibration;
using Xunit;

namespace CreditWorkbench.Tests.Calibration;

public sealed class IsotonicFitTests
{
    [Fact]
    public void Fit_TwentyRows_AgreesWithScikitLearn()
    {
        var (positions, bad, weights) = Twenty();

        var plain = IsotonicFit.Fit(positions, bad, Trend.Rising).Value;
        var falling = IsotonicFit.Fit(positions, bad, Trend.Falling).Value;
        var weighted = IsotonicFit.Fit(positions, bad, Trend.Rising, weights).Value;

        // scikit-learn 1.2.1, numpy 1.24.2:
        //   from sklearn.isotonic import IsotonicRegression as I
        //   x = np.array([(7 * i) % 10 for i in range(20)], float); y = np.array([int((i * i) % 7 < 3) for i in range(20)]); w = np.array([1 + i % 3 for i in range(20)], float)
        //   for inc, sw in ((True, None), (False, None), (True, w)): print(I(y_min=1/40, y_max=1-1/40, increasing=inc).fit(x, y, sw).predict(np.arange(0, 10)))
        double[] grid = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        AssertAll(RisingBySklearn, Array.ConvertAll(grid, plain.Probability));
        AssertAll(FallingBySklearn, Array.ConvertAll(grid, falling.Probability));
        AssertAll(WeightedBySklearn, Array.ConvertAll(grid, weighted.Probability));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_SmallInputs_IsTheNearestMonotoneFunction(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var n = random.Next(3, 12);
            var positions = Enumerable.Range(0, n).Select(_ => (double)random.Next(8)).ToArray();
            var bad = Enumerable.Range(0, n).Select(i => random.Next(2) == 0).ToArray();
            bad[0] = !bad[1];
            var weights = Enumerable.Range(0, n).Select(_ => 0.5 + random.NextDouble()).ToArray();

            var calibrator = IsotonicFit.Fit(positions, bad, Trend.Rising, weights).Value;

            // Minimax formula: the fit at x is the greatest over a <= x of the least over b >= x of the mean on [a, b].
            foreach (var x in positions) Assert.Equal(MaxMin(positions, bad, weights, x, 1.0 / (2 * n)), calibrator.Probability(x), 12);
        }
    }

    [Theory]
    [InlineData(Trend.Rising, 1)]
    [InlineData(Trend.Falling, -1)]
    public void Fit_ManyRows_IsMonotoneStrictInKnotsAndKeptOffTheEnds(Trend trend, int sign)
    {
        var random = new Random(9);
        var positions = Enumerable.Range(0, 20_000).Select(_ => Math.Round(random.NextDouble(), 4)).ToArray();
        var bad = Array.ConvertAll(positions, position => random.NextDouble() < (sign > 0 ? position : 1 - position));

        var calibrator = IsotonicFit.Fit(positions, bad, trend).Value;

        for (var i = 1; i < calibrator.Positions.Length; i++)
        {
            Assert.True(calibrator.Positions[i] > calibrator.Positions[i - 1]);
            Assert.True(sign * calibrator.Probabilities[i] >= sign * calibrator.Probabilities[i - 1]);
        }

        Assert.All(calibrator.Probabilities, probability => Assert.InRange(probability, 1.0 / 40_000, 1 - 1.0 / 40_000));
        Assert.All(new[] { 0.2, 0.5, 0.8 }, position => Assert.Equal(sign > 0 ? position : 1 - position, calibrator.Probability(position), 0.05));
        for (var i = 2; i < calibrator.Positions.Length; i++)
            Assert.False(calibrator.Probabilities[i] == calibrator.Probabilities[i - 1] && calibrator.Probabilities[i - 1] == calibrator.Probabilities[i - 2]);
    }

    [Fact]
    public void Fit_RowsInAnyOrder_SameBits()
    {
        var (positions, bad, _) = Twenty();
        var order = Enumerable.Range(0, 20).Reverse().ToArray();

        var (one, other) = (IsotonicFit.Fit(positions, bad, Trend.Rising).Value,
            IsotonicFit.Fit(Array.ConvertAll(order, i => positions[i]), Array.ConvertAll(order, i => bad[i]), Trend.Rising).Value);

        Assert.Equal(one.Positions, other.Positions);
        Assert.Equal(one.Probabilities, other.Probabilities);
    }

    [Fact]
    public void Fit_OneOutcome_IsRefusedByName() =>
        Assert.Equal("calibration.one_class", Assert.Single(IsotonicFit.Fit([1, 2], [false, false], Trend.Rising).Problems).Code);

    private static double MaxMin(double[] positions, bool[] bad, double[] weights, double x, double edge)
    {
        var best = double.NegativeInfinity;
        foreach (var a in positions.Where(position => position <= x))
        {
            var least = double.PositiveInfinity;
            foreach (var b in positions.Where(position => position >= x))
            {
                var (hits, total) = (0.0, 0.0);
                for (var i = 0; i < positions.Length; i++)
                {
                    if (positions[i] < a || positions[i] > b) continue;
                    total += weights[i];
                    if (bad[i]) hits += weights[i];
                }

                least = Math.Min(least, hits / total);
            }

            best = Math.Max(best, least);
        }

        return Math.Clamp(best, edge, 1 - edge);
    }

    private static void AssertAll(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 8);
    }

    private static readonly double[] RisingBySklearn = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.975, 0.975, 0.975, 0.975];
    private static readonly double[] FallingBySklearn = [0.975, 0.975, 0.625, 0.625, 0.625, 0.625, 0.625, 0.625, 0.625, 0.625];
    private static readonly double[] WeightedBySklearn = [0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.975, 0.975, 0.975, 0.975];

    private static (double[] Positions, bool[] Bad, double[] Weights) Twenty() => (
        Enumerable.Range(0, 20).Select(i => (double)(7 * i % 10)).ToArray(),
        Enumerable.Range(0, 20).Select(i => i * i % 7 < 3).ToArray(),
        Enumerable.Range(0, 20).Select(i => 1.0 + i % 3).ToArray());
}
