using System.Collections.Immutable;

namespace CreditWorkbench.Core.Predictors;

/// <summary>A small feed-forward network: one or two hidden layers of rectified units, one output in log-odds of bad.</summary>
/// <remarks>A challenger only: its Shapley values are sampled, so it does not decide where reasons are owed. Rectified units use only
/// operations that IEEE 754 fixes, and sums run in one order, so that a margin has the same bits everywhere.</remarks>
public sealed class NeuralNetwork : Predictor
{
    private readonly int[] _firstInput;

    /// <summary>Assembles a network.</summary>
    /// <param name="columns">One per feature.</param>
    /// <param name="layers">One or two hidden layers, then the output layer of one unit.</param>
    /// <exception cref="ArgumentException">Shapes differ, or a number is not finite.</exception>
    public NeuralNetwork(ImmutableArray<NetworkColumn> columns, ImmutableArray<NetworkLayer> layers)
    {
        if (Fault(columns, layers) is { } fault) throw new ArgumentException(fault, nameof(layers));
        (Columns, Layers) = (columns, layers);
        _firstInput = new int[columns.Length];
        for (var i = 1; i < columns.Length; i++) _firstInput[i] = _firstInput[i - 1] + columns[i - 1].Inputs;
    }

    /// <inheritdoc/>
    public override string Family => "network";

    /// <inheritdoc/>
    public override int FeatureCount => Columns.Length;

    /// <inheritdoc/>
    public override Link Link => Link.LogOdds;

    /// <inheritdoc/>
    public override bool ReasonsAreExact => false;

    /// <summary>How each column enters.</summary>
    public ImmutableArray<NetworkColumn> Columns { get; }

    /// <summary>Hidden layers, then the output.</summary>
    public ImmutableArray<NetworkLayer> Layers { get; }

    /// <inheritdoc/>
    public override double Quantity(ReadOnlySpan<float> features)
    {
        var activations = FirstLayer(features);
        for (var layer = 1; layer < Layers.Length; layer++) activations = NextLayer(Layers[layer], activations);
        return activations[0];
    }

    /// <summary>What is wrong with the parts; null when nothing is.</summary>
    internal static string? Fault(ImmutableArray<NetworkColumn> columns, ImmutableArray<NetworkLayer> layers)
    {
        if (columns.IsDefaultOrEmpty) return "A network has at least one column.";
        if (layers.IsDefault || layers.Length is < 2 or > 3) return "A network has one or two hidden layers and an output.";
        var inputs = 0L;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Fault() is { } fault) return $"Column {i}: {fault}";
            inputs += columns[i].Inputs;
        }

        if (inputs > int.MaxValue) return "The network has too many inputs.";
        for (var layer = 0; layer < layers.Length; layer++)
        {
            if (layers[layer].Fault((int)inputs) is { } fault) return $"Layer {layer}: {fault}";
            inputs = layers[layer].Units;
        }

        return inputs == 1 ? null : "The output layer has one unit.";
    }

    /// <summary>Each column feeds one input at most, so the first layer sums one line of weights per column.</summary>
    private double[] FirstLayer(ReadOnlySpan<float> features)
    {
        var layer = Layers[0];
        var units = layer.Biases.AsSpan().ToArray();
        for (var column = 0; column < Columns.Length; column++)
        {
            var (input, value) = Columns[column].InputOf(features[column]);
            var weights = layer.Weights.AsSpan().Slice((_firstInput[column] + input) * units.Length, units.Length);
            for (var unit = 0; unit < units.Length; unit++) units[unit] += value * weights[unit];
        }

        return units;
    }

    private static double[] NextLayer(NetworkLayer layer, double[] activations)
    {
        var units = layer.Biases.AsSpan().ToArray();
        for (var input = 0; input < activations.Length; input++)
        {
            // A rectified unit below 0 is silent.
            if (!(activations[input] > 0.0)) continue;
            var weights = layer.Weights.AsSpan().Slice(input * units.Length, units.Length);
            for (var unit = 0; unit < units.Length; unit++) units[unit] += activations[input] * weights[unit];
        }

        return units;
    }
}
