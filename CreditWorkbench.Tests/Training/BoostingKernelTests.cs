using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>The fast ways of boosting against plain ones.</summary>
public sealed class BoostingKernelTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(5, true)]
    [InlineData(16, true)]
    [InlineData(31, false)]
    [InlineData(31, true)]
    [InlineData(37, true)]
    [InlineData(46, true)]
    public void Add_AllOrSomeColumns_EqualsPlainSums(int columns, bool hasRoomForWholeTiles)
    {
        const int rows = 5_000;
        var random = new RandomStream(1, (ulong)columns);
        var matrix = Matrix(random, rows, columns);
        var sums = Enumerable.Range(0, rows).Select(_ => new GradientSum(random.NextInt(20_001) - 10_000, 1 + (uint)random.NextInt(10_000))).ToArray();
        var some = Enumerable.Range(0, rows).Where(_ => random.NextInt(3) > 0).ToArray();

        foreach (var drawn in new[] { Enumerable.Range(0, columns).ToArray(), [.. Enumerable.Range(0, columns).Where(column => column == 0 || random.NextInt(2) == 0)] })
        {
            var histogram = new GradientSum[hasRoomForWholeTiles ? GradientHistogram.LengthFor(drawn.Length) : drawn.Length * GradientHistogram.Slots];
            GradientHistogram.Add(matrix, some, sums, drawn, histogram);

            var expected = new (long Gradient, long Hessian)[drawn.Length * GradientHistogram.Slots];
            for (var i = 0; i < drawn.Length; i++)
            {
                foreach (var row in some)
                {
                    ref var slot = ref expected[i * GradientHistogram.Slots + matrix.Bins[row * matrix.Stride + drawn[i]]];
                    slot = (slot.Gradient + sums[row].Gradient, slot.Hessian + sums[row].Hessian);
                }
            }

            Assert.Equal(expected, histogram.Take(expected.Length).Select(sum => ((long)sum.Gradient, (long)sum.Hessian)));
        }
    }

    [Fact]
    public void Add_TooFewSlots_IsRefused()
    {
        var matrix = Matrix(new RandomStream(2), 10, 3);

        Assert.Throws<ArgumentException>(() => GradientHistogram.Add(matrix, [0], new GradientSum[10], [0, 1, 2], new GradientSum[2 * GradientHistogram.Slots]));
    }

    [Theory]
    [InlineData(0.0, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(0.7, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(0.0, -0.2, 0.1)]
    [InlineData(0.7, -0.05, double.PositiveInfinity)]
    public void BestCut_SeveralAtATime_EqualsOneByOne(double l1, double low, double high)
    {
        var found = 0;
        for (var seed = 0UL; seed < 400; seed++)
        {
            var random = new RandomStream(seed, 3);
            var bins = new GradientSum[1 + random.NextInt(254)];
            for (var bin = 0; bin < bins.Length; bin++)
            {
                var empty = random.NextInt(4) == 0;
                bins[bin] = empty ? default : new GradientSum(random.NextInt(200_001) - 100_000 + 300 * (bin - 100), 1 + (uint)random.NextInt(100_000));
            }

            var onLeft = random.NextInt(2) == 0 ? default : new GradientSum(5_000, 20_000);
            var total = onLeft + new GradientSum(1_000, 1_000);
            foreach (var sum in bins) total += sum;
            var criterion = new GradientCriterion(1e-4, 1e-4, 1.0, 3.0, l1);
            var bounds = new NodeBounds(low, high);
            for (var ordered = -1; ordered <= 1; ordered++)
            {
                var fast = criterion.BestCut(bins, onLeft, total, bounds, ordered, 0.5);
                var plain = CutScan.BestCut(criterion, bins, onLeft, total, bounds, ordered, 0.5);

                if (fast != plain) Assert.Equal(ScoreAt(criterion, bins, onLeft, total, bounds, plain), ScoreAt(criterion, bins, onLeft, total, bounds, fast), 1e-9);
                if (fast >= 0) found++;
            }
        }

        Assert.True(found > 100, "The comparison must see cuts.");
    }

    [Fact]
    public void Compute_AnyMargins_HoldsGradientsOfLogisticLoss()
    {
        const int rows = 3_000;
        var random = new RandomStream(4);
        var margins = Enumerable.Range(0, rows).Select(row => row switch { 0 => -200f, 1 => 200f, _ => (float)(20 * random.NextDouble() - 10) }).ToArray();
        var bad = Enumerable.Range(0, rows).Select(_ => (byte)random.NextInt(2)).ToArray();
        var weights = Enumerable.Range(0, rows).Select(_ => 0.1 + 3 * random.NextDouble()).ToArray();
        using var crew = new Crew(1);
        var round = new GradientRound(bad, weights, crew);

        var (gradientUnit, hessianUnit) = round.Compute(Enumerable.Range(0, rows).ToArray(), margins);

        var (gradients, hessians) = (0L, 0L);
        for (var row = 0; row < rows; row++)
        {
            var p = 1.0 / (1.0 + Math.Exp(-margins[row]));
            Assert.Equal(weights[row] * (p - bad[row]), round.Sums[row].Gradient * gradientUnit, 1e-6);
            Assert.Equal(weights[row] * p * (1.0 - p), round.Sums[row].Hessian * hessianUnit, 1e-6);
            (gradients, hessians) = (gradients + Math.Abs((long)round.Sums[row].Gradient), hessians + round.Sums[row].Hessian);
        }

        Assert.InRange(gradients, int.MaxValue / 4, int.MaxValue);
        Assert.InRange(hessians, int.MaxValue / 4, int.MaxValue);
    }

    [Fact]
    public void Compute_NothingLeftToLearn_Ends()
    {
        using var crew = new Crew(1);
        var round = new GradientRound([1, 0], null, crew);

        var (gradientUnit, hessianUnit) = round.Compute(new[] { 0, 1 }, [90f, -90f]);

        Assert.InRange(Math.Abs(round.Sums[0].Gradient) * gradientUnit, 0.0, 1e-20);
        Assert.InRange(round.Sums[0].Hessian * hessianUnit, 0.0, 1e-20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Sort_AnyFloats_EqualsArraySort(int count)
    {
        var random = new RandomStream(5);
        float[] special = [0f, -0f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, float.PositiveInfinity, float.NegativeInfinity];
        var values = Enumerable.Range(0, count).Select(i => i < special.Length ? special[i] : (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.NextInt(60) - 30))).ToArray();
        var expected = (float[])values.Clone();
        Array.Sort(expected);

        new FloatSorter().Sort(values);

        Assert.Equal(expected, values);
    }

    [Fact]
    public void Split_ManyThreads_EqualsOne()
    {
        const int rows = 100_000;
        var random = new RandomStream(6);
        var matrix = Matrix(random, rows, 3);
        var left = default(BinSet);
        for (var bin = 0; bin < 256; bin += 3) left.Add(bin);
        var (alone, shared) = (new RowPartition(rows), new RowPartition(rows));
        for (var row = 0; row < rows; row++) alone.Rows[row] = shared.Rows[row] = row;
        using var crew = new Crew(3);

        var expected = alone.Split(matrix, 1, left, 100, rows - 7);
        var middle = shared.Split(matrix, 1, left, 100, rows - 7, crew);

        Assert.Equal(expected, middle);
        Assert.Equal(alone.Rows, shared.Rows);
        Assert.All(shared.Rows[100..middle], row => Assert.True(left.Contains(matrix.Bins[row * matrix.Stride + 1])));
        Assert.All(shared.Rows[middle..^7], row => Assert.False(left.Contains(matrix.Bins[row * matrix.Stride + 1])));
    }

    [Fact]
    public void Over_ManyShortRounds_DoesEachPieceOnce()
    {
        using var crew = new Crew(4);
        var done = new int[50];

        for (var round = 0; round < 2_000; round++) crew.Over(done.Length, i => done[i]++);

        Assert.All(done, count => Assert.Equal(2_000, count));
    }

    [Fact]
    public void Together_APartThrows_TheCallerSeesIt()
    {
        using var crew = new Crew(3);

        Assert.Throws<TimeoutException>(() => crew.Together(member =>
        {
            if (member == 2) throw new TimeoutException();
        }));
    }

    private static double ScoreAt(GradientCriterion criterion, GradientSum[] bins, GradientSum left, GradientSum total, NodeBounds bounds, int cut)
    {
        if (cut < 0) return 0.5;
        foreach (var sum in bins.AsSpan(0, cut + 1)) left += sum;
        var right = total - left;
        return criterion.Score(left, bounds.Clamp(criterion.Value(left))) + criterion.Score(right, bounds.Clamp(criterion.Value(right)));
    }

    private static BinnedMatrix Matrix(RandomStream random, int rows, int columns)
    {
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextInt(10) == 0 ? CodedNaN.Missing : random.NextInt(400);
        var features = new FeatureMatrix([.. Enumerable.Range(0, columns).Select(column => FeatureColumn.Number($"x{column}"))], rows, values);
        return BinnedMatrix.Of(features, BinMapper.Fit(features, 255, 1, default), 1, default);
    }
}
