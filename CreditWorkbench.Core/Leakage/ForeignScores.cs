using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Leakage;

/// <summary>Recognises columns that are somebody else's model by what they do, whatever they are called.</summary>
/// <remarks>A grade is coarse, its bad rate follows its order, it says nearly as much as all columns together (or more than any other while a finer
/// column determines it), and it follows from the other columns, because that is what it was made from. What determines it and what follows from
/// it is flagged with it.</remarks>
public static class ForeignScores
{
    private const int FewestLevels = 3;
    private const int MostLevels = 50;

    // A column that ranks first but says less than half of what the model says is no score.
    private const double LeastShareOfFirst = 0.5;

    /// <summary>Foreign scores and the columns that hang together with them, in column order. O(columns^2 x n log n) at worst, for few columns.</summary>
    /// <param name="features">All rows that the model may learn from.</param>
    /// <param name="bad">Outcome per row, shape [n]; both outcomes present.</param>
    /// <param name="fullAuc">Cross-validated AUC of the model on all columns.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="seed">Seed of folds and samples.</param>
    /// <param name="cancellation">Stops between columns.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static IReadOnlyList<LeakageFinding> In(FeatureMatrix features, bool[] bad, double fullAuc, LeakageLimits limits, int seed, CancellationToken cancellation)
    {
        if (bad.Length != features.Rows) throw new ArgumentException($"{features.Rows} rows, {bad.Length} outcomes.", nameof(bad));
        var full = Ranking.Gini(fullAuc);
        if (full <= 0 || features.Columns.Count < 2) return [];
        var folds = SingleFeature.DealFolds(bad, seed);
        var gini = new double[features.Columns.Count];
        Parallel.For(0, gini.Length, new ParallelOptions { CancellationToken = cancellation }, column =>
            gini[column] = Ranking.Gini(SingleFeature.Of(ColumnBinning.Of(features.Column(column), features.Columns[column].IsCategory), bad, folds).Auc));
        var scan = new Scan(features, bad, folds, gini, full, limits, seed, cancellation);
        var found = new SortedDictionary<int, LeakageFinding>();
        for (var column = 0; column < gini.Length; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (gini[column] < LeastShareOfFirst * full || scan.Judge(column) is not { } score) continue;
            found[column] = Finding(features.Columns[column].Name, score.Evidence);
            foreach (var relative in score.Relatives)
                found.TryAdd(relative, Finding(features.Columns[relative].Name, $"Hangs together with {features.Columns[column].Name}, which looks like somebody else's score."));
        }

        return [.. found.Values];
    }

    private static LeakageFinding Finding(string column, string evidence) => new(column, LeakageKinds.ForeignScore, LeakageSeverity.Warning, evidence);

    private sealed record ForeignScore(string Evidence, IReadOnlyList<int> Relatives);

    private sealed class Scan(FeatureMatrix features, bool[] bad, byte[] folds, double[] gini, double full, LeakageLimits limits, int seed, CancellationToken cancellation)
    {
        private readonly LevelColumn?[] _levels = new LevelColumn?[gini.Length];

        public ForeignScore? Judge(int column)
        {
            var levels = Levels(column);
            if (levels.Regular is < FewestLevels or > MostLevels) return null;
            if (LevelRisk.Order(levels, features.Columns[column].IsCategory, bad, folds) is not { } ranks) return null;
            var (finer, coarser) = Related(column);
            int[] relatives = [.. finer.Union(coarser).Order()];
            var share = gini[column] / full;
            var isFirst = finer.Count > 0 && finer.Append(column).Max(member => gini[member]) >= Enumerable.Range(0, gini.Length).Except(relatives).Max(other => gini[other]);
            if (share < limits.ForeignGiniShare && !isFirst) return null;
            int[] others = [.. Enumerable.Range(0, gini.Length).Where(other => other != column && !relatives.Contains(other))];
            if (others.Length == 0 || RankPrediction.Correlation(features, others, levels, ranks, seed, cancellation) is not { } correlation || correlation < limits.ForeignRankCorrelation) return null;
            var strength = share >= limits.ForeignGiniShare ? $"it alone reaches {share:P0} of the Gini of all columns" : $"it ranks first ({share:P0} of the Gini of all columns) and {features.Columns[finer[0]].Name} refines it";
            return new ForeignScore(string.Create(CultureInfo.InvariantCulture,
                $"Looks like somebody else's score: {levels.Regular} levels whose bad rate follows their order, {strength}, and the other columns predict it (rank correlation {correlation:0.00})."), relatives);
        }

        // Columns that determine this one, the finest first, and columns that follow from it; copies are both.
        private (List<int> Finer, List<int> Coarser) Related(int column)
        {
            var (finer, coarser) = (new List<int>(), new List<int>());
            for (var other = 0; other < gini.Length; other++)
            {
                if (other == column) continue;
                cancellation.ThrowIfCancellationRequested();
                if (LevelDependence.Determines(Levels(other), Levels(column))) finer.Add(other);
                if (LevelDependence.Determines(Levels(column), Levels(other))) coarser.Add(other);
            }

            return ([.. finer.OrderByDescending(other => Levels(other).Count)], coarser);
        }

        private LevelColumn Levels(int column) => _levels[column] ??= LevelColumn.Of(features.Column(column), features.Columns[column]);
    }
}
