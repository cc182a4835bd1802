using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Folds of a cross-validation with the same mix of outcomes; rows of one group are held out together.</summary>
public static class StratifiedFolds
{
    /// <summary>Deals all rows of a data set into folds; take the rows before where only some take part.</summary>
    /// <param name="dataset">Rows.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="seed">Same seed and rows, same folds, in whatever order the rows stand.</param>
    /// <returns>The folds; refused when a fold would hold out a class in no row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two folds.</exception>
    public static Outcome<IReadOnlyList<DataFold>> Of(LabelledDataset dataset, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int[] rows = [.. Enumerable.Range(0, dataset.Rows)];
        double[] shares = [.. Enumerable.Repeat(1.0 / folds, folds)];
        var keys = RowKeys.Of(dataset);
        var parts = dataset.Groups is null
            ? StratifiedParts.Deal(rows, dataset.Outcomes, keys, shares, seed)
            : StratifiedParts.DealGroups(rows, dataset.Outcomes, dataset.ClassCounts.Count, keys, dataset.Groups, shares, seed);
        var counts = new int[folds, dataset.ClassCounts.Count];
        foreach (var row in rows) counts[parts[row], dataset.Outcomes[row]]++;
        for (var outcome = 0; outcome < dataset.ClassCounts.Count; outcome++)
        {
            for (var fold = 0; fold < folds; fold++)
            {
                if (counts[fold, outcome] == 0) return SplitProblems.TooFewForFolds(folds, outcome, dataset.ClassCounts[outcome]);
            }
        }

        return Outcome<IReadOnlyList<DataFold>>.Success([.. Enumerable.Range(0, folds)
            .Select(fold => new DataFold([.. rows.Where(row => parts[row] != fold)], [.. rows.Where(row => parts[row] == fold)]))]);
    }
}
