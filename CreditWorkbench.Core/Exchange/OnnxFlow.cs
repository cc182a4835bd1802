using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Follows the values of an ONNX graph from an output back to its inputs and says what they mean.</summary>
/// <remarks>Known are the trees and what converters put around them: joined and cast inputs in front; a factor, a number to add, a
/// sigmoid, the choice of a label and a map of labels behind. Whatever changes a cell before the trees see it, or a number afterwards in
/// another way, is refused by the node's name. Operators: onnx.ai, sets ai.onnx and ai.onnx.ml.</remarks>
internal sealed class OnnxFlow(OnnxGraph graph)
{
    private const int MostSteps = 256;
    private const int MostWork = 1 << 20;
    private readonly Dictionary<string, Outcome<OnnxValue>> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private long _work;

    /// <summary>What a value means.</summary>
    /// <param name="name">Name of the value.</param>
    /// <returns>Its meaning, or <c>onnx.node</c> or <c>onnx.graph</c>, or a refusal of the trees.</returns>
    public Outcome<OnnxValue> Of(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        if (_open.Count >= MostSteps) return OnnxRefusals.Graph($"The value {name} lies more than {MostSteps} nodes from the output.");
        if (!_open.Add(name)) return OnnxRefusals.Graph($"The value {name} depends on itself.");
        var meaning = graph.MakerOf(name) is { } maker ? Made(maker, name) : Input(name);
        _open.Remove(name);
        // A small file can join the same columns, or add up the same trees, again and again.
        _work += meaning.Succeeded ? meaning.Value.Size : 0;
        if (_work > MostWork) meaning = OnnxRefusals.Graph("The graph joins more columns and sums than a model needs.");
        _known[name] = meaning;
        return meaning;
    }

    private Outcome<OnnxValue> Input(string name)
    {
        if (graph.Input(name) is not { } input) return OnnxRefusals.Graph($"No node makes the value {name}, and it is no input.");
        if (!input.IsNumber) return OnnxRefusals.Graph($"The input {name} does not hold numbers.");
        var columns = input.Width is { } width ? Enumerable.Range(0, width).Select(index => new OnnxColumn(name, index, width)).ToList() : null;
        return new OnnxFeatures(columns, name, input.IsWhole);
    }

    private Outcome<OnnxValue> Made(OnnxNode node, string name) => (node.Domain, node.Operation) switch
    {
        ("", "Identity" or "Dropout") or ("ai.onnx.ml", "ZipMap") => First(node),
        ("", "Cast") => First(node).Then(value => Cast(node, value)),
        ("", "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze") => First(node).Then(value => Reshaped(node, value)),
        ("", "Concat") or ("ai.onnx.ml", "FeatureVectorizer") => Joined(node),
        ("ai.onnx.ml", "Scaler") => Unchanged(node, node.Numbers("offset").TrueForAll(number => number == 0) && node.Numbers("scale").TrueForAll(number => number == 1)),
        ("ai.onnx.ml", "Imputer") => Unchanged(node, node.Numbers("imputed_value_floats") is { Count: > 0 } imputed && imputed.TrueForAll(double.IsNaN)),
        ("", "Mul" or "Add" or "Sub" or "Div" or "Neg" or "Sum") => Arithmetic(node),
        ("", "Sigmoid") => First(node).Then<OnnxValue>(value => value is OnnxSum sum ? new OnnxChance(sum) : OnnxRefusals.Node(node, "It takes something else than a sum of trees.")),
        ("ai.onnx.ml", "TreeEnsembleRegressor") when node.Outputs is [_] => Matrix(node).Then(features => OnnxEnsembles.Regressor(node, features)),
        ("ai.onnx.ml", "TreeEnsembleClassifier") when node.Outputs.Count <= 2 => node.Outputs[0] == name ? new OnnxLabel() : Matrix(node).Then(features => OnnxEnsembles.Classifier(node, features)),
        ("", "ArgMax" or "Greater" or "Less" or "GreaterOrEqual" or "LessOrEqual" or "Equal") or ("ai.onnx.ml", "Binarizer") => new OnnxLabel(),
        _ => OnnxRefusals.Node(node, "This program does not know what it does to a score."),
    };

