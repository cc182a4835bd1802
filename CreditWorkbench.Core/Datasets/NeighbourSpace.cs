using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Rows of one class as points, and the synthetic rows between them.</summary>
/// <remarks>Numbers count in standard deviations of the class. Unequal categories, and a missing or coded cell beside any other, count
/// one standard deviation.</remarks>
internal sealed class NeighbourSpace
{
    /// <summary>Neighbours of larger classes are looked for among this many of their rows, drawn by the seed: the search stays
    /// linear in the rows of the class.</summary>
    private const int MostPoints = 5_000;

    private readonly FeatureMatrix _features;
    private readonly int[] _rows;
    private readonly int _neighbours;
    private readonly int _seed;
    private readonly int[] _points;
    private readonly float[] _cells;
    private readonly float[] _scales;
    private readonly bool[] _whole;

    /// <summary>Measures the columns of a class.</summary>
    /// <param name="features">All rows.</param>
    /// <param name="rows">Rows of the class.</param>
    /// <param name="neighbours">Nearest rows to take, at least 1.</param>
    /// <param name="seed">Seed.</param>
    public NeighbourSpace(FeatureMatrix features, int[] rows, int neighbours, int seed)
    {
        (_features, _rows, _seed) = (features, rows, seed);
        _points = rows.Length <= MostPoints ? rows : [.. rows.OrderBy(row => RowKeys.Shuffle((ulong)row, seed)).Take(MostPoints).Order()];
        _neighbours = Math.Min(neighbours, _points.Length);
        var columns = features.Columns.Count;
        (_cells, _scales, _whole) = (new float[_points.Length * columns], new float[columns], new bool[columns]);
        for (var column = 0; column < columns; column++)
        {
            Measure(column);
            for (var i = 0; i < _points.Length; i++) _cells[i * columns + column] = features.Column(column)[_points[i]];
        }
    }

    /// <summary>Working memory of one thread.</summary>
    public NeighbourScratch NewScratch() => new(_features.Columns.Count, _neighbours);

    /// <summary>Writes the synthetic rows of one base row: bases take turns, so its rows stand at every n-th place of the class.</summary>
    /// <param name="balanced">Receives the rows.</param>
    /// <param name="first">Place of the first synthetic row of the class.</param>
    /// <param name="count">Synthetic rows of the class.</param>
    /// <param name="turn">Which row of the class is the base.</param>
    /// <param name="scratch">Working memory.</param>
    public void Fill(FeatureMatrix balanced, int first, int count, int turn, NeighbourScratch scratch)
    {
        _features.CopyRow(_rows[turn], scratch.Base);
        var found = FindNeighbours(_rows[turn], scratch);
        for (var i = turn; i < count; i += _rows.Length) Write(balanced, first + i, i, found, scratch);
    }

    // Neighbour and place between the parents are drawn.
    private void Write(FeatureMatrix balanced, int to, int i, int found, NeighbourScratch scratch)
    {
        // A class of one row has no neighbour: its synthetic rows are copies.
        var other = found == 0 ? scratch.Base : Point(scratch.Nearest[(int)(Draw(i, 0) * found)]);
        var place = (float)Draw(i, 1);
        for (var column = 0; column < scratch.Base.Length; column++)
            balanced.Values[column * balanced.Rows + to] = _features.Columns[column].IsCategory ? Majority(column, found, scratch) : Between(scratch.Base[column], other[column], place, _whole[column]);
    }

    private static float Between(float from, float to, float place, bool whole)
    {
        if (float.IsNaN(from) || float.IsNaN(to)) return place < 0.5f ? from : to;
        var value = (float)(from + (double)place * ((double)to - from));
        return whole ? MathF.Round(value) : value;
    }

    // The base row's own category among equally frequent ones, else the one met first, nearest row first.
    private float Majority(int column, int found, NeighbourScratch scratch)
    {
        var (best, bestCount) = (scratch.Base[column], 0);
        for (var i = -1; i < found; i++)
        {
            var cell = i < 0 ? scratch.Base[column] : Point(scratch.Nearest[i])[column];
            var count = 0;
            for (var j = 0; j < found; j++) count += Same(cell, Point(scratch.Nearest[j])[column]) ? 1 : 0;
            if (count > bestCount) (best, bestCount) = (cell, count);
        }

        return best;
    }

    private int FindNeighbours(int row, NeighbourScratch scratch)
    {
        var found = 0;
        for (var i = 0; i < _points.Length; i++)
        {
            if (_points[i] == row) continue;
            var limit = found < _neighbours ? double.PositiveInfinity : scratch.Distances[found - 1];
            var distance = Distance(scratch.Base, Point(i), limit);
            if (distance >= limit) continue;
            if (found < _neighbours) found++;
            var at = found - 1;
            for (; at > 0 && scratch.Distances[at - 1] > distance; at--) (scratch.Distances[at], scratch.Nearest[at]) = (scratch.Distances[at - 1], scratch.Nearest[at - 1]);
            (scratch.Distances[at], scratch.Nearest[at]) = (distance, i);
        }

        return found;
    }

    private double Distance(ReadOnlySpan<float> from, ReadOnlySpan<float> to, double limit)
    {
        var sum = 0.0;
        for (var column = 0; column < from.Length; column++)
        {
            var (a, b) = (from[column], to[column]);
            if (_scales[column] == 0.0f || float.IsNaN(a) || float.IsNaN(b)) sum += Same(a, b) ? 0.0 : 1.0;
            else
            {
                var gap = ((double)a - b) * _scales[column];
                sum += gap * gap;
            }

            if (sum >= limit) return limit;
        }

        return sum;
    }

    private static bool Same(float a, float b) => BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b) || a == b;

    private ReadOnlySpan<float> Point(int i) => _cells.AsSpan(i * _features.Columns.Count, _features.Columns.Count);

    private double Draw(int i, int purpose) => (RowKeys.Shuffle(2 * (ulong)i + (ulong)purpose, _seed) >> 11) * (1.0 / (1UL << 53));

    // A scale of 0 marks columns that are compared for equality only: categories, and numbers without spread.
    private void Measure(int column)
    {
        if (_features.Columns[column].IsCategory) return;
        var (count, sum, squares, whole) = (0, 0.0, 0.0, true);
        foreach (var row in _rows)
        {
            var cell = _features.Column(column)[row];
            if (!float.IsFinite(cell)) continue;
            count++;
            sum += cell;
            squares += (double)cell * cell;
            whole &= cell == MathF.Floor(cell);
        }

        var variance = count < 2 ? 0.0 : Math.Max(0.0, (squares - sum * sum / count) / (count - 1));
        _scales[column] = variance > 1e-12 * Math.Max(1e-30, squares / Math.Max(1, count)) ? (float)(1.0 / Math.Sqrt(variance)) : 0.0f;
        _whole[column] = whole;
    }
}

/// <summary>Working memory of a search for neighbours.</summary>
/// <param name="columns">Columns of a row.</param>
/// <param name="neighbours">Most neighbours.</param>
internal sealed class NeighbourScratch(int columns, int neighbours)
{
    /// <summary>The base row.</summary>
    public float[] Base { get; } = new float[columns];

    /// <summary>Points found, nearest first.</summary>
    public int[] Nearest { get; } = new int[neighbours];

    /// <summary>Their squared distances.</summary>
    public double[] Distances { get; } = new double[neighbours];
}
