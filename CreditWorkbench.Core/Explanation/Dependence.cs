using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A row in a dependence plot.</summary>
/// <param name="Row">The row.</param>
/// <param name="Value">Value of the feature; never NaN.</param>
/// <param name="Contribution">Contribution of the feature.</param>
/// <param name="Place">Place of the colouring feature's value, 0 to 1; NaN where it is not known or nothing colours.</param>
public readonly record struct DependenceMark(int Row, float Value, float Contribution, float Place);

/// <summary>Rows with values in one range, one category, or without a regular value.</summary>
/// <param name="From">Smallest value; a coded NaN for rows without a regular value.</param>
/// <param name="To">Largest value; equal to <paramref name="From"/> for categories and codes.</param>
/// <param name="Rows">Rows in the group.</param>
/// <param name="Mean">Mean contribution with its 95 % interval (normal).</param>
public sealed record DependenceGroup(float From, float To, int Rows, Interval Mean);

/// <summary>How a feature's contribution follows its value, and which other feature bends that most.</summary>
public sealed class Dependence
{
    private const int StrengthSample = 5000;
    private const int StrengthBins = 10;

    private Dependence(int feature, int? colour, double strength, IReadOnlyList<DependenceMark> marks, IReadOnlyList<DependenceGroup> groups) =>
        (Feature, Colour, ColourStrength, Marks, Groups) = (feature, colour, strength, marks, groups);

    /// <summary>Column of the feature.</summary>
    public int Feature { get; }

    /// <summary>Column of the feature that colours; null without one.</summary>
    public int? Colour { get; }

    /// <summary>Mean |rank correlation| of contribution and colouring value among rows of like value, in [0, 1].</summary>
    public double ColourStrength { get; }

    /// <summary>Rows that are drawn, in row order.</summary>
    public IReadOnlyList<DependenceMark> Marks { get; }

    /// <summary>Means over ranges of rising values (or categories), then over rows without a regular value.</summary>
    public IReadOnlyList<DependenceGroup> Groups { get; }

    /// <summary>Follows one feature.</summary>
    /// <param name="table">Contributions of at least one row.</param>
    /// <param name="feature">Column of the feature.</param>
    /// <param name="colour">Column that colours; null picks the one with the strongest interaction.</param>
    /// <param name="most">Rows drawn at most; those with the smallest and largest contribution always are.</param>
    /// <param name="parts">Ranges of values, at least 1.</param>
    /// <exception cref="ArgumentException">No row.</exception>
    public static Dependence Of(ContributionTable table, int feature, int? colour = null, int most = 1500, int parts = 20)
    {
        if (table.Count == 0) throw new ArgumentException("Dependence needs a row.", nameof(table));
        var strengths = colour is { } given ? [(given, StrengthOf(table, feature, given))] : Strengths(table, feature);
        var best = strengths.Count == 0 ? ((int Feature, double Strength)?)null : strengths[0];
        var scale = best is { } other && !table.Rows.Columns[other.Feature].IsCategory ? QuantileScale.Of(table.Rows.Column(other.Feature)) : null;
        return new Dependence(feature, best?.Feature, best?.Strength ?? 0, MarksOf(table, feature, best?.Feature, scale, most), GroupsOf(table, feature, parts));
    }

    /// <summary>How strongly each other feature bends the contribution of one, strongest first, then column order.</summary>
    public static IReadOnlyList<(int Feature, double Strength)> Strengths(ContributionTable table, int feature) =>
        [.. Enumerable.Range(0, table.Features).Where(other => other != feature).Select(other => (other, StrengthOf(table, feature, other)))
            .OrderByDescending(pair => pair.Item2)];

    // Rows are cut into bins of like value; within a bin the main effect is about constant, so what still moves with another feature
    // is interaction.
    private static double StrengthOf(ContributionTable table, int feature, int other)
    {
        var rows = RowSample.Evenly(table.Count, StrengthSample);
        var values = table.Rows.Column(feature);
        var others = table.Rows.Column(other);
        var contributions = table.Column(feature);
        var scale = QuantileScale.Of(values);
        var bins = new List<(double X, double Y)>[StrengthBins + 1];
        foreach (var row in rows)
        {
            if (float.IsNaN(others[row])) continue;
            var place = scale.PlaceOf(values[row]);
            (bins[double.IsNaN(place) ? StrengthBins : Math.Min(StrengthBins - 1, (int)(place * StrengthBins))] ??= []).Add((others[row], contributions[row]));
        }

        var (sum, count) = (0.0, 0);
        foreach (var bin in bins)
        {
            if (bin is null || bin.Count < 10) continue;
            sum += bin.Count * Math.Abs(RankCorrelation.Of([.. bin.Select(pair => pair.X)], [.. bin.Select(pair => pair.Y)]));
            count += bin.Count;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static List<DependenceMark> MarksOf(ContributionTable table, int feature, int? colour, QuantileScale? scale, int most)
    {
        var values = table.Rows.Column(feature);
        var contributions = table.Column(feature);
        var (lowest, highest) = (-1, -1);
        for (var row = 0; row < values.Length; row++)
        {
            if (float.IsNaN(values[row])) continue;
            if (lowest < 0 || contributions[row] < contributions[lowest]) lowest = row;
            if (highest < 0 || contributions[row] > contributions[highest]) highest = row;
        }

        var marks = new List<DependenceMark>();
        foreach (var row in RowSample.Evenly(table.Count, most).Union([lowest, highest]).Order())
        {
            if (row < 0 || float.IsNaN(values[row])) continue;
            var place = scale is null || colour is not { } column ? float.NaN : (float)scale.PlaceOf(table.Rows.Column(column)[row]);
            marks.Add(new DependenceMark(row, values[row], contributions[row], place));
        }

        return marks;
    }

    private static List<DependenceGroup> GroupsOf(ContributionTable table, int feature, int parts)
    {
        var values = table.Rows.Column(feature);
        var contributions = table.Column(feature);
        var isCategory = table.Rows.Columns[feature].IsCategory;
        var edges = isCategory ? [] : QuantileScale.Of(values).Steps(parts);
        var groups = new SortedDictionary<int, Tally>();
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            var key = float.IsNaN(value) ? int.MaxValue - CodedNaN.MaxCode + CodedNaN.CodeOf(value) : isCategory ? (int)value : RangeOf(edges, value);
            if (!groups.TryGetValue(key, out var tally)) groups[key] = tally = new Tally(value);
            tally.Add(value, contributions[row]);
        }

        return [.. groups.Values.Select(tally => tally.Close())];
    }

    private static int RangeOf(float[] edges, float value)
    {
        var at = Array.BinarySearch(edges, value);
        return Math.Clamp(at >= 0 ? at : ~at, 1, Math.Max(1, edges.Length - 1));
    }

    private sealed class Tally(float first)
    {
        private float _low = first;
        private float _high = first;
        private int _rows;
        private double _sum;
        private double _squares;

        public void Add(float value, double contribution)
        {
            if (value < _low) _low = value;
            if (value > _high) _high = value;
            _rows++;
            _sum += contribution;
            _squares += contribution * contribution;
        }

        public DependenceGroup Close()
        {
            var mean = _sum / _rows;
            var half = _rows < 2 ? 0 : 1.959963984540054 * Math.Sqrt(Math.Max(0, _squares / _rows - mean * mean) / (_rows - 1));
            return new DependenceGroup(_low, _high, _rows, new Interval(mean, mean - half, mean + half));
        }
    }
}
