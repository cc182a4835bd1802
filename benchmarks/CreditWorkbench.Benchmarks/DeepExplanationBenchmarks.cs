using BenchmarkDotNet.Attributes;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks;

/// <summary>The walk of a quadrature on one thread, 512 rows, with and without pairs, by rows per vector; the scalar twin is the
/// baseline. And one row against a background.</summary>
public class DeepExplanationBenchmarks
{
    private const int TrainingRows = 20_000;
    private const int Columns = 20;
    private const int Rows = 512;

    private FeatureMatrix _rows = null!;
    private InterventionalExplainer _interventional = null!;
    private float[] _row = [];
    private QuadratureWalker[] _single = [];
    private QuadratureWalker[] _pairs = [];

    /// <summary>Depth of the trees.</summary>
    [Params(6, 10)]
    public int Depth { get; set; }

    /// <summary>Trains 50 trees on made-up rows.</summary>
    [GlobalSetup]
    public void Train()
    {
        var draws = new Random(7);
        var values = new float[TrainingRows * Columns];
        for (var i = 0; i < values.Length; i++) values[i] = draws.NextSingle();
        var matrix = new FeatureMatrix([.. Enumerable.Range(0, Columns).Select(column => FeatureColumn.Number($"x{column}"))], TrainingRows, values);
        var bad = new byte[TrainingRows];
        for (var row = 0; row < TrainingRows; row++) bad[row] = (byte)(draws.NextDouble() < 0.1 + 0.4 * values[row] * values[TrainingRows + row] ? 1 : 0);
        var ensemble = ForestTrainer.Train(matrix, bad, ForestTarget.Binary, new ForestSettings { Trees = 50, Depth = Depth, Balanced = false }, seed: 1, threads: 2);
        _rows = matrix.Take([.. Enumerable.Range(0, Rows)]);
        _interventional = new InterventionalExplainer(ensemble, matrix.Take([.. Enumerable.Range(Rows, 1_000)]));
        _row = new float[Columns];
        matrix.CopyRow(4_711, _row);
        _single = Walkers(QuadratureForest.TryBuild(ensemble)!);
        _pairs = Walkers(QuadratureForest.TryBuild(ensemble, withPairs: true)!);
    }

    /// <summary>One row at a time.</summary>
    [Benchmark(Baseline = true)]
    public void Scalar() => Run(_single[0]);

    /// <summary>Four rows per vector.</summary>
    [Benchmark]
    public void Four() => Run(_single[1]);

    /// <summary>Eight rows per vector.</summary>
    [Benchmark]
    public void Eight() => Run(_single[2]);

    /// <summary>Sixteen rows per vector.</summary>
    [Benchmark]
    public void Sixteen() => Run(_single[3]);

    /// <summary>Interaction values, eight rows per vector.</summary>
    [Benchmark]
    public void EightWithPairs() => Run(_pairs[2]);

    /// <summary>Interaction values, sixteen rows per vector.</summary>
    [Benchmark]
    public void SixteenWithPairs() => Run(_pairs[3]);

    /// <summary>One row's issued values against 1,000 background rows.</summary>
    [Benchmark]
    public double OneRowAgainstBackground() => _interventional.Explain(_row).Value.Base;

    private static QuadratureWalker[] Walkers(QuadratureForest forest) =>
        [.. Enum.GetValues<LaneWidth>().Order().Select(width => new QuadratureWalker(forest, width))];

    private void Run(QuadratureWalker walker)
    {
        for (var first = 0; first < Rows; first += walker.TileRows) walker.Run(_rows, first, walker.TileRows);
    }
}
