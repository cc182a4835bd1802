using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Leakage;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Looks for features that stand in for a sensitive column.</summary>
internal static class ProxyStep
{
    private const int MostFeatures = 10;
    private const int FewestRows = 30;
    private const double ProxyAuc = 0.70;
    private const double LeastGain = 0.01;

    /// <summary>The features that tell a group apart best, strongest first; at most ten. O(features x n log n).</summary>
    /// <param name="column">Sensitive column; rows without a group are left out.</param>
    /// <param name="features">Vectors of the same rows.</param>
    /// <param name="importance">Share of each feature in the model.</param>
    /// <param name="seed">Seed of the folds.</param>
    /// <param name="cancellation">Stops between features.</param>
    public static IReadOnlyList<ProxyFeature> Of(CodedColumn column, FeatureMatrix features, IReadOnlyList<FeatureImportance> importance, int seed, CancellationToken cancellation)
    {
        int[] known = [.. Enumerable.Range(0, column.Codes.Length).Where(row => column.Codes[row] >= 0)];
        var groups = Targets(column, known);
        if (groups.Count == 0) return [];
        var (rows, gains) = (features.Take(known), importance.ToDictionary(entry => entry.Feature, entry => entry.GainShare, StringComparer.Ordinal));
        var targets = groups.Select(group => Array.ConvertAll(known, row => column.Codes[row] == group)).ToList();
        var folds = targets.Select(target => SingleFeature.DealFolds(target, seed)).ToList();
        var found = new ProxyFeature[rows.Columns.Count];
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellation }, feature =>
        {
            var binning = ColumnBinning.Of(rows.Column(feature), rows.Columns[feature].IsCategory);
            var (auc, best) = Enumerable.Range(0, groups.Count).Select(place => (SingleFeature.Of(binning, targets[place], folds[place]).Auc, groups[place])).Max();
            var (name, gain) = (rows.Columns[feature].Name, (double?)gains.GetValueOrDefault(rows.Columns[feature].Name));
            found[feature] = new ProxyFeature(name, column.Levels[best], auc, gain, auc >= ProxyAuc && gain >= LeastGain);
        });
        return [.. found.OrderByDescending(proxy => proxy.Auc).Take(MostFeatures)];
    }

    // Groups of which there are enough rows inside and outside; of two groups one says it all.
    private static List<int> Targets(CodedColumn column, int[] known)
    {
        var counts = new int[column.Levels.Count];
        foreach (var row in known) counts[column.Codes[row]]++;
        List<int> groups = [.. Enumerable.Range(0, counts.Length).Where(group => counts[group] >= FewestRows && known.Length - counts[group] >= FewestRows)];
        return groups.Count == 2 && counts.Count(count => count > 0) == 2 ? [counts[groups[0]] <= counts[groups[1]] ? groups[0] : groups[1]] : groups;
    }
}
