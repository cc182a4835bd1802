using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>Fits the weights of a network by steps on batches of rows, until the stopping rows gain no more.</summary>
/// <remarks>Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019). A batch is always parted into the
/// same pieces, whose gradients are added in order, so that the threads do not show in the weights.</remarks>
internal sealed class NetworkRun
{
    private const ulong ShufflePurpose = 0x4E02;
    private const ulong StartPurpose = 0x4E03;
    private const int Pieces = 4;
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-8;
    private readonly CodedInputs _design;
    private readonly byte[] _bad;
    private readonly double[]? _weights;
    private readonly NetworkSettings _settings;
    private readonly ulong _seed;
    private readonly int _threads;
    private readonly CancellationToken _cancellation;
    private readonly NetworkShape _shape;
    private readonly NetworkPass[] _passes;
    private readonly int[][] _inputs;
    private readonly double[][] _values;
    private readonly double[] _first;
    private readonly double[] _second;
    private int _steps;

    /// <summary>Prepares a run.</summary>
    /// <param name="design">Rows as inputs.</param>
    /// <param name="bad">Outcomes.</param>
    /// <param name="weights">Row weights of mean 1, or null.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public NetworkRun(CodedInputs design, byte[] bad, double[]? weights, NetworkSettings settings, ulong seed, int threads, CancellationToken cancellation)
    {
        (_design, _bad, _weights, _settings, _seed, _threads, _cancellation) = (design, bad, weights, settings, seed, threads, cancellation);
        _shape = new NetworkShape(design.Inputs, settings.Hidden);
        _passes = [.. Enumerable.Range(0, Pieces).Select(_ => new NetworkPass(_shape))];
        _inputs = [.. Enumerable.Range(0, Pieces).Select(_ => new int[design.Columns])];
        _values = [.. Enumerable.Range(0, Pieces).Select(_ => new double[design.Columns])];
        (_first, _second) = (new double[_shape.Size], new double[_shape.Size]);
    }

    /// <summary>Where the weights lie.</summary>
    public NetworkShape Shape => _shape;

    /// <summary>The weights of the pass with the least log-loss on the stopping rows.</summary>
    /// <param name="training">Rows that take steps.</param>
    /// <param name="stopping">Rows that judge.</param>
    /// <param name="progress">Told the share of passes done.</param>
    /// <param name="known">Weights to start from; null to draw them.</param>
    public double[] Fit(int[] training, int[] stopping, IProgress<double>? progress, double[]? known = null)
    {
        var parameters = known ?? Start(training);
        var best = (double[])parameters.Clone();
        var (bestLoss, bestEpoch) = (MeanLoss(parameters, stopping), -1);
        var rows = (int[])training.Clone();
        for (var epoch = 0; epoch < _settings.Epochs && epoch - bestEpoch <= _settings.Patience; epoch++)
        {
            new RandomStream(_seed, ShufflePurpose, (ulong)epoch).Shuffle(rows);
            for (var at = 0; at < rows.Length; at += _settings.BatchRows) Step(parameters, rows.AsMemory(at, Math.Min(_settings.BatchRows, rows.Length - at)));
            var loss = MeanLoss(parameters, stopping);
            progress?.Report((epoch + 1.0) / (_settings.Epochs + 1.0));
            if (!(loss < bestLoss)) continue;
            (bestLoss, bestEpoch) = (loss, epoch);
            parameters.CopyTo(best, 0);
        }

        return best;
    }

    /// <summary>Weights drawn evenly so that a layer passes on the spread that it gets (He and others, 2015); a row feeds as many inputs as
    /// there are columns. The output starts at the base rate.</summary>
    private double[] Start(int[] training)
    {
        var parameters = new double[_shape.Size];
        var random = new RandomStream(_seed, StartPurpose);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var reach = Math.Sqrt(6.0 / (layer == 0 ? _design.Columns : _shape.Units[layer]));
            if (layer == _shape.Layers - 1) reach *= 0.1;
            foreach (ref var weight in parameters.AsSpan(_shape.Weights[layer].._shape.Biases[layer])) weight = reach * (2.0 * random.NextDouble() - 1.0);
        }

        var (goods, bads) = (0.0, 0.0);
        foreach (var row in training)
        {
            if (_bad[row] == 1) bads += WeightOf(row);
            else goods += WeightOf(row);
        }

        parameters[^1] = ReproducibleMath.Log(bads / goods);
        return parameters;
    }

    private void Step(double[] parameters, ReadOnlyMemory<int> batch)
    {
        Work.Over(Pieces, _threads, piece => Descend(parameters, piece, batch.Span), _cancellation);
        var gradient = _passes[0].Gradient;
        for (var piece = 1; piece < Pieces; piece++)
        {
            var other = _passes[piece].Gradient;
            for (var i = 0; i < gradient.Length; i++) gradient[i] += other[i];
        }

        _steps++;
        var scale = 1.0 / batch.Length;
        var (firstShare, secondShare) = (1.0 - Power(FirstDecay, _steps), 1.0 - Power(SecondDecay, _steps));
        for (var i = 0; i < gradient.Length; i++)
        {
            var slope = gradient[i] * scale;
            _first[i] = FirstDecay * _first[i] + (1.0 - FirstDecay) * slope;
            _second[i] = SecondDecay * _second[i] + (1.0 - SecondDecay) * slope * slope;
            parameters[i] -= _settings.LearningRate * (_first[i] / firstShare / (Math.Sqrt(_second[i] / secondShare) + Epsilon));
        }

        // Biases do not decay: the last of them carries the base rate.
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            foreach (ref var weight in parameters.AsSpan(_shape.Weights[layer].._shape.Biases[layer])) weight *= 1.0 - _settings.LearningRate * _settings.WeightDecay;
        }
    }

    private void Descend(double[] parameters, int piece, ReadOnlySpan<int> batch)
    {
        var (pass, inputs, values) = (_passes[piece], _inputs[piece], _values[piece]);
        Array.Clear(pass.Gradient);
        for (var at = batch.Length * piece / Pieces; at < batch.Length * (piece + 1) / Pieces; at++)
        {
            var row = batch[at];
            _design.Fill(row, inputs, values);
            var logOdds = pass.Forward(parameters, inputs, values);
            pass.Backward(parameters, inputs, values, WeightOf(row) * (ReproducibleMath.Logistic(logOdds) - _bad[row]));
        }
    }

    private double MeanLoss(double[] parameters, int[] rows)
    {
        var (losses, totals) = (new double[Pieces], new double[Pieces]);
        Work.Over(Pieces, _threads, piece =>
        {
            for (var at = (int)((long)rows.Length * piece / Pieces); at < (long)rows.Length * (piece + 1) / Pieces; at++)
            {
                _design.Fill(rows[at], _inputs[piece], _values[piece]);
                losses[piece] += WeightOf(rows[at]) * NetworkPass.Loss(_passes[piece].Forward(parameters, _inputs[piece], _values[piece]), _bad[rows[at]]);
                totals[piece] += WeightOf(rows[at]);
            }
        }, _cancellation);
        return losses.Sum() / totals.Sum();
    }

    private double WeightOf(int row) => _weights?[row] ?? 1.0;

    /// <summary>By repeated squares: the runtime's power function may differ in its last bit between machines.</summary>
    private static double Power(double factor, int exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1, factor *= factor)
        {
            if ((exponent & 1) == 1) power *= factor;
        }

        return power;
    }
}
