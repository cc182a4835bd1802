using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Individual conditional expectation: for each row what the function would say if one feature had another value.</summary>
/// <remarks>Goldstein, Kapelner, Bleich and Pitkin (2015).</remarks>
public sealed class IceCurves
{
    private readonly double[] _values;

    private IceCurves(EffectGrid grid, int rows, double[] values) => (Grid, Rows, _values) = (grid, rows, values);

    /// <summary>The values that were tried.</summary>
    public EffectGrid Grid { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>What the function says of a row at a value of the grid.</summary>
    public double At(int row, int step) => _values[step * Rows + row];

    /// <summary>The same against the row's own first step: curves that differ in height only fall together.</summary>
    public double Centred(int row, int step) => At(row, step) - At(row, 0);

    /// <summary>Tries every value of the grid on every row.</summary>
    /// <param name="function">What is studied.</param>
    /// <param name="rows">Rows, at least one.</param>
    /// <param name="grid">Values of one feature.</param>
    /// <param name="threads">Threads at most; -1 for as many as there are.</param>
    /// <param name="cancellation">Stops between values.</param>
    /// <exception cref="ArgumentException">No row.</exception>
    /// <remarks>Grid x rows evaluations.</remarks>
    public static IceCurves Of(ExplainedFunction function, FeatureMatrix rows, EffectGrid grid, int threads = -1, CancellationToken cancellation = default)
    {
        if (rows.Rows == 0) throw new ArgumentException("A curve needs a row.", nameof(rows));
        var values = new double[grid.Values.Count * rows.Rows];
        Parallel.For(0, grid.Values.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, () => new ColumnTrial(rows), (step, _, trial) =>
        {
            trial.Set(grid.Feature, grid.Values[step]);
            function(trial.Rows, values.AsSpan(step * rows.Rows, rows.Rows));
            return trial;
        }, _ => { });
        return new IceCurves(grid, rows.Rows, values);
    }
}
