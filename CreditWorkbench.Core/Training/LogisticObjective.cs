using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>Mean weighted log-loss of a logistic regression with its ridge, and the derivatives that Newton's method needs.</summary>
/// <remarks>Rows are parted into a number of ranges that does not depend on the threads; their sums are added in order.</remarks>
internal sealed class LogisticObjective
{
    private const int BlockRows = 512;
    private const int MostRanges = 16;
    private const int MostCells = 1 << 24;
    private readonly LogisticDesign _design;
    private readonly byte[] _bad;
    private readonly double[] _shares;
    private readonly double[] _ridge;
    private readonly double[]? _centre;
    private readonly int _threads;
    private readonly CancellationToken _cancellation;
    private readonly RangeSums[] _ranges;

    /// <summary>Prepares sums.</summary>
    /// <param name="design">Rows.</param>
    /// <param name="bad">1 for bad, 0 for good.</param>
    /// <param name="weights">Row weights, or null; only their ratios count.</param>
    /// <param name="rules">Half of their ridge times the squared distance of the coefficient from their centre is added per input; the intercept has none.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Stops between ranges.</param>
    public LogisticObjective(LogisticDesign design, byte[] bad, double[]? weights, CoefficientRules rules, int threads, CancellationToken cancellation)
    {
        (_design, _bad, _ridge, _centre, _threads, _cancellation) = (design, bad, rules.Ridge, rules.Centre, threads, cancellation);
        _shares = new double[design.Rows];
        var total = 0.0;
        for (var row = 0; row < _shares.Length; row++) total += weights?[row] ?? 1.0;
        for (var row = 0; row < _shares.Length; row++) _shares[row] = (weights?[row] ?? 1.0) / total;
        var size = design.Inputs + 1;
        var count = (int)Math.Clamp(MostCells / ((long)size * size), 1, MostRanges);
        _ranges = [.. Enumerable.Range(0, count).Select(_ => new RangeSums(size))];
    }

    /// <summary>Number of coefficients: one per input, then the intercept.</summary>
    public int Size => _design.Inputs + 1;

    /// <summary>Gradient at the last point evaluated.</summary>
    public double[] Gradient => _ranges[0].Gradient;

    /// <summary>Second derivatives at the last point evaluated; shape [Size x Size], symmetric.</summary>
    public double[] Hessian => _ranges[0].Hessian;

    /// <summary>Loss with ridge; fills the derivatives.</summary>
    public double Evaluate(double[] coefficients)
    {
        Work.Over(_ranges.Length, _threads, range => Sum(_ranges[range], range, coefficients), _cancellation);
        var first = _ranges[0];
        foreach (var range in _ranges.AsSpan(1)) first.Add(range);
        return Finish(first, coefficients);
    }

    private void Sum(RangeSums sums, int range, double[] coefficients)
    {
        sums.Clear();
        var (first, end) = ((int)((long)_design.Rows * range / _ranges.Length), (int)((long)_design.Rows * (range + 1) / _ranges.Length));
        var inputs = new int[BlockRows * _design.Columns];
        var values = new double[inputs.Length];
        for (var start = first; start < end; start += BlockRows)
        {
            var count = Math.Min(BlockRows, end - start);
            _design.Fill(start, inputs.AsSpan(0, count * _design.Columns), values.AsSpan(0, count * _design.Columns));
            for (var i = 0; i < count; i++)
            {
                var at = i * _design.Columns;
                AddRow(sums, start + i, inputs.AsSpan(at, _design.Columns), values.AsSpan(at, _design.Columns), coefficients);
            }
        }
    }

    private void AddRow(RangeSums sums, int row, ReadOnlySpan<int> inputs, ReadOnlySpan<double> values, double[] coefficients)
    {
        var size = Size;
        var logOdds = coefficients[^1];
        for (var i = 0; i < inputs.Length; i++) logOdds += coefficients[inputs[i]] * values[i];
        var share = _shares[row];
        var probability = ReproducibleMath.Logistic(logOdds);
        sums.Loss += share * (Math.Max(logOdds, 0.0) - _bad[row] * logOdds + ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(logOdds))));
        var residual = share * (probability - _bad[row]);
        var curvature = share * probability * (1.0 - probability);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (values[i] == 0.0) continue;
            sums.Gradient[inputs[i]] += residual * values[i];
            var scaled = curvature * values[i];
            var line = sums.Hessian.AsSpan(inputs[i] * size, size);
            for (var j = i; j < inputs.Length; j++) line[inputs[j]] += scaled * values[j];
            line[^1] += scaled;
        }

        sums.Gradient[^1] += residual;
        sums.Hessian[^1] += curvature;
    }

    /// <summary>Adds the ridge and mirrors the upper triangle.</summary>
    private double Finish(RangeSums sums, double[] coefficients)
    {
        var (size, loss) = (Size, sums.Loss);
        for (var i = 0; i < size; i++)
        {
            if (i < _ridge.Length)
            {
                var distance = coefficients[i] - (_centre?[i] ?? 0.0);
                loss += 0.5 * _ridge[i] * distance * distance;
                sums.Gradient[i] += _ridge[i] * distance;
                sums.Hessian[i * size + i] += _ridge[i];
            }

            for (var j = i + 1; j < size; j++) sums.Hessian[j * size + i] = sums.Hessian[i * size + j];
        }

        return loss;
    }

    private sealed class RangeSums(int size)
    {
        public double Loss { get; set; }

        public double[] Gradient { get; } = new double[size];

        public double[] Hessian { get; } = new double[size * size];

        public void Clear()
        {
            Loss = 0.0;
            Array.Clear(Gradient);
            Array.Clear(Hessian);
        }

        public void Add(RangeSums other)
        {
            Loss += other.Loss;
            for (var i = 0; i < Gradient.Length; i++) Gradient[i] += other.Gradient[i];
            for (var i = 0; i < Hessian.Length; i++) Hessian[i] += other.Hessian[i];
        }
    }
}
