using BenchmarkDotNet.Attributes;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks;

/// <summary>What a page or an API call costs: the margin of one row and its exact attribution, both kinds.</summary>
[MemoryDiagnoser]
public class OneRowBenchmarks
{
    private const int Rows = 20_000;
    private const int Columns = 20;

    private TreeEnsemble _ensemble = null!;
    private InterventionalExplainer _interventional = null!;
    private PathDependentExplainer _pathDependent = null!;
    private float[] _row = [];

    /// <summary>Depth of the trees.</summary>
    [Params(4, 6)]
    public int Depth { get; set; }

    /// <summary>Trains 300 trees on made-up rows.</summary>
    [GlobalSetup]
    public void Train()
    {
        var draws = new Random(7);
        var values = new float[Rows * Columns];
        for (var i = 0; i < values.Length; i++) values[i] = draws.NextSingle();
        var matrix = new FeatureMatrix([.. Enumerable.Range(0, Columns).Select(column => FeatureColumn.Number($"x{column}"))], Rows, values);
        var bad = new byte[Rows];
        for (var row = 0; row < Rows; row++) bad[row] = (byte)(draws.NextDouble() < 0.1 + 0.4 * values[row] * values[Rows + row] ? 1 : 0);
        _ensemble = BoostingTrainer.Train(matrix, bad, null, new BoostingSettings { Trees = 300, Depth = Depth }, seed: 1);
        _interventional = new InterventionalExplainer(_ensemble, matrix.Take([.. Enumerable.Range(0, 100)]));
        _pathDependent = new PathDependentExplainer(_ensemble);
        _row = new float[Columns];
        matrix.CopyRow(4_711, _row);
    }

    /// <summary>Margin of one row.</summary>
    [Benchmark(Baseline = true)]
    public double Margin() => _ensemble.Margin(_row);

    /// <summary>Interventional attribution against 100 background rows.</summary>
    [Benchmark]
    public double Interventional() => _interventional.Explain(_row).Value.Base;

    /// <summary>Path-dependent attribution.</summary>
    [Benchmark]
    public double PathDependent() => _pathDependent.Explain(_row).Value.Base;
}
