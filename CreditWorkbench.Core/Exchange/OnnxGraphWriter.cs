namespace CreditWorkbench.Core.Exchange;

/// <summary>Writes an ONNX file: constants, inputs, nodes and outputs, in the order in which they are added.</summary>
/// <remarks>Format version 8, operators of set 15 and of ai.onnx.ml 3, which runtimes since 2022 know.</remarks>
internal sealed class OnnxGraphWriter(string name)
{
    private const int FormatVersion = 8;
    private const int Operators = 15;
    private const int TreeOperators = 3;
    private readonly ProtoWriter _graph = new();
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);
    private int _names;

    /// <summary>Producer that the file names.</summary>
    public string Producer { get; init; } = "CreditWorkbench";

    /// <summary>A name that no other value has.</summary>
    public string Fresh(string beginning) => $"{beginning}_{++_names}";

    /// <summary>Adds an input or output of rows.</summary>
    /// <param name="isInput">Whether it is an input.</param>
    /// <param name="value">Its name.</param>
    /// <param name="type">Type of its cells.</param>
    /// <param name="columns">Columns of a row; null for rows without columns, 0 for a number that is not stated.</param>
    public void AddDoor(bool isInput, string value, int type, int? columns)
    {
        var shape = new ProtoWriter().Message(1, new ProtoWriter().Text(2, "rows"));
        if (columns is > 0) shape.Message(1, new ProtoWriter().Integer(1, columns.Value));
        else if (columns is 0) shape.Message(1, new ProtoWriter().Text(2, "columns"));
        var tensor = new ProtoWriter().Message(1, new ProtoWriter().Integer(1, type).Message(2, shape));
        _graph.Message(isInput ? 11 : 12, new ProtoWriter().Text(1, value).Message(2, tensor));
    }

    /// <summary>Adds a constant in float64.</summary>
    /// <returns>Its name.</returns>
    public string AddDoubles(string beginning, IReadOnlyList<double> values, params IReadOnlyList<long> shape)
    {
        var value = Fresh(beginning);
        _graph.Message(5, OnnxTensors.Doubles(value, values, shape));
        return value;
    }

    /// <summary>Adds a constant.</summary>
    public void AddConstant(ProtoWriter tensor) => _graph.Message(5, tensor);

    /// <summary>Adds a node of the standard operators that makes one value.</summary>
    /// <returns>The value's name.</returns>
    public string Add(string operation, IReadOnlyList<string> inputs, params IReadOnlyList<ProtoWriter> attributes)
    {
        var value = Fresh(operation);
        AddNode("", operation, inputs, [value], attributes);
        return value;
    }

    /// <summary>Adds a node.</summary>
    public void AddNode(string domain, string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, IReadOnlyList<ProtoWriter> attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs) node.Text(1, input);
        foreach (var output in outputs) node.Text(2, output);
        node.Text(3, $"{operation}_{outputs[0]}").Text(4, operation);
        foreach (var attribute in attributes) node.Message(5, attribute);
        if (domain.Length > 0) node.Text(7, domain);
        _graph.Message(1, node);
    }

    /// <summary>Notes a property of the model.</summary>
    public void AddProperty(string key, string value) => _properties[key] = value;

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        var model = new ProtoWriter().Integer(1, FormatVersion).Text(2, Producer).Message(7, _graph.Text(2, name))
            .Message(8, new ProtoWriter().Text(1, "").Integer(2, Operators)).Message(8, new ProtoWriter().Text(1, "ai.onnx.ml").Integer(2, TreeOperators));
        foreach (var (key, value) in _properties) model.Message(14, new ProtoWriter().Text(1, key).Text(2, value));
        return model.ToArray();
    }
}
