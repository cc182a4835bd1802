using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Spearman's rank correlation: whether two columns rise together, whatever their scales.</summary>
/// <remarks>Spearman (1904); equal values share the mean of their ranks.</remarks>
public static class RankCorrelation
{
    private const int Sample = 5000;

    /// <summary>From this |correlation| on, averaging over other rows' values would make up rows that do not exist; accumulated local
    /// effects are then shown first.</summary>
    public const double Marked = 0.4;

    /// <summary>Correlation of two samples, in [-1, 1]; 0 where one of them does not vary.</summary>
    /// <param name="left">Shape [n], no NaN.</param>
    /// <param name="right">Shape [n], no NaN.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Of(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length != right.Length) throw new ArgumentException("Both samples have the same rows.", nameof(right));
        if (left.Length < 2) return 0;
        var (a, b) = (Ranks(left), Ranks(right));
        var middle = (left.Length + 1) / 2.0;
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }

    /// <summary>The column that is correlated most with another one, over rows that know both; categories have no ranks and are left
    /// out. At most 5,000 rows at even distances are read.</summary>
    /// <returns>The column and its correlation; null without any other ordered column.</returns>
    public static (int Feature, double Correlation)? Strongest(FeatureMatrix rows, int feature)
    {
        if (rows.Columns[feature].IsCategory) return null;
        var sample = RowSample.Evenly(rows.Rows, Sample);
        (int Feature, double Correlation)? strongest = null;
        for (var other = 0; other < rows.Columns.Count; other++)
        {
            if (other == feature || rows.Columns[other].IsCategory) continue;
            var correlation = OfColumns(rows, feature, other, sample);
            if (strongest is null || Math.Abs(correlation) > Math.Abs(strongest.Value.Correlation)) strongest = (other, correlation);
        }

        return strongest;
    }

    private static double OfColumns(FeatureMatrix rows, int feature, int other, int[] sample)
    {
        var (left, right) = (new List<double>(sample.Length), new List<double>(sample.Length));
        var a = rows.Column(feature);
        var b = rows.Column(other);
        foreach (var row in sample)
        {
            if (float.IsNaN(a[row]) || float.IsNaN(b[row])) continue;
            left.Add(a[row]);
            right.Add(b[row]);
        }

        return Of([.. left], [.. right]);
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var keys = values.ToArray();
        Array.Sort(keys, order);
        var ranks = new double[order.Length];
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            for (var i = from; i < to; i++) ranks[order[i]] = (from + to + 1) / 2.0;
            from = to;
        }

        return ranks;
    }
}
