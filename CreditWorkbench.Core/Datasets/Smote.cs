using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Rows with their classes.</summary>
/// <param name="Features">Vectors.</param>
/// <param name="Classes">Class per row, same order.</param>
public sealed record ResampledRows(FeatureMatrix Features, byte[] Classes);

/// <summary>Makes every class as frequent as the largest one by synthetic rows between neighbours of the same class.</summary>
/// <remarks>SMOTE, and SMOTE-NC where there are categories: Chawla, Bowyer, Hall and Kegelmeyer (2002). Training rows only: a row that
/// judges a model must not lie between rows that trained it. The base rate is another one afterwards, so probabilities are
/// calibrated on untouched rows.</remarks>
public static class Smote
{
    /// <summary>Balances.</summary>
    /// <param name="features">Training rows, shape [n x columns].</param>
    /// <param name="classes">Class per row, shape [n].</param>
    /// <param name="neighbours">Nearest rows of the same class to interpolate to, at least 1; fewer where a class has fewer rows.</param>
    /// <param name="seed">Equal seeds and rows give equal rows, whatever the number of threads.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>The rows as they were, then the synthetic rows of each smaller class in turn. A number lies between those of its two
    /// parents (rounded where the column holds whole numbers only); a missing value or special code of either parent gives the cell
    /// of the nearer one; a category is the most frequent among the base row's neighbours.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ResampledRows Balance(FeatureMatrix features, byte[] classes, int neighbours, int seed, int threads, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (classes.Length != features.Rows) throw new ArgumentException($"Expected {features.Rows} classes, got {classes.Length}.", nameof(classes));
        var members = classes.Index().GroupBy(row => row.Item, row => row.Index).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.ToArray());
        var largest = members.Values.Max(rows => rows.Length);
        var added = members.Values.Sum(rows => largest - rows.Length);
        var balanced = new ResampledRows(Room(features, added), [.. classes, .. new byte[added]]);
        var at = features.Rows;
        foreach (var (outcome, rows) in members)
        {
            var count = largest - rows.Length;
            if (count == 0) continue;
            var space = new NeighbourSpace(features, rows, neighbours, seed);
            var first = at;
            Parallel.For(0, Math.Min(count, rows.Length), new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, space.NewScratch, (turn, _, scratch) =>
            {
                space.Fill(balanced.Features, first, count, turn, scratch);
                return scratch;
            }, _ => { });
            balanced.Classes.AsSpan(first, count).Fill(outcome);
            at += count;
        }

        return balanced;
    }

    private static FeatureMatrix Room(FeatureMatrix features, int added)
    {
        var rows = features.Rows + added;
        var values = new float[(long)features.Columns.Count * rows];
        for (var column = 0; column < features.Columns.Count; column++) features.Column(column).CopyTo(values.AsSpan(column * rows));
        return new FeatureMatrix(features.Columns, rows, values);
    }
}
