namespace CreditWorkbench.Core.Exchange;

/// <summary>Attributes of ONNX nodes as AttributeProto messages.</summary>
internal static class OnnxAttributes
{
    private const int NameField = 1;
    private const int TypeField = 20;

    /// <summary>A whole number.</summary>
    public static ProtoWriter Integer(string name, long value) => Of(name, 2).Integer(3, value);

    /// <summary>A number.</summary>
    public static ProtoWriter Single(string name, float value) => Of(name, 1).Single(2, value);

    /// <summary>A text.</summary>
    public static ProtoWriter Text(string name, string value) => Of(name, 3).Text(4, value);

    /// <summary>Numbers in double, as a tensor.</summary>
    public static ProtoWriter Doubles(string name, IReadOnlyList<double> values) => Of(name, 4).Message(5, OnnxTensors.Doubles("", values, [values.Count]));

    /// <summary>Numbers.</summary>
    public static ProtoWriter Singles(string name, IEnumerable<float> values)
    {
        var attribute = Of(name, 6);
        foreach (var value in values) attribute.Single(7, value);
        return attribute;
    }

    /// <summary>Whole numbers.</summary>
    public static ProtoWriter Integers(string name, IEnumerable<long> values)
    {
        var attribute = Of(name, 7);
        foreach (var value in values) attribute.Integer(8, value);
        return attribute;
    }

    /// <summary>Texts.</summary>
    public static ProtoWriter Texts(string name, IEnumerable<string> values)
    {
        var attribute = Of(name, 8);
        foreach (var value in values) attribute.Text(9, value);
        return attribute;
    }

    private static ProtoWriter Of(string name, int type) => new ProtoWriter().Text(NameField, name).Integer(TypeField, type);
}
