using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>What makes two cases alike.</summary>
public enum Likeness
{
    /// <summary>The same features move their scores by the same points.</summary>
    Reasons,
    /// <summary>Their values lie close to each other.</summary>
    Values,
}

/// <summary>A case that is like another.</summary>
/// <param name="Row">The row.</param>
/// <param name="Distance">Root mean square difference of contributions (reasons), or mean distance of places, 0 to 1 (values).</param>
public readonly record struct SimilarCase(int Row, double Distance);

/// <summary>Finds the rows that are most like a case. They carry values only, no person.</summary>
public static class SimilarCases
{
    /// <summary>Rows whose contributions are nearest, nearest first; of equal ones the earlier row.</summary>
    /// <param name="table">Contributions of the rows to search.</param>
    /// <param name="contributions">Contributions of the case, in the table's unit.</param>
    /// <param name="count">Rows wanted.</param>
    /// <param name="except">A row to leave out: the case itself; null for none.</param>
    public static IReadOnlyList<SimilarCase> ByReasons(ContributionTable table, ReadOnlySpan<double> contributions, int count, int? except = null)
    {
        var squares = new double[table.Count];
        for (var feature = 0; feature < table.Features; feature++)
        {
            var column = table.Column(feature);
            for (var row = 0; row < squares.Length; row++)
            {
                var gap = column[row] - contributions[feature];
                squares[row] += gap * gap;
            }
        }

        return Nearest(squares, count, except, square => Math.Sqrt(square / table.Features));
    }

    /// <summary>Cases whose contributions are nearest, nearest first; of equal ones the earlier.</summary>
    /// <param name="cases">Contributions of each case, in one order of features.</param>
    /// <param name="contributions">Contributions of the case that is compared, in the same order and unit.</param>
    /// <param name="count">Cases wanted.</param>
    /// <exception cref="ArgumentException">A case has another number of contributions.</exception>
    public static IReadOnlyList<SimilarCase> ByReasons(IReadOnlyList<double[]> cases, double[] contributions, int count)
    {
        if (cases.Any(each => each.Length != contributions.Length)) throw new ArgumentException("Every case has the same features.", nameof(cases));
        double[] squares = [.. cases.Select(each => each.Zip(contributions, (one, other) => (one - other) * (one - other)).Sum())];
        return Nearest(squares, count, null, square => Math.Sqrt(square / contributions.Length));
    }

    /// <summary>Rows whose values are nearest, nearest first; of equal ones the earlier row.</summary>
    /// <param name="rows">Rows to search.</param>
    /// <param name="space">Scales, made from the same rows.</param>
    /// <param name="values">Feature vector of the case.</param>
    /// <param name="count">Rows wanted.</param>
    /// <param name="except">A row to leave out: the case itself; null for none.</param>
    public static IReadOnlyList<SimilarCase> ByValues(FeatureMatrix rows, CaseSpace space, ReadOnlySpan<float> values, int count, int? except = null)
    {
        var here = space.PlaceOf(values);
        var distances = new double[rows.Rows];
        Parallel.For(0, (rows.Rows + 4095) / 4096, tile =>
        {
            var vector = new float[rows.Columns.Count];
            for (var row = tile * 4096; row < Math.Min(rows.Rows, (tile + 1) * 4096); row++)
            {
                rows.CopyRow(row, vector);
                distances[row] = space.Distance(here, space.PlaceOf(vector));
            }
        });
        return Nearest(distances, count, except, distance => distance);
    }

    private static List<SimilarCase> Nearest(double[] distances, int count, int? except, Func<double, double> told)
    {
        var nearest = new PriorityQueue<int, (double Distance, int Row)>(Comparer<(double Distance, int Row)>.Create((a, b) => b.CompareTo(a)));
        for (var row = 0; row < distances.Length; row++)
        {
            if (row == except) continue;
            if (nearest.Count < count) nearest.Enqueue(row, (distances[row], row));
            else if (count > 0) nearest.EnqueueDequeue(row, (distances[row], row));
        }

        var found = new List<SimilarCase>();
        while (nearest.TryDequeue(out var row, out var key)) found.Add(new SimilarCase(row, told(key.Distance)));
        found.Reverse();
        return found;
    }
}
