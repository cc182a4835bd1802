using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Metrics;

public sealed class AucBootstrapTests
{
    [Theory]
    [InlineData(7, 0.3, 3)]
    [InlineData(1_000, 0.1, 5)]
    [InlineData(1_000, 0.8, 1_000_000)]
    [InlineData(30_000, 0.11, 1_000_000)]
    [InlineData(30_000, 0.6, 200)]
    public void Replicate_AnyShareAndTies_IsTheAucOfItsCountsBitForBit(int rows, double share, int distinctRisks)
    {
        var (risk, bad) = Draw(rows, share, distinctRisks);
        var ranked = RankedOutcomes.Of(risk, bad);
        var bootstrap = new AucBootstrap(ranked);
        var buffers = bootstrap.NewBuffers();
        for (var replicate = 0; replicate < 20; replicate++)
        {
            var draws = new SeededDraws(3, replicate);

            var auc = bootstrap.Replicate(ref draws, buffers);

            var (badRows, goodRows) = ranked.BadCount <= ranked.GoodCount ? (buffers.Rarer, buffers.Other) : (buffers.Other, buffers.Rarer);
            var (good, resampledBad) = (PerGroup(ranked.Good, goodRows), PerGroup(ranked.Bad, badRows));
            Assert.Equal((ranked.GoodCount, ranked.BadCount), (good.Sum(), resampledBad.Sum()));
            Assert.Equal(Ranking.Auc(good, resampledBad), auc);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(50_001)]
    public void Draw_AnyNumberOfRows_TotalsToItAndLeavesTheRestZero(int rows)
    {
        var resample = new ResampleCounts(rows);
        var counts = new byte[resample.Length];
        for (var replicate = 0; replicate < 30; replicate++)
        {
            var draws = new SeededDraws(8, replicate);

            resample.Draw(ref draws, counts);

            Assert.Equal(rows, counts.Take(rows).Sum(count => count));
            Assert.All(counts.Skip(rows), count => Assert.Equal(0, count));
        }
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(5_000)]
    public void Draw_ManyReplicates_CountsAreMultinomial(int rows)
    {
        const int replicates = 2_000;
        var resample = new ResampleCounts(rows);
        var (counts, seen, first, last) = (new byte[resample.Length], new double[12], new List<double>(), new List<double>());
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var draws = new SeededDraws(9, replicate);
            resample.Draw(ref draws, counts);
            foreach (var count in counts.AsSpan(0, rows)) seen[Math.Min(count, (byte)11)]++;
            first.Add(counts.Take(rows / 2).Sum(count => count));
            last.Add(counts[rows - 1]);
        }

        // Each count is binomial(rows, 1 / rows); half of the rows get binomial(rows, 1/2) of the draws.
        var (cells, chiSquare, binomial) = ((double)rows * replicates, 0.0, Math.Pow(1.0 - 1.0 / rows, rows));
        for (var k = 0; k <= 7; k++)
        {
            chiSquare += Math.Pow(seen[k] - cells * binomial, 2) / (cells * binomial);
            binomial *= (rows - k) / ((k + 1.0) * (rows - 1));
        }

        Assert.InRange(chiSquare, 0.0, 26.1);
        Assert.InRange(first.Average(), rows / 2.0 - 4 * Math.Sqrt(rows / 4.0 / replicates), rows / 2.0 + 4 * Math.Sqrt(rows / 4.0 / replicates));
        Assert.InRange(Variance(first) / (rows / 4.0), 0.87, 1.13);
        Assert.InRange(last.Average(), 0.9, 1.1);
    }

    [Fact]
    public void Auc_AnyNumberOfThreads_IsTheSameBits()
    {
        var (risk, bad) = Draw(20_000, 0.2, 1_000);
        var ranked = RankedOutcomes.Of(risk, bad);

        var one = StratifiedBootstrap.Auc(ranked, seed: 4, replicates: 200, threads: 1, cancellation: TestContext.Current.CancellationToken);
        var three = StratifiedBootstrap.Auc(ranked, seed: 4, replicates: 200, threads: 3, cancellation: TestContext.Current.CancellationToken);
        var other = StratifiedBootstrap.Auc(ranked, seed: 5, replicates: 200, threads: 3, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(one, three);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Auc_LargeSample_AgreesWithDeLong()
    {
        var (risk, bad) = Draw(20_000, 0.15, 1_000_000);

        var interval = StratifiedBootstrap.Auc(RankedOutcomes.Of(risk, bad), seed: 1, replicates: 4_000, cancellation: TestContext.Current.CancellationToken);

        var exact = DeLong.Of(risk, bad);
        Assert.Equal(exact.Auc, interval.Value, 1e-12);
        Assert.Equal(exact.Auc - 1.96 * exact.StandardError, interval.Low, 0.1 * exact.StandardError * 1.96);
        Assert.Equal(exact.Auc + 1.96 * exact.StandardError, interval.High, 0.1 * exact.StandardError * 1.96);
    }

    // Counts per row, riskiest first, to counts per group.
    private static int[] PerGroup(int[] groups, byte[] rows)
    {
        var next = 0;
        return Array.ConvertAll(groups, count =>
        {
            next += count;
            return rows.Skip(next - count).Take(count).Sum(times => times);
        });
    }

    private static double Variance(List<double> values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Count - 1);

    private static (double[] Risk, bool[] Bad) Draw(int rows, double share, int distinctRisks)
    {
        var random = new Random(rows);
        var risk = Enumerable.Range(0, rows).Select(_ => (double)random.Next(distinctRisks)).ToArray();
        var bad = Array.ConvertAll(risk, value => random.NextDouble() < share * (0.5 + value / distinctRisks));
        (bad[0], bad[1]) = (true, false);
        return (risk, bad);
    }
}
