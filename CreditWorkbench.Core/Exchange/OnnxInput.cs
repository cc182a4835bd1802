namespace CreditWorkbench.Core.Exchange;

/// <summary>What a graph takes in under one name.</summary>
/// <param name="Name">The name.</param>
/// <param name="ElementType">TensorProto.DataType of its cells; 0 where it is no tensor.</param>
/// <param name="Width">Columns: the last dimension of [rows, columns], 1 of [rows]; null where the graph does not say.</param>
internal sealed record OnnxInput(string Name, long ElementType, int? Width)
{
    /// <summary>Columns at most, of one input or of several that are joined.</summary>
    public const int MostColumns = 1 << 16;

    /// <summary>Whether its cells are whole numbers or truth values.</summary>
    public bool IsWhole => ElementType is >= 2 and <= 7 or 9 or 12 or 13;

    /// <summary>Whether its cells are numbers.</summary>
    public bool IsNumber => IsWhole || ElementType is 1 or 11;

    /// <summary>Reads a ValueInfoProto.</summary>
    public static OnnxInput Read(ReadOnlyMemory<byte> message)
    {
        var (name, type) = ("", ReadOnlyMemory<byte>.Empty);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) name = reader.Text();
            else if (reader.Field == 2) type = reader.Bytes();
            else reader.Skip();
        }

        // TypeProto.tensor_type is field 1: elem_type 1, shape 2; the shape's dim 1: dim_value 1.
        var tensor = Part(type, 1);
        var (element, dimensions) = (0L, new List<long?>());
        reader = new ProtoReader(tensor);
        while (reader.Next())
        {
            if (reader.Field == 1) element = reader.Integer();
            else if (reader.Field == 2) dimensions = Dimensions(reader.Bytes());
            else reader.Skip();
        }

        long? width = dimensions.Count switch { 1 => 1, 2 => dimensions[1], _ => null };
        if (width is > MostColumns) throw new InvalidDataException($"input {name} has {width} columns; {MostColumns} is the most.");
        return new OnnxInput(name, element, width is > 0 ? (int)width : null);
    }

    private static ReadOnlyMemory<byte> Part(ReadOnlyMemory<byte> message, int field)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field) return reader.Bytes();
            reader.Skip();
        }

        return default;
    }

    private static List<long?> Dimensions(ReadOnlyMemory<byte> shape)
    {
        var dimensions = new List<long?>();
        var reader = new ProtoReader(shape);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            long? size = null;
            var dimension = new ProtoReader(reader.Bytes());
            while (dimension.Next())
            {
                if (dimension.Field == 1) size = dimension.Integer();
                else dimension.Skip();
            }

            dimensions.Add(size);
        }

        return dimensions;
    }
}
