namespace CreditWorkbench.Core.Training;

/// <summary>Where the weights of a network's layers lie in one array: for each layer its weights [inputs x units], then its biases.</summary>
internal sealed class NetworkShape
{
    /// <summary>Lays out a network.</summary>
    /// <param name="inputs">Inputs of the first layer.</param>
    /// <param name="hidden">Units of the hidden layers.</param>
    public NetworkShape(int inputs, IReadOnlyList<int> hidden)
    {
        Units = [inputs, .. hidden, 1];
        Weights = new int[Units.Length - 1];
        Biases = new int[Units.Length - 1];
        for (var layer = 0; layer < Weights.Length; layer++)
        {
            Weights[layer] = layer == 0 ? 0 : Biases[layer - 1] + Units[layer];
            Biases[layer] = checked(Weights[layer] + Units[layer] * Units[layer + 1]);
        }
    }

    /// <summary>Inputs, units of each hidden layer, and the one output.</summary>
    public int[] Units { get; }

    /// <summary>Start of each layer's weights.</summary>
    public int[] Weights { get; }

    /// <summary>Start of each layer's biases.</summary>
    public int[] Biases { get; }

    /// <summary>Number of layers, the output included.</summary>
    public int Layers => Weights.Length;

    /// <summary>Length of the array.</summary>
    public int Size => Biases[^1] + 1;
}
