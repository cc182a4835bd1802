using BenchmarkDotNet.Attributes;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks;

/// <summary>What a boosted tree consists of: adding rows up per bin, scoring cuts, parting rows, gradients; one thread.</summary>
public class BoostingKernelBenchmarks : IDisposable
{
    private const int Columns = 31;

    private readonly Crew _alone = new(1);
    private BinnedMatrix _matrix = null!;
    private FeatureMatrix _features = null!;
    private GradientRound _round = null!;
    private GradientCriterion _criterion;
    private GradientSum[] _histogram = [];
    private GradientSum _total;
    private RowPartition _partition = null!;
    private int[] _rows = [], _columns = [], _half = [];
    private float[] _margins = [], _values = [];
    private BinSet _left;

    /// <summary>Rows of the node.</summary>
    [Params(2_000, 100_000, 1_000_000)]
    public int Rows { get; set; }

    /// <summary>Makes up rows.</summary>
    [GlobalSetup]
    public void Make()
    {
        var draws = new RandomStream(7);
        _values = new float[Rows];
        var cells = new float[(long)Rows * Columns];
        for (var i = 0; i < cells.Length; i++) cells[i] = (float)draws.NextDouble();
        _features = new FeatureMatrix([.. Enumerable.Range(0, Columns).Select(column => FeatureColumn.Number($"x{column}"))], Rows, cells);
        _matrix = BinnedMatrix.Of(_features, BinMapper.Fit(_features, ColumnBins.MaxBins, 2, default), 2, default);
        var bad = new byte[Rows];
        foreach (ref var outcome in bad.AsSpan()) outcome = (byte)draws.NextInt(2);
        _margins = new float[Rows];
        _rows = [.. Enumerable.Range(0, Rows)];
        _columns = [.. Enumerable.Range(0, Columns)];
        _half = [.. _columns.Where(column => column % 2 == 0)];
        _round = new GradientRound(bad, null, _alone);
        var (gradientUnit, hessianUnit) = _round.Compute(_rows, _margins);
        _criterion = new GradientCriterion(gradientUnit, hessianUnit, 1, 1);
        _histogram = new GradientSum[Columns * GradientHistogram.Slots];
        GradientHistogram.Add(_matrix, _rows, _round.Sums, _columns, _histogram);
        foreach (var sum in _histogram.AsSpan(0, _matrix.Mapper.Columns[0].Total)) _total += sum;
        _partition = new RowPartition(Rows);
        for (var bin = 0; bin < 128; bin++) _left.Add(bin);
    }

    /// <summary>Fits split points to a column.</summary>
    [Benchmark]
    public float[] ChooseSplitPoints()
    {
        _features.Column(0).CopyTo(_values);
        return SplitPoints.Choose(_values, ColumnBins.MaxBins - 1);
    }

    /// <summary>Bins all cells.</summary>
    [Benchmark]
    public object BinCells() => BinnedMatrix.Of(_features, _matrix.Mapper, 1, default);

    /// <summary>Gradients and hessians of all rows.</summary>
    [Benchmark]
    public object Gradients() => _round.Compute(_rows, _margins);

    /// <summary>All columns of all rows.</summary>
    [Benchmark]
    public void AddAllColumns() => GradientHistogram.Add(_matrix, _rows, _round.Sums, _columns, _histogram);

    /// <summary>Every other column of all rows.</summary>
    [Benchmark]
    public void AddEveryOtherColumn() => GradientHistogram.Add(_matrix, _rows, _round.Sums, _half, _histogram);

    /// <summary>The best cut of one column, several at a time.</summary>
    [Benchmark]
    public int BestCut() => _criterion.BestCut(_histogram.AsSpan(0, 254), default, _total, NodeBounds.None, 0, 0);

    /// <summary>The best cut of one column, one by one.</summary>
    [Benchmark]
    public int BestCutOneByOne() => CutScan.BestCut<GradientSum, GradientCriterion>(_criterion, _histogram.AsSpan(0, 254), default, _total, NodeBounds.None, 0, 0);

    /// <summary>Parts all rows in two.</summary>
    [Benchmark]
    public int Part()
    {
        _rows.CopyTo(_partition.Rows, 0);
        return _partition.Split(_matrix, 0, _left, 0, Rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _alone.Dispose();
        GC.SuppressFinalize(this);
    }
}
