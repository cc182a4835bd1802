using BenchmarkDotNet.Attributes;
using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks;

/// <summary>The kernels behind training, batches and evaluation, one at a time, each with its plain twin where it has one.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Rows = 20_000;
    private const int Columns = 31;

    private FeatureMatrix _features = null!;
    private byte[] _bad = [];
    private bool[] _outcomes = [];
    private double[] _risk = [];
    private TreeEnsemble _ensemble = null!;
    private RankedOutcomes _ranked = null!;
    private double[] _sums = [];

    /// <summary>Makes rows and trains 300 trees of depth 6.</summary>
    [GlobalSetup]
    public void Train()
    {
        var draws = new Random(7);
        var values = new float[Rows * Columns];
        for (var i = 0; i < values.Length; i++) values[i] = draws.Next(50) == 0 ? CodedNaN.Missing : draws.NextSingle();
        _features = new FeatureMatrix([.. Enumerable.Range(0, Columns).Select(column => FeatureColumn.Number($"x{column}"))], Rows, values);
        (_bad, _risk, _sums) = (new byte[Rows], new double[Rows], new double[Rows]);
        for (var row = 0; row < Rows; row++) _bad[row] = (byte)(draws.NextDouble() < 0.1 + (values[row] > 0.5 ? 0.3 * draws.NextDouble() : 0.0) ? 1 : 0);
        _outcomes = Array.ConvertAll(_bad, outcome => outcome == 1);
        _ensemble = BoostingTrainer.Train(_features, _bad, null, new BoostingSettings { Trees = 300, Depth = 6 }, seed: 1);
        _ensemble.Margins(_features, _risk);
        _ranked = RankedOutcomes.Of(_risk, _outcomes);
    }

    /// <summary>Ten trees of a forest, binning included.</summary>
    [Benchmark]
    public int Forest() =>
        ForestTrainer.Train(_features, _bad, ForestTarget.Binary, new ForestSettings { Trees = 10 }, seed: 1).TreeCount;

    /// <summary>Leaf sums of 20,000 rows by byte codes and blocks.</summary>
    [Benchmark]
    public double SumsByBlocks() => Sums(CompiledTrees.Path.Fastest);

    /// <summary>The same, one row after the other.</summary>
    [Benchmark]
    public double SumsRowByRow() => Sums(CompiledTrees.Path.Scalar);

    /// <summary>Isotonic fit of 20,000 margins.</summary>
    [Benchmark]
    public int Isotonic() => IsotonicFit.Fit(_risk, _outcomes, Trend.Rising).Value.Positions.Length;

    /// <summary>Sorting 20,000 outcomes by risk.</summary>
    [Benchmark]
    public int Rank() => RankedOutcomes.Of(_risk, _outcomes).Groups;

    /// <summary>A hundred resampled AUCs by counts.</summary>
    [Benchmark]
    public double Bootstrap() => StratifiedBootstrap.Auc(_ranked, seed: 1, replicates: 100, threads: 1).Low;

    /// <summary>The same by counts per group.</summary>
    [Benchmark]
    public double BootstrapByGroups() => StratifiedBootstrap.Of(_ranked, Ranking.Auc, seed: 1, replicates: 100).Low;

    private double Sums(CompiledTrees.Path path)
    {
        _ensemble.Compiled.Sum(_features.Values, Rows, _sums, path);
        return _sums[0];
    }
}
