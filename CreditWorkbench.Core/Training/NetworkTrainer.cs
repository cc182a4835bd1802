using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Trains a small neural network: a challenger that shows what a model without a readable form could reach.</summary>
/// <remarks>It keeps no declared direction, and its reasons are sampled, so it cannot be promoted where reasons are owed.</remarks>
public static class NetworkTrainer
{
    private const ulong StoppingPurpose = 0x4E01;

    /// <summary>Trains a network.</summary>
    /// <param name="features">Training rows.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones. Only their ratios count.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Equal seeds, settings and data give equal bytes, whatever the number of threads.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Told the share of passes done, in (0, 1].</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">Rows that <see cref="TrainingInput"/> refuses, or a setting outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralNetwork Train(
        FeatureMatrix features, byte[] bad, double[]? weights, NetworkSettings settings, ulong seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, bad, weights);
        var mean = weights?.Average() ?? 1.0;
        var unit = weights?.Select(weight => weight / mean).ToArray();
        var design = new CodedInputs(features, unit, settings.ClipShare, settings.MinCategoryRows, int.MaxValue, threads, cancellation);
        var (training, stopping) = Part(bad, settings.StoppingShare, seed);
        var run = new NetworkRun(design, bad, unit, settings, seed, threads, cancellation);
        var network = Assemble(design, run.Shape, run.Fit(training, stopping, progress));
        progress?.Report(1.0);
        return network;
    }

    /// <summary>Goes on training a network on new rows from the weights that it has; its coding of columns stays.</summary>
    /// <param name="known">The network. Left as it is.</param>
    /// <param name="features">New rows with the network's columns.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones. Only their ratios count.</param>
    /// <param name="settings">Passes and steps; the shape of the network is not read.</param>
    /// <param name="seed">Equal seeds, networks, settings and data give equal bytes, whatever the number of threads.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>The weights of the pass with the least log-loss on stopping rows of the new ones; the network as it was where no pass helped.</returns>
    /// <exception cref="ArgumentException">Rows that <see cref="TrainingInput"/> refuses, other columns, or a setting outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralNetwork Continue(
        NeuralNetwork known, FeatureMatrix features, byte[] bad, double[]? weights, NetworkSettings settings, ulong seed, int threads = 1, CancellationToken cancellation = default)
    {
        settings = settings with { Hidden = [.. known.Layers.SkipLast(1).Select(layer => layer.Units)] };
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, bad, weights);
        if (known.FeatureCount != features.Columns.Count) throw new ArgumentException($"The network has {known.FeatureCount} columns and the rows have {features.Columns.Count}.", nameof(features));
        var design = new CodedInputs(features, [.. known.Columns.Select((column, at) => CodedInput.Kept(features.Columns[at], column))]);
        if (design.Inputs != known.Layers[0].Inputs) throw new ArgumentException("The rows have other categories or codes than the network.", nameof(features));
        double[] start = [.. known.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases))];
        var mean = weights?.Average() ?? 1.0;
        var (training, stopping) = Part(bad, settings.StoppingShare, seed);
        var run = new NetworkRun(design, bad, weights?.Select(weight => weight / mean).ToArray(), settings, seed, threads, cancellation);
        return Assemble(design, run.Shape, run.Fit(training, stopping, null, start));
    }

    /// <summary>Sets rows of both classes aside, at least one of each, and leaves at least one of each.</summary>
    private static (int[] Training, int[] Stopping) Part(byte[] bad, double share, ulong seed)
    {
        var isStopping = new bool[bad.Length];
        for (byte outcome = 0; outcome <= 1; outcome++)
        {
            var rows = Enumerable.Range(0, bad.Length).Where(row => bad[row] == outcome).ToArray();
            new RandomStream(seed, StoppingPurpose, outcome).Shuffle(rows);
            foreach (var row in rows.Take(Math.Clamp((int)(share * rows.Length), 1, rows.Length - 1))) isStopping[row] = true;
        }

        return (Rows(false), Rows(true));

        int[] Rows(bool wanted) => [.. Enumerable.Range(0, bad.Length).Where(row => isStopping[row] == wanted)];
    }

    /// <summary>Pooled categories each get the pool's weights; a category without rows gets none, as one that was never seen.</summary>
    private static NeuralNetwork Assemble(CodedInputs design, NetworkShape shape, double[] parameters)
    {
        var units = shape.Units[1];
        var lines = new List<double>();
        var columns = new List<NetworkColumn>();
        for (var column = 0; column < design.Parts.Length; column++)
        {
            var part = design.Parts[column];
            IEnumerable<int> regular = part.CategoryInputs.Length > 0 ? part.CategoryInputs : [0];
            foreach (var input in regular.Concat(Enumerable.Range(part.RegularInputs, part.Codes)))
                lines.AddRange(input < 0 ? new double[units] : parameters.AsSpan((design.First[column] + input) * units, units).ToArray());
            columns.Add(new NetworkColumn(part.Mean, part.Deviation, part.Low, part.High, part.CategoryInputs.Length, part.Codes - 1));
        }

        var layers = new List<NetworkLayer> { new(lines.Count / units, [.. lines], Biases(0)) };
        for (var layer = 1; layer < shape.Layers; layer++)
            layers.Add(new NetworkLayer(shape.Units[layer], [.. parameters[shape.Weights[layer]..shape.Biases[layer]]], Biases(layer)));
        return new NeuralNetwork([.. columns], [.. layers]);

        System.Collections.Immutable.ImmutableArray<double> Biases(int layer) => [.. parameters.AsSpan(shape.Biases[layer], shape.Units[layer + 1])];
    }
}
