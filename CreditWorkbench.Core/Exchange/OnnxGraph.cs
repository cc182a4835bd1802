namespace CreditWorkbench.Core.Exchange;

/// <summary>What an ONNX file says, before anybody asks whether it makes sense.</summary>
internal sealed class OnnxGraph
{
    private const int MostNodes = 100_000;
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxInput> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private int _nodes;

    /// <summary>Program and version that wrote the file.</summary>
    public string Producer { get; private set; } = "";

    /// <summary>Version of the file format; 0 where the file has none.</summary>
    public long FormatVersion { get; private set; }

    /// <summary>Whether the file has a graph.</summary>
    public bool HasGraph { get; private set; }

    /// <summary>Names of the values that the graph gives out, in order.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Reads a ModelProto.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says where.</exception>
    public static OnnxGraph Read(ReadOnlyMemory<byte> file)
    {
        var (graph, name, version) = (new OnnxGraph(), "", "");
        var reader = new ProtoReader(file);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: graph.FormatVersion = reader.Integer(); break;
                case 2: name = reader.Text(); break;
                case 3: version = reader.Text(); break;
                case 7: graph.ReadGraph(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        graph.Producer = $"{name} {version}".Trim();
        return graph;
    }

    /// <summary>The node that makes a value; null where none does.</summary>
    public OnnxNode? MakerOf(string value) => _makers.GetValueOrDefault(value);

    /// <summary>The input of this name; null where there is none.</summary>
    public OnnxInput? Input(string name) => _constants.ContainsKey(name) ? null : _inputs.GetValueOrDefault(name);

    /// <summary>The constant of this name, given as such or by a node; null where there is none.</summary>
    public OnnxTensor? Constant(string name)
    {
        if (_constants.TryGetValue(name, out var constant)) return constant;
        if (MakerOf(name) is not { Operation: "Constant" } maker) return null;
        return maker.Tensor("value") ?? (maker.Has("value_float") ? new OnnxTensor(name, maker.Numbers("value_float")) : null);
    }

    private void ReadGraph(ReadOnlyMemory<byte> message)
    {
        if (HasGraph) throw new InvalidDataException("the file has two graphs.");
        HasGraph = true;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: AddNode(OnnxNode.Read(reader.Bytes())); break;
                case 5: AddConstant(OnnxTensor.Read(reader.Bytes())); break;
                case 11: AddInput(OnnxInput.Read(reader.Bytes())); break;
                case 12: Outputs.Add(OnnxInput.Read(reader.Bytes()).Name); break;
                default: reader.Skip(); break;
            }
        }
    }

    private void AddNode(OnnxNode node)
    {
        if (++_nodes > MostNodes) throw new InvalidDataException($"the graph has more than {MostNodes} nodes.");
        foreach (var output in node.Outputs)
        {
            if (output.Length > 0 && !_makers.TryAdd(output, node)) throw new InvalidDataException($"two nodes make the value {output}.");
        }
    }

    private void AddConstant(OnnxTensor constant)
    {
        if (!_constants.TryAdd(constant.Name, constant)) throw new InvalidDataException($"the constant {constant.Name} stands twice.");
    }

    private void AddInput(OnnxInput input)
    {
        if (!_inputs.TryAdd(input.Name, input)) throw new InvalidDataException($"the input {input.Name} stands twice.");
    }
}
