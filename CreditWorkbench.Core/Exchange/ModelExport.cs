using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>The way out: models of ours as files that other programs run.</summary>
public static class ModelExport
{
    /// <summary>Input of an exported graph: the model's vector as plain numbers, float32 [rows, columns].</summary>
    public const string Features = "features";

    /// <summary>Output: the margin, float32 [rows, 1].</summary>
    public const string Margin = "margin";

    /// <summary>Output: the probability of bad, float32 [rows, 1]; ordinal models have none.</summary>
    public const string Probability = "probability";

    /// <summary>Names of the formats that are written.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["onnx", "json"];

    /// <summary>Writes a model.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="request">The model.</param>
    /// <returns>The file, <c>export.format</c> where the format is unknown, or <c>export.family</c> where it has no words for the model.</returns>
    public static Outcome<byte[]> Write(string format, ExportRequest request) => format switch
    {
        "onnx" => Onnx(request),
        "json" => ModelJson.Write(request),
        _ => new Problem("export.format", $"The format '{format}' is unknown.") { Remedy = $"Use one of {string.Join(", ", Formats)}." },
    };

    /// <summary>An ONNX file with the margin and, for models of one outcome, the probability that the first calibrator makes of it.</summary>
    /// <remarks>Special codes enter as <see cref="CodeNumbers"/>, missing values as NaN, categories as their index. The file's property
    /// <c>features</c> lists the columns with both.</remarks>
    private static Outcome<byte[]> Onnx(ExportRequest request)
    {
        if (request.Columns.Count != request.Predictor.FeatureCount) return new Problem("export.columns", $"The model has {request.Predictor.FeatureCount} columns, its dictionary {request.Columns.Count}.") { Remedy = "Export an unaltered package." };
        var graph = new OnnxGraphWriter(request.Name);
        graph.AddDoor(isInput: true, Features, OnnxTensors.Float, request.Columns.Count);
        var cells = graph.Add("Cast", [Features], OnnxAttributes.Integer("to", OnnxTensors.Double));
        var codes = request.Columns.Select(CodeNumbers.Of).ToList();
        if (!new OnnxPredictorWriter(graph, cells, codes).Write(request.Predictor).TryGet(out var margin, out var problems)) return Outcome<byte[]>.Refused(problems);
        GiveOut(graph, margin, Margin);
        if (request.Predictor.Link.Kind != LinkKind.Ordinal)
        {
            var logOdds = graph.Add("Add", [graph.Add("Mul", [margin, graph.AddDoubles("plattSlope", [request.Platt.Slope])]), graph.AddDoubles("plattIntercept", [request.Platt.Intercept])]);
            GiveOut(graph, graph.Add("Sigmoid", [logOdds]), Probability);
        }

        graph.AddProperty("features", JsonSerializer.Serialize(request.Columns.Select((column, index) => new
        {
            name = column.Name,
            categories = column.Categories,
            codes = column.SpecialCodes.Select((code, k) => new { code, number = codes[index][k] }),
        })));
        graph.AddProperty("family", request.Predictor.Family);
        return graph.ToArray();
    }

    private static void GiveOut(OnnxGraphWriter graph, string value, string name)
    {
        graph.AddNode("", "Cast", [value], [name], [OnnxAttributes.Integer("to", OnnxTensors.Float)]);
        graph.AddDoor(isInput: false, name, OnnxTensors.Float, 1);
    }
}
