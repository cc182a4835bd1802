using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Writes a predictor as nodes of an ONNX graph, in float64 but for the sums of trees, which runtimes give out in float32.</summary>
/// <param name="graph">The graph.</param>
/// <param name="features">Name of the matrix of features, in float64: [rows, columns].</param>
/// <param name="codes">Numbers of the special codes per column.</param>
internal sealed class OnnxPredictorWriter(OnnxGraphWriter graph, string features, IReadOnlyList<float[]> codes)
{
    /// <summary>Adds a predictor.</summary>
    /// <returns>Name of its margin, in float64: [rows, 1]; or <c>export.family</c>.</returns>
    public Outcome<string> Write(Predictor predictor) => predictor switch
    {
        TreeEnsemble ensemble => Write(ensemble),
        PointsScorecard scorecard => Write(scorecard),
        LinearPredictor linear => Write(linear),
        BlendPredictor blend => Write(blend),
        _ => new Problem("export.family", $"A model of family {predictor.Family} is not written as ONNX.") { Remedy = "Export it as JSON." },
    };

    private string Write(TreeEnsemble ensemble)
    {
        if (ensemble.Link.Kind == LinkKind.Logit) return WriteForest(ensemble);
        var writer = new OnnxTreeWriter(targets: 1);
        OnnxEnsembleWriter.Write(writer, ensemble, codes, value => [value * ensemble.LeafWeight]);
        return Doubles(writer.Write(graph, features, ensemble.BaseValue));
    }

    // Both probabilities are summed: near 1 a float32 has no digits left for what lacks to 1, and the logit needs them.
    private string WriteForest(TreeEnsemble ensemble)
    {
        var writer = new OnnxTreeWriter(targets: 2);
        OnnxEnsembleWriter.Write(writer, ensemble, codes, value => [value * ensemble.LeafWeight, (1.0 - value) * ensemble.LeafWeight]);
        var sums = Doubles(writer.Write(graph, features, ensemble.BaseValue));
        var edge = 1.0 / (2.0 * ensemble.Link.TrainingRows);
        var kept = graph.Add("Min", [graph.Add("Max", [sums, graph.AddDoubles("least", [edge])]), graph.AddDoubles("most", [1.0 - edge])]);
        var logarithms = graph.Add("Log", [kept]);
        return graph.Add("MatMul", [logarithms, graph.AddDoubles("difference", [1.0, -1.0], 2, 1)]);
    }

    private string Write(PointsScorecard scorecard)
    {
        var writer = new OnnxTreeWriter(targets: 1);
        for (var column = 0; column < scorecard.FeatureCount; column++) StepFunction.Of(scorecard, column).Write(writer, column, codes[column]);
        return Doubles(writer.Write(graph, features, scorecard.Intercept));
    }

    // Slopes as arithmetic on the whole matrix, everything else as trees. A missing cell and a code stand at the mean, where a slope adds 0.
    private string Write(LinearPredictor linear)
    {
        var (columns, width) = (linear.Columns, linear.FeatureCount);
        var writer = new OnnxTreeWriter(targets: 1);
        for (var column = 0; column < width; column++) StepFunction.Of(columns[column]).Write(writer, column, codes[column]);
        string Row(string name, Func<LinearColumn, double> of) => graph.AddDoubles(name, [.. columns.Select(of)], 1, width);
        var means = Row("means", column => column.IsCategory ? 0.0 : column.Mean);
        var kept = graph.Add("Min", [graph.Add("Max", [features, Row("lows", column => column.IsCategory ? 0.0 : column.Low)]), Row("highs", column => column.IsCategory ? 0.0 : column.High)]);
        var regular = graph.Add("Where", [graph.Add("IsNaN", [features]), means, kept]);
        for (var code = 0; code < codes.Max(numbers => numbers.Length); code++)
        {
            // NaN equals nothing: a column without this code keeps its cells.
            var numbers = graph.AddDoubles("codes", [.. codes.Select(column => code < column.Length ? column[code] : double.NaN)], 1, width);
            regular = graph.Add("Where", [graph.Add("Equal", [features, numbers]), means, regular]);
        }

        var standard = graph.Add("Div", [graph.Add("Sub", [regular, means]), Row("deviations", column => column.Deviation)]);
        var slopes = graph.Add("MatMul", [standard, graph.AddDoubles("slopes", [.. columns.Select(column => column.IsCategory ? 0.0 : column.Slope)], width, 1)]);
        return graph.Add("Add", [slopes, Doubles(writer.Write(graph, features, linear.Intercept))]);
    }

    private Outcome<string> Write(BlendPredictor blend)
    {
        var sum = (string?)null;
        foreach (var member in blend.Members)
        {
            if (!Write(member.Predictor).TryGet(out var margin, out var problems)) return Outcome<string>.Refused(problems);
            var share = graph.Add("Add", [graph.Add("Mul", [margin, graph.AddDoubles("slope", [member.Weight * member.Slope])]), graph.AddDoubles("intercept", [member.Weight * member.Intercept])]);
            sum = sum is null ? share : graph.Add("Add", [sum, share]);
        }

        return sum!;
    }

    private string Doubles(string value) => graph.Add("Cast", [value], OnnxAttributes.Integer("to", OnnxTensors.Double));
}
