using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Metrics;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

/// <summary>Drift from daily counts, beside the index worked out from the rows themselves.</summary>
public sealed class DriftFiguresTests
{
    private static readonly Release Release = Releases.Of(TinyPackage.Model);
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void OfFeatures_RowsOfThreeDays_EqualsTheIndexOfAllRows()
    {
        var rows = Rows(3_000, seed: 5);
        var counts = rows.SelectMany((row, n) => Release.Package.FeatureBins.Select((bins, column) => Count(n % 3, bins.Column.Name, BinByHand(bins, row[column])))).ToList();

        var drifts = DriftFigures.OfFeatures(Release, counts);

        foreach (var (column, bins) in Release.Package.FeatureBins.Index())
        {
            long[] observed = [.. Enumerable.Range(0, bins.Count).Select(bin => rows.LongCount(row => BinByHand(bins, row[column]) == bin))];
            var drift = drifts.Single(each => each.Feature == bins.Column.Name);
            var (value, limit) = IndexByHand([.. bins.Expected], observed);
            Assert.Equal(observed, drift.Drift.Observed);
            Assert.Equal((value, limit), (drift.Drift.Stability.Value, drift.Drift.Stability.NullLimit), new Close());
            Assert.Equal((double)rows.Count(row => float.IsNaN(row[column]) && CodedNaN.CodeOf(row[column]) == 0) / rows.Count, drift.MissingRate, 1e-12);
            Assert.Equal(bins.Count, drift.Drift.Bins.Count);
        }

        Assert.Equal(StabilityVerdict.Shifted, drifts[0].Drift.Stability.Verdict);
    }

    [Fact]
    public void OfFeatures_NoScore_HasNoVerdict()
    {
        var drifts = DriftFigures.OfFeatures(Release, []);

        Assert.All(drifts, drift => Assert.Equal((StabilityVerdict.InsufficientRows, 0.0), (drift.Drift.Stability.Verdict, drift.MissingRate)));
    }

    [Fact]
    public void OfScore_CountsOfAnotherFeatureOrBeyondTheScale_AreLeftOut()
    {
        var drift = DriftFigures.OfScore(Release, [Count(0, ScoreBins.Name, 11), Count(1, ScoreBins.Name, 11), Count(0, "other", 11), Count(0, ScoreBins.Name, 999)]);

        Assert.Equal(2, drift.Observed.Sum());
        Assert.Equal(2, drift.Observed[11]);
        Assert.Equal("575", drift.Bins[11]);
    }

    private static ScoreCount Count(int day, string feature, int bin) => new(ContentHash.Of("release"), Day.AddDays(day), feature, bin, 1);

    private static List<float[]> Rows(int count, long seed)
    {
        var rows = new List<float[]>(count);
        for (var i = 0; i < count; i++)
        {
            var (first, second) = (Samples.Next(ref seed), Samples.Next(ref seed));
            rows.Add([first < 0.1 ? CodedNaN.Missing : (float)(0.3 + 0.6 * first), second < 0.05 ? CodedNaN.Of(1) : (float)(40 * second)]);
        }

        return rows;
    }

    private static int BinByHand(FeatureBins bins, float cell) =>
        float.IsNaN(cell) ? bins.Cuts.Count + 1 + CodedNaN.CodeOf(cell) : bins.Cuts.Count(cut => cell > cut);

    // PRODUCT's definition, written once more: cells pooled from the left until five are expected, half a row added to each.
    private static (double Value, double Limit) IndexByHand(long[] expected, long[] observed)
    {
        var (n, m) = (expected.Sum(), observed.Sum());
        var (cells, open) = (new List<(long E, long O)>(), (E: 0L, O: 0L));
        for (var i = 0; i < expected.Length; i++)
        {
            open = (open.E + expected[i], open.O + observed[i]);
            if (open.E * ((double)m / n) < 5) continue;
            cells.Add(open);
            open = (0, 0);
        }

        cells[^1] = (cells[^1].E + open.E, cells[^1].O + open.O);
        var value = cells.Sum(cell =>
        {
            var (q, p) = ((cell.E + 0.5) / (n + 0.5 * cells.Count), (cell.O + 0.5) / (m + 0.5 * cells.Count));
            return (p - q) * Math.Log(p / q);
        });
        double[] quantiles = [0, 0, 3.841458820694124, 5.991464547107979, 7.814727903251179, 9.487729036781154];
        return (value, quantiles[cells.Count] * (1.0 / n + 1.0 / m));
    }

    private sealed class Close : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) one, (double, double) other) => Math.Abs(one.Item1 - other.Item1) < 1e-9 && Math.Abs(one.Item2 - other.Item2) < 1e-9;

        public int GetHashCode((double, double) pair) => 0;
    }
}
