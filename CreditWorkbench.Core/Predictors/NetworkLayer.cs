using System.Collections.Immutable;

namespace CreditWorkbench.Core.Predictors;

/// <summary>Weights of one layer of a <see cref="NeuralNetwork"/>.</summary>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Weights">Shape [inputs x units]: all units' weights of the first input, then of the second, and so on.</param>
/// <param name="Biases">Shape [units].</param>
public sealed record NetworkLayer(int Inputs, ImmutableArray<double> Weights, ImmutableArray<double> Biases)
{
    /// <summary>Number of units.</summary>
    public int Units => Biases.Length;

    /// <summary>What is wrong with the layer; null when nothing is.</summary>
    internal string? Fault(int inputs)
    {
        if (Weights.IsDefault || Biases.IsDefaultOrEmpty || Inputs != inputs || Weights.Length != (long)inputs * Biases.Length) return "Weights and biases do not have the shape of the layer.";
        return Weights.All(BoundedNumber.IsBounded) && Biases.All(BoundedNumber.IsBounded) ? null : "A weight is not a finite number of usual size.";
    }
}
