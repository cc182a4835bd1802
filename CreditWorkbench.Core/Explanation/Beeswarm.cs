namespace CreditWorkbench.Core.Explanation;

/// <summary>One row that is drawn in a swarm.</summary>
/// <param name="Row">The row.</param>
/// <param name="Contribution">Its contribution.</param>
/// <param name="Place">Place of its value among the feature's values, 0 to 1; NaN where the value is not known or has no order.</param>
/// <param name="Lane">Place within its bin, 0 at the middle, then alternating outwards.</param>
public readonly record struct SwarmMark(int Row, float Contribution, float Place, int Lane);

/// <summary>How the contributions of one feature are spread.</summary>
/// <param name="Feature">Column of the feature.</param>
/// <param name="Counts">Rows per bin.</param>
/// <param name="Marks">Rows that are drawn, by bin.</param>
/// <param name="Lowest">Smallest contribution.</param>
/// <param name="Median">Middle contribution, to the width of a bin.</param>
/// <param name="Highest">Largest contribution.</param>
public sealed record FeatureSwarm(int Feature, IReadOnlyList<int> Counts, IReadOnlyList<SwarmMark> Marks, double Lowest, double Median, double Highest);

/// <summary>Spread of contributions of several features on one axis, cut into bins; a bounded number of rows is drawn.</summary>
/// <remarks>Which rows are drawn follows from the rows alone: per bin at even distances in row order, as many as the bin's share of
/// the fullest bin asks for, at least one; the rows with the smallest and the largest contribution always. O(cells).</remarks>
public sealed class Beeswarm
{
    /// <summary>Most marks side by side in the fullest bin, but for the two extreme rows that come on top.</summary>
    public const int MaxLanes = 9;

    private Beeswarm(double low, double high, int bins, IReadOnlyList<FeatureSwarm> features) => (Low, High, Bins, Features) = (low, high, bins, features);

    /// <summary>Left edge of the first bin.</summary>
    public double Low { get; }

    /// <summary>Right edge of the last bin.</summary>
    public double High { get; }

    /// <summary>Number of bins of equal width.</summary>
    public int Bins { get; }

    /// <summary>Features in the order asked for.</summary>
    public IReadOnlyList<FeatureSwarm> Features { get; }

    /// <summary>Lays out swarms.</summary>
    /// <param name="table">Contributions of at least one row.</param>
    /// <param name="features">Columns in the order in which they are shown.</param>
    /// <param name="bins">Bins, at least 1.</param>
    /// <exception cref="ArgumentException">No row.</exception>
    public static Beeswarm Of(ContributionTable table, IReadOnlyList<int> features, int bins = 90)
    {
        if (table.Count == 0) throw new ArgumentException("A swarm needs a row.", nameof(table));
        var (low, high) = (0.0, 0.0);
        foreach (var feature in features)
        {
            foreach (var value in table.Column(feature)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (high - low < 1e-9) high = low + 1;
        var swarms = new FeatureSwarm[features.Count];
        Parallel.For(0, swarms.Length, i => swarms[i] = SwarmOf(table, features[i], low, high, bins));
        return new Beeswarm(low, high, bins, swarms);
    }

    private static FeatureSwarm SwarmOf(ContributionTable table, int feature, double low, double high, int bins)
    {
        var column = table.Column(feature);
        var counts = new int[bins];
        var (lowest, highest) = (0, 0);
        for (var row = 0; row < column.Length; row++)
        {
            counts[BinOf(column[row], low, high, bins)]++;
            if (column[row] < column[lowest]) lowest = row;
            if (column[row] > column[highest]) highest = row;
        }

        var quota = Quotas(counts);
        var rows = Pick(column, counts, quota, low, high, [lowest, highest]);
        var marks = MarksOf(table, feature, rows);
        return new FeatureSwarm(feature, counts, marks, column[lowest], Middle(counts, column.Length, low, (high - low) / bins), column[highest]);
    }

    private static int BinOf(float value, double low, double high, int bins) => Math.Clamp((int)((value - low) / (high - low) * bins), 0, bins - 1);

    private static int[] Quotas(int[] counts)
    {
        var most = counts.Max();
        return Array.ConvertAll(counts, count => count == 0 ? 0 : Math.Max(1, Math.Min(count, (int)Math.Round((double)MaxLanes * count / most))));
    }

    // The k-th row of a bin is drawn when k passes the next multiple of count / quota; the extreme rows come on top.
    private static List<int>[] Pick(ReadOnlySpan<float> column, int[] counts, int[] quota, double low, double high, ReadOnlySpan<int> always)
    {
        var bins = counts.Length;
        var picked = new List<int>[bins];
        for (var bin = 0; bin < bins; bin++) picked[bin] = [];
        var seen = new int[bins];
        for (var row = 0; row < column.Length; row++)
        {
            var bin = BinOf(column[row], low, high, bins);
            if ((long)seen[bin] * quota[bin] >= (long)picked[bin].Count * counts[bin]) picked[bin].Add(row);
            seen[bin]++;
        }

        foreach (var row in always)
        {
            var chosen = picked[BinOf(column[row], low, high, bins)];
            if (!chosen.Contains(row)) chosen.Add(row);
        }

        return picked;
    }

    private static List<SwarmMark> MarksOf(ContributionTable table, int feature, List<int>[] rows)
    {
        var values = table.Rows.Column(feature);
        var contributions = table.Column(feature);
        var scale = table.Rows.Columns[feature].IsCategory ? null : QuantileScale.Of(values);
        var marks = new List<SwarmMark>();
        foreach (var bin in rows)
        {
            // Low values inside, high values outside: shades of a bin do not flicker.
            var placed = new List<(float Place, int Row)>(bin.Count);
            foreach (var row in bin) placed.Add(((float)(scale?.PlaceOf(values[row]) ?? double.NaN), row));
            placed.Sort();
            for (var lane = 0; lane < placed.Count; lane++) marks.Add(new SwarmMark(placed[lane].Row, contributions[placed[lane].Row], placed[lane].Place, lane));
        }

        return marks;
    }

    private static double Middle(int[] counts, int rows, double low, double width)
    {
        var (bin, below) = (0, 0);
        while (below + counts[bin] < (rows + 1) / 2) below += counts[bin++];
        return low + (bin + 0.5) * width;
    }
}
