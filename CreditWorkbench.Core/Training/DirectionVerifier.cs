using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Checks a tree ensemble against the directions that its columns declare, for regular values.</summary>
/// <remarks>Two ways: a proof from the leaves (at each test of the column no leaf of the side of less risk lies above one of the
/// other), and a sweep over the model's own split points at given rows, exact to the last bit. Each tree is walked only where its
/// own split points change its value, so a sweep costs points x the column's tests x depth, not points x grid x trees.</remarks>
public static class DirectionVerifier
{
    /// <summary>Most violations kept per column and row.</summary>
    private const int MostPerRow = 10;

    /// <summary>Verifies all columns with a direction.</summary>
    /// <param name="ensemble">The model; ordinal quantities count as falling where risk rises.</param>
    /// <param name="points">Rows whose other cells are held; their columns declare the directions.</param>
    /// <param name="mostPoints">At most so many rows, evenly spread.</param>
    /// <param name="threads">Threads to use; does not change the report.</param>
    /// <param name="cancellation">Stops between points.</param>
    /// <exception cref="ArgumentException">The points have another number of columns than the model.</exception>
    public static DirectionReport Verify(TreeEnsemble ensemble, FeatureMatrix points, int mostPoints = 500, int threads = 1, CancellationToken cancellation = default)
    {
        if (points.Columns.Count != ensemble.FeatureCount)
            throw new ArgumentException($"Expected {ensemble.FeatureCount} columns, got {points.Columns.Count}.", nameof(points));
        ArgumentOutOfRangeException.ThrowIfNegative(mostPoints);
        var swept = Math.Min(mostPoints, points.Rows);
        var rows = new int[swept];
        for (var i = 0; i < swept; i++) rows[i] = (int)((long)i * points.Rows / swept);
        var extremes = LeafExtremes(ensemble.Nodes);
        var findings = new List<DirectionFinding>();
        for (var column = 0; column < points.Columns.Count; column++)
        {
            var (name, direction) = (points.Columns[column].Name, Math.Sign(points.Columns[column].Direction));
            if (direction == 0 || points.Columns[column].IsCategory) continue;
            var sign = ensemble.Link.Kind == LinkKind.Ordinal ? -direction : direction;
            var grid = new ColumnGrid(ensemble, column);
            var violations = new List<DirectionViolation>[rows.Length];
            Work.Over(rows.Length, threads, i => violations[i] = Sweep(ensemble, points, rows[i], column, sign, grid), cancellation);
            findings.Add(new DirectionFinding(name, direction, IsProved(ensemble.Nodes, extremes, column, sign), grid.Values.Length, [.. violations.SelectMany(found => found)]));
        }

        return new DirectionReport(swept, findings);
    }

    /// <summary>Least and greatest leaf value below each node; children follow their parents, so one pass from the end.</summary>
    private static (double[] Least, double[] Greatest) LeafExtremes(TreeNodes nodes)
    {
        var (least, greatest) = ((double[])nodes.Value.Clone(), (double[])nodes.Value.Clone());
        for (var node = nodes.Count - 1; node >= 0; node--)
        {
            if (nodes.Feature[node] < 0) continue;
            least[node] = Math.Min(least[nodes.Left[node]], least[nodes.Right[node]]);
            greatest[node] = Math.Max(greatest[nodes.Left[node]], greatest[nodes.Right[node]]);
        }

        return (least, greatest);
    }

    private static bool IsProved(TreeNodes nodes, (double[] Least, double[] Greatest) extremes, int column, int sign)
    {
        for (var node = 0; node < nodes.Count; node++)
        {
            if (nodes.Feature[node] != column || nodes.CategorySet[node] >= 0 || !ColumnGrid.PartsRegularValues(nodes.Cut[node])) continue;
            var (lower, upper) = sign > 0 ? (nodes.Left[node], nodes.Right[node]) : (nodes.Right[node], nodes.Left[node]);
            if (extremes.Greatest[lower] > extremes.Least[upper]) return false;
        }

        return true;
    }

    private static List<DirectionViolation> Sweep(TreeEnsemble ensemble, FeatureMatrix points, int row, int column, int sign, ColumnGrid grid)
    {
        var vector = new float[points.Columns.Count];
        points.CopyRow(row, vector);
        var steps = grid.Steps(ensemble, column, vector);
        var found = new List<DirectionViolation>();
        for (var i = 0; i < steps.Length && found.Count < MostPerRow; i++)
        {
            // Steps are sums of differences and only point at suspects; the model's own sum decides.
            if (!(sign * steps[i] < 0)) continue;
            vector[column] = grid.Values[i];
            var from = ensemble.Quantity(vector);
            vector[column] = grid.Values[i + 1];
            var to = ensemble.Quantity(vector);
            if (sign * to < sign * from) found.Add(new DirectionViolation(row, grid.Values[i], grid.Values[i + 1], from, to));
        }

        return found;
    }
}
