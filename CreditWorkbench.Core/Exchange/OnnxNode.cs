namespace CreditWorkbench.Core.Exchange;

/// <summary>A step of an ONNX graph.</summary>
internal sealed class OnnxNode
{
    private readonly Dictionary<string, OnnxAttribute> _attributes = new(StringComparer.Ordinal);

    /// <summary>Its name; empty where it has none.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it does.</summary>
    public string Operation { get; private set; } = "";

    /// <summary>Set of operators that it belongs to; empty for the standard one.</summary>
    public string Domain { get; private set; } = "";

    /// <summary>Names of the values that it takes.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>Names of the values that it makes.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>How a message names it.</summary>
    public string Label => Name.Length > 0 ? $"'{Name}' ({Operation})" : $"'{(Outputs.Count > 0 ? Outputs[0] : "")}' ({Operation})";

    /// <summary>Reads a NodeProto.</summary>
    public static OnnxNode Read(ReadOnlyMemory<byte> message)
    {
        var node = new OnnxNode();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: node.Inputs.Add(reader.Text()); break;
                case 2: node.Outputs.Add(reader.Text()); break;
                case 3: node.Name = reader.Text(); break;
                case 4: node.Operation = reader.Text(); break;
                case 5: node.AddAttribute(reader.Bytes()); break;
                case 7: node.Domain = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return node;
    }

    /// <summary>Whether it has an attribute.</summary>
    public bool Has(string name) => _attributes.ContainsKey(name);

    /// <summary>Whole numbers of an attribute; empty where it has none.</summary>
    public List<long> Integers(string name) => _attributes.TryGetValue(name, out var attribute) ? attribute.Integers() : [];

    /// <summary>One whole number of an attribute.</summary>
    public long Integer(string name, long otherwise) => Integers(name) is [var only, ..] ? only : otherwise;

    /// <summary>Numbers of an attribute, or of the one named <c>NAME_as_tensor</c>, which holds them in double; empty where it has
    /// neither.</summary>
    public List<double> Numbers(string name)
    {
        var plain = _attributes.TryGetValue(name, out var attribute) ? attribute.Numbers() : [];
        if (!_attributes.TryGetValue($"{name}_as_tensor", out var wide)) return plain;
        return plain.Count == 0 ? wide.Numbers() : throw new InvalidDataException($"node {Label} gives {name} twice.");
    }

    /// <summary>Text of an attribute.</summary>
    public string Text(string name, string otherwise) => _attributes.TryGetValue(name, out var attribute) ? attribute.Text() : otherwise;

    /// <summary>Texts of an attribute, each as what it means; empty where it has none.</summary>
    public List<T> Texts<T>(string name, Func<ReadOnlySpan<byte>, T> meaning) => _attributes.TryGetValue(name, out var attribute) ? attribute.Texts(meaning) : [];

    /// <summary>Texts of an attribute; empty where it has none.</summary>
    public List<string> Texts(string name) => _attributes.TryGetValue(name, out var attribute) ? attribute.Texts() : [];

    /// <summary>Tensor of an attribute; null where it has none.</summary>
    public OnnxTensor? Tensor(string name) => _attributes.TryGetValue(name, out var attribute) ? attribute.Tensor() : null;

    private void AddAttribute(ReadOnlyMemory<byte> message)
    {
        var name = OnnxAttribute.NameOf(message);
        if (!_attributes.TryAdd(name, new OnnxAttribute(message))) throw new InvalidDataException($"node {Label} has the attribute {name} twice.");
    }
}
