using System.Globalization;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Counted bins of a period against the bins that a release froze when it was packaged.</summary>
internal static class DriftFigures
{
    /// <summary>Drift of the score: held-out rows against issued scores.</summary>
    public static BinDrift OfScore(Release release, IReadOnlyList<ScoreCount> counts)
    {
        var bins = new ScoreBins(release.Scoring.Scale, release.Package.ReferenceScores);
        return Of(bins.Expected, Observed(counts, ScoreBins.Name, bins.Count), [.. Enumerable.Range(0, bins.Count).Select(bin => Text(bins.From(bin)))]);
    }

    /// <summary>Drift of every column: training rows against scored ones, the most shifted first.</summary>
    public static IReadOnlyList<FeatureDrift> OfFeatures(Release release, IReadOnlyList<ScoreCount> counts) =>
        [.. release.Package.FeatureBins.Select(bins => Of(bins, counts)).OrderByDescending(each => each.Drift.Stability.Value - each.Drift.Stability.NullLimit).ThenBy(each => each.Feature, StringComparer.Ordinal)];

    private static FeatureDrift Of(FeatureBins bins, IReadOnlyList<ScoreCount> counts)
    {
        var observed = Observed(counts, bins.Column.Name, bins.Count);
        return new FeatureDrift(bins.Column.Name, Of(bins.Expected, observed, Words(bins)), Share(observed, bins.MissingBin), Share(bins.Expected, bins.MissingBin));
    }

    // An index compares two distributions: without one, or without a count, there is nothing to compare.
    private static BinDrift Of(IReadOnlyList<long> expected, long[] observed, IReadOnlyList<string> words)
    {
        long[] reference = [.. expected];
        var stability = reference.Sum() == 0 ? new PopulationStability(0, 0, 0, StabilityVerdict.InsufficientRows) : PopulationStability.Of(reference, observed);
        return new BinDrift(stability, reference, observed, words);
    }

    private static long[] Observed(IReadOnlyList<ScoreCount> counts, string feature, int bins)
    {
        var observed = new long[bins];
        foreach (var count in counts)
        {
            if (count.Feature == feature && count.Bin >= 0 && count.Bin < bins) observed[count.Bin] += count.Count;
        }

        return observed;
    }

    private static double Share(IReadOnlyList<long> counts, int bin) => counts.Sum() is > 0 and var total ? (double)counts[bin] / total : 0;

    // Value bins by their upper edge or category, then missing, then codes.
    private static List<string> Words(FeatureBins bins)
    {
        var words = bins.Column.IsCategory ? [.. bins.Column.Categories] : bins.Cuts.Select(cut => string.Create(CultureInfo.InvariantCulture, $"<= {cut}")).ToList();
        if (!bins.Column.IsCategory) words.Add(bins.Cuts.Count == 0 ? "any" : string.Create(CultureInfo.InvariantCulture, $"> {bins.Cuts[^1]}"));
        words.Add("missing");
        words.AddRange(bins.Column.SpecialCodes);
        return words;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
