using System.Collections.Concurrent;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>The bins of every column of a feature vector, fitted on training rows.</summary>
internal sealed class BinMapper
{
    /// <summary>Split points of larger data come from this many rows, drawn with replacement.</summary>
    private const int SampleRows = 200_000;

    private const ulong SamplePurpose = 0xB1A5;

    private BinMapper(ColumnBins[] columns)
    {
        Columns = columns;
        Offsets = new int[columns.Length + 1];
        for (var column = 0; column < columns.Length; column++) Offsets[column + 1] = Offsets[column] + columns[column].Total;
    }

    /// <summary>Bins per column.</summary>
    public ColumnBins[] Columns { get; }

    /// <summary>First bin of each column in a histogram over all columns, then the number of bins; shape [columns + 1].</summary>
    public int[] Offsets { get; }

    /// <summary>Fits bins to a matrix.</summary>
    /// <param name="features">Training rows.</param>
    /// <param name="maxBins">Most bins per column, reserved ones included; 2 to <see cref="ColumnBins.MaxBins"/>.</param>
    /// <param name="threads">Columns fitted at a time; does not change the result.</param>
    /// <param name="cancellation">Stops between columns.</param>
    public static BinMapper Fit(FeatureMatrix features, int maxBins, int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBins, ColumnBins.MaxBins);
        var columns = new ColumnBins[features.Columns.Count];
        var idle = new ConcurrentBag<Sample>();
        Work.Over(columns.Length, threads, column =>
        {
            var sample = idle.TryTake(out var used) ? used : new Sample(Math.Min(features.Rows, SampleRows));
            columns[column] = FitColumn(features, column, maxBins, sample);
            idle.Add(sample);
        }, cancellation);
        return new BinMapper(columns);
    }

    private static ColumnBins FitColumn(FeatureMatrix features, int column, int maxBins, Sample sample)
    {
        var kind = features.Columns[column];
        var codes = kind.SpecialCodes.Count;
        if (codes > CodedNaN.MaxCode) throw new ArgumentException($"Column {kind.Name} has {codes} special codes; at most {CodedNaN.MaxCode} are told apart.", nameof(features));
        if (kind.IsCategory) return ColumnBins.Category(CategoryCounts(features.Column(column), kind.Categories.Count), codes, maxBins);
        var values = RegularSample(features.Column(column), (ulong)column, sample.Values);
        return ColumnBins.Numeric(SplitPoints.Choose(values, Math.Max(1, maxBins - 1 - codes), sample.Sorter), codes);
    }

    private static int[] CategoryCounts(ReadOnlySpan<float> cells, int categories)
    {
        var counts = new int[categories];
        foreach (var cell in cells)
        {
            if (cell >= 0 && cell < categories) counts[(int)cell]++;
        }

        return counts;
    }

    private static Span<float> RegularSample(ReadOnlySpan<float> cells, ulong column, Span<float> values)
    {
        var whole = cells.Length <= SampleRows;
        var random = new RandomStream(0, SamplePurpose, column);
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var cell = cells[whole ? i : random.NextInt(cells.Length)];
            if (!float.IsNaN(cell)) values[count++] = cell;
        }

        return values[..count];
    }

    /// <summary>Memory of one thread, used for one column after the other.</summary>
    private sealed class Sample(int rows)
    {
        public float[] Values { get; } = new float[rows];

        public FloatSorter Sorter { get; } = new();
    }
}
