using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Why an ONNX file is not read.</summary>
internal static class OnnxRefusals
{
    private const string Remedy = "Export the trained trees alone, as a binary classifier with probabilities, and do what comes before them in the data.";

    /// <summary>A node that is not understood.</summary>
    public static Problem Node(OnnxNode node, string why) => new("onnx.node", $"Node {node.Label} is not understood: {why}") { Remedy = Remedy };

    /// <summary>A graph that does not hang together.</summary>
    public static Problem Graph(string message) => Of("graph", message);

    /// <summary>A refusal by its reason.</summary>
    public static Problem Of(string reason, string message) => new($"onnx.{reason}", message) { Remedy = Remedy };
}