    private Outcome<OnnxValue> First(OnnxNode node) => node.Inputs.Count > 0 ? Of(node.Inputs[0]) : OnnxRefusals.Node(node, "It takes nothing.");

    private Outcome<OnnxFeatures> Matrix(OnnxNode node) => First(node).Then<OnnxFeatures>(value => value is OnnxFeatures features ? features : OnnxRefusals.Node(node, "It takes something else than the inputs' columns."));

    // To float or double nothing is lost that our float32 cells hold; to whole numbers fractions are.
    private static Outcome<OnnxValue> Cast(OnnxNode node, OnnxValue value)
    {
        if (node.Integer("to", 0) is 1 or 11) return value;
        return value switch
        {
            OnnxFeatures { IsWhole: true } => value,
            OnnxFeatures => OnnxRefusals.Node(node, "It cuts the inputs' fractions off."),
            _ => new OnnxLabel(),
        };
    }

    private static Outcome<OnnxValue> Reshaped(OnnxNode node, OnnxValue value) => value is OnnxFeatures { Columns.Count: > 1 } or OnnxFeatures { Columns: null }
        ? OnnxRefusals.Node(node, "It may put the inputs' columns into another order.")
        : value;

    private static Outcome<OnnxValue> Refused(OnnxNode node) => OnnxRefusals.Node(node, "It changes the inputs before the trees see them.");

    private Outcome<OnnxValue> Unchanged(OnnxNode node, bool isIdentity) => isIdentity ? First(node) : Refused(node);

    private Outcome<OnnxValue> Joined(OnnxNode node)
    {
        if (node.Operation == "Concat" && node.Integer("axis", 1) is not (1 or -1)) return OnnxRefusals.Node(node, "It joins rows, not columns.");
        var columns = new List<OnnxColumn>();
        foreach (var input in node.Inputs)
        {
            if (!Of(input).TryGet(out var value, out var problems)) return Outcome<OnnxValue>.Refused(problems);
            if (value is not OnnxFeatures { Columns: { } joined }) return OnnxRefusals.Node(node, $"Its input {input} is no matrix of a known number of columns.");
            if (columns.Count + joined.Count > OnnxInput.MostColumns) return OnnxRefusals.Node(node, $"It joins more than {OnnxInput.MostColumns} columns.");
            columns.AddRange(joined);
        }

        return columns.Count > 0 ? new OnnxFeatures(columns, null, false) : OnnxRefusals.Node(node, "It takes nothing.");
    }

    private Outcome<OnnxValue> Arithmetic(OnnxNode node)
    {
        var (sums, constants) = (new List<OnnxSum>(), new List<double>());
        var isConstantFirst = false;
        foreach (var input in node.Inputs)
        {
            if (graph.Constant(input) is { } constant)
            {
                if (constant.Values is not [var number] || !double.IsFinite(number)) return OnnxRefusals.Node(node, $"{input} is not one finite number.");
                isConstantFirst = sums.Count == 0;
                constants.Add(number);
                continue;
            }

            if (!Of(input).TryGet(out var value, out var problems)) return Outcome<OnnxValue>.Refused(problems);
            if (value is not OnnxSum sum) return OnnxRefusals.Node(node, $"Its input {input} is no sum of trees.");
            sums.Add(sum);
        }

        return (node.Operation, sums, constants) switch
        {
            ("Mul", [var sum], [var factor]) => sum.Times(factor, 0),
            ("Add" or "Sum", [var sum], [var number]) => sum.Times(1, number),
            ("Sub", [var sum], [var number]) => isConstantFirst ? sum.Times(-1, number) : sum.Times(1, -number),
            ("Div", [var sum], [var number]) when !isConstantFirst && number != 0 => sum.Times(1 / number, 0),
            ("Neg", [var sum], []) => sum.Times(-1, 0),
            ("Add" or "Sum", [var first, ..], []) when sums.Sum(sum => sum.Parts.Count) <= OnnxSum.MostParts => new OnnxSum([.. sums.SelectMany(sum => sum.Parts)], sums.Sum(sum => sum.Offset), first.Label),
            _ => OnnxRefusals.Node(node, "It makes no sum of trees and numbers."),
        };
    }
}
