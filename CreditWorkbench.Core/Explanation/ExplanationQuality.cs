using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How far the explanation of one case can be relied on.</summary>
/// <param name="AdditivityGap">|base + contributions + rounding + clip - issued score|, in points; 0 up to the rounding of doubles.</param>
/// <param name="TopShare">Share of all |points| that the four largest contributions hold, in [0, 1]; 1 where nothing contributes.</param>
/// <param name="Distance">Mean distance to the five nearest background rows by values, in [0, 1].</param>
/// <param name="Outlierness">Share of background rows that lie nearer to their own five nearest than the case does, in [0, 1].</param>
/// <param name="MissingShare">Share of the model's features without a regular value, in [0, 1].</param>
public sealed record ExplanationQuality(double AdditivityGap, double TopShare, double Distance, double Outlierness, double MissingShare)
{
    /// <summary>Contributions that a reader keeps in mind.</summary>
    public const int Top = 4;

    /// <summary>From this outlierness on a case is unlike the rows that it is compared with.</summary>
    public const double Unusual = 0.95;

    /// <summary>Whether the case is unlike the background.</summary>
    public bool IsUnusual => Outlierness >= Unusual;
}

/// <summary>Judges explanations against one background. Built once per release; safe to share between threads.</summary>
public sealed class ExplanationJudge
{
    private const int Neighbours = 5;
    private const int MaxRows = 1000;
    private readonly CaseSpace _space;
    private readonly float[][] _places;
    private readonly double[] _own;

    /// <summary>Measures how close the background's rows lie to each other.</summary>
    /// <param name="background">At least two rows; of more than 1,000 every so many are taken.</param>
    /// <exception cref="ArgumentException">Fewer than two rows.</exception>
    /// <remarks>O(rows^2 x features) once, O(rows x features) per case.</remarks>
    public ExplanationJudge(FeatureMatrix background)
    {
        if (background.Rows < 2) throw new ArgumentException("A background has at least two rows.", nameof(background));
        var rows = background.Take(RowSample.Evenly(background.Rows, MaxRows));
        _space = new CaseSpace(rows);
        _places = new float[rows.Rows][];
        var vector = new float[rows.Columns.Count];
        for (var row = 0; row < _places.Length; row++)
        {
            rows.CopyRow(row, vector);
            _places[row] = _space.PlaceOf(vector);
        }

        _own = new double[_places.Length];
        Parallel.For(0, _own.Length, row => _own[row] = MeanNearest(_places[row], row));
        Array.Sort(_own);
    }

    /// <summary>Judges one case.</summary>
    /// <param name="row">Feature vector of the case.</param>
    /// <param name="bars">Its waterfall.</param>
    public ExplanationQuality Judge(ReadOnlySpan<float> row, Waterfall bars)
    {
        var distance = MeanNearest(_space.PlaceOf(row), null);
        var nearer = Array.BinarySearch(_own, distance);
        if (nearer < 0) nearer = ~nearer;
        while (nearer > 0 && _own[nearer - 1] == distance) nearer--;
        var gap = Math.Abs(Additivity.Sum(bars.BasePoints, bars.Points) + bars.Rounding + bars.Clip - bars.Issued);
        return new ExplanationQuality(gap, TopShareOf(bars.Points), distance, (double)nearer / _own.Length, MissingShareOf(row));
    }

    private static double TopShareOf(double[] points)
    {
        var sizes = Array.ConvertAll(points, Math.Abs);
        Array.Sort(sizes);
        var all = sizes.Sum();
        return all > 0 ? sizes.Skip(Math.Max(0, sizes.Length - ExplanationQuality.Top)).Sum() / all : 1;
    }

    private static double MissingShareOf(ReadOnlySpan<float> row)
    {
        var missing = 0;
        foreach (var value in row) missing += float.IsNaN(value) ? 1 : 0;
        return row.IsEmpty ? 0 : (double)missing / row.Length;
    }

    private double MeanNearest(ReadOnlySpan<float> place, int? except)
    {
        Span<double> nearest = stackalloc double[Neighbours];
        nearest.Fill(double.PositiveInfinity);
        var found = 0;
        for (var row = 0; row < _places.Length; row++)
        {
            if (row == except) continue;
            found++;
            var distance = _space.Distance(place, _places[row]);
            if (distance >= nearest[^1]) continue;
            var at = Neighbours - 1;
            for (; at > 0 && nearest[at - 1] > distance; at--) nearest[at] = nearest[at - 1];
            nearest[at] = distance;
        }

        var sum = 0.0;
        foreach (var distance in nearest[..Math.Min(found, Neighbours)]) sum += distance;
        return sum / Math.Min(found, Neighbours);
    }
}
