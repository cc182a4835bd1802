using System.Collections.Immutable;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The body of an encoded neural network; its layout stands at <see cref="PredictorEncoding"/>.</summary>
internal static class NeuralNetworkEncoding
{
    private const int ColumnBytes = 32;
    private const int LeastLayerBytes = 12;

    /// <summary>Writes the body.</summary>
    public static void Write(NeuralNetwork network, BinaryWriter writer)
    {
        writer.Write(network.Columns.Length);
        foreach (var column in network.Columns)
        {
            writer.Write(column.Mean);
            writer.Write(column.Deviation);
            writer.Write(column.Low);
            writer.Write(column.High);
            writer.Write(column.Categories);
            writer.Write(column.SpecialCodes);
        }

        writer.Write(network.Layers.Length);
        foreach (var layer in network.Layers)
        {
            writer.Write(layer.Inputs);
            writer.WriteArray(layer.Weights);
            writer.WriteArray(layer.Biases);
        }
    }

    /// <summary>Reads the body and checks that every vector has a finite margin.</summary>
    public static Outcome<Predictor> Read(ReadOnlySpan<byte> body)
    {
        var reader = new SpanReader(body);
        var columns = new NetworkColumn[reader.Count(ColumnBytes)];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new NetworkColumn(reader.Double(), reader.Double(), reader.Single(), reader.Single(), reader.Int32(), reader.Int32());
        var layers = new NetworkLayer[reader.Count(LeastLayerBytes)];
        for (var i = 0; i < layers.Length; i++) layers[i] = new NetworkLayer(reader.Int32(), reader.ImmutableArray<double>(), reader.ImmutableArray<double>());
        if (!reader.IsAtEnd) return PredictorEncoding.Refusal("invalid", "The network's parts do not fill its bytes.");
        var (allColumns, allLayers) = (ImmutableArray.Create(columns), ImmutableArray.Create(layers));
        return NeuralNetwork.Fault(allColumns, allLayers) is { } fault ? PredictorEncoding.Refusal("invalid", fault) : new NeuralNetwork(allColumns, allLayers);
    }
}
