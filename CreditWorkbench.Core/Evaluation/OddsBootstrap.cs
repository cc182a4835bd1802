using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Joint bootstrap of the gaps in approval among good and among bad rows.</summary>
/// <remarks>Rows are resampled inside each group and outcome, which leaves one binomial count per cell; a resample is four draws. Simultaneous
/// limits by the largest studentised deviation: Davison and Hinkley (1997), section 4.2.4.</remarks>
internal static class OddsBootstrap
{
    private const int Replicates = 1_000;

    // Above this variance a binomial count is drawn from its normal limit, rounded; below, trial by trial in geometric jumps.
    private const double NormalVariance = 100.0;

    /// <summary>Gaps with their limits; null where a group lacks an outcome.</summary>
    public static OddsGaps? Of(GroupTally group, GroupTally reference, int seed, int stream)
    {
        if (group.Good == 0 || group.Bad == 0 || reference.Good == 0 || reference.Bad == 0) return null;
        var (good, bad) = (Gap(group.GoodApproved, group.Good, reference.GoodApproved, reference.Good), Gap(group.BadApproved, group.Bad, reference.BadApproved, reference.Bad));
        var (goods, bads) = (new double[Replicates], new double[Replicates]);
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            var draws = new SeededDraws(seed, stream * Replicates + replicate);
            goods[replicate] = Gap(Draw(ref draws, group.GoodApproved, group.Good), group.Good, Draw(ref draws, reference.GoodApproved, reference.Good), reference.Good);
            bads[replicate] = Gap(Draw(ref draws, group.BadApproved, group.Bad), group.Bad, Draw(ref draws, reference.BadApproved, reference.Bad), reference.Bad);
        }

        var (goodError, badError) = (Deviation(goods), Deviation(bads));
        double[] deviations = [.. Enumerable.Range(0, Replicates).Select(i => Math.Max(Studentised(goods[i] - good, goodError), Studentised(bads[i] - bad, badError))).Order()];
        double[] largest = [.. Enumerable.Range(0, Replicates).Select(i => Math.Max(Math.Abs(goods[i]), Math.Abs(bads[i]))).Order()];
        var reach = Quantiles.OfSorted(deviations, 0.95);
        return new OddsGaps(
            new Interval(good, Math.Max(-1.0, good - reach * goodError), Math.Min(1.0, good + reach * goodError)),
            new Interval(bad, Math.Max(-1.0, bad - reach * badError), Math.Min(1.0, bad + reach * badError)),
            new Interval(Math.Max(Math.Abs(good), Math.Abs(bad)), Quantiles.OfSorted(largest, 0.025), Quantiles.OfSorted(largest, 0.975)));
    }

    private static double Gap(int part, int whole, int referencePart, int referenceWhole) => (double)part / whole - (double)referencePart / referenceWhole;

    private static double Studentised(double deviation, double error) => error > 0 ? Math.Abs(deviation) / error : 0.0;

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    // Hits of n draws with the chance that was seen.
    private static int Draw(ref SeededDraws draws, int hits, int n)
    {
        if (hits == 0 || hits == n) return hits;
        var p = (double)hits / n;
        if (n * p * (1.0 - p) > NormalVariance)
        {
            var normal = Math.Sqrt(-2.0 * Math.Log(1.0 - draws.NextDouble())) * Math.Cos(2.0 * Math.PI * draws.NextDouble());
            return Math.Clamp((int)Math.Round(n * p + normal * Math.Sqrt(n * p * (1.0 - p))), 0, n);
        }

        return p <= 0.5 ? Jumps(ref draws, n, p) : n - Jumps(ref draws, n, 1.0 - p);
    }

    // Distances between hits are geometric: as many steps as there are hits. Devroye (1986), section X.4.
    private static int Jumps(ref SeededDraws draws, int n, double p)
    {
        var (at, hits, scale) = (-1.0, 0, double.LogP1(-p));
        while (true)
        {
            at += 1.0 + Math.Floor(Math.Log(1.0 - draws.NextDouble()) / scale);
            if (at >= n) return hits;
            hits++;
        }
    }
}
