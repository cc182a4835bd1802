using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

public sealed class NeuralNetworkTests
{
    [Fact]
    public void Quantity_AnyVector_IsTheForwardPassOnPaper() =>
        Assert.All(SamplePredictors.Vectors(), vector => Assert.Equal(Forward(vector), SamplePredictors.Network.Quantity(vector), 12));

    [Fact]
    public void Constructor_ShapesThatDoNotFit_AreRefused()
    {
        var network = SamplePredictors.Network;

        Assert.False(network.ReasonsAreExact);
        Assert.Throws<ArgumentException>(() => new NeuralNetwork(network.Columns, [network.Layers[0]]));
        Assert.Throws<ArgumentException>(() => new NeuralNetwork(network.Columns, [network.Layers[0], network.Layers[1]]));
        Assert.Throws<ArgumentException>(() => new NeuralNetwork([network.Columns[0]], network.Layers));
        Assert.Throws<ArgumentException>(() => new NeuralNetwork(network.Columns, [network.Layers[0] with { Biases = [double.NaN, 0] }, network.Layers[1], network.Layers[2]]));
    }

    /// <summary>Dense inputs, all products written out: value, missing, two codes; three categories, missing.</summary>
    private static double Forward(float[] vector)
    {
        var inputs = new double[8];
        if (!float.IsNaN(vector[0])) inputs[0] = (Math.Clamp(vector[0], 10f, 70f) - 30.0) / 8.0;
        else inputs[CodedNaN.CodeOf(vector[0]) is 1 or 2 ? 1 + CodedNaN.CodeOf(vector[0]) : 1] = 1;
        if (float.IsNaN(vector[1])) inputs[7] = 1;
        else if (vector[1] is 0f or 1f or 2f) inputs[4 + (int)vector[1]] = 1;
        foreach (var layer in SamplePredictors.Network.Layers)
        {
            var isOutput = layer.Units == 1;
            inputs = [.. Enumerable.Range(0, layer.Units).Select(unit =>
            {
                var sum = layer.Biases[unit] + inputs.Select((input, i) => input * layer.Weights[i * layer.Units + unit]).Sum();
                return isOutput ? sum : Math.Max(0, sum);
            })];
        }

        return inputs[0];
    }
}
