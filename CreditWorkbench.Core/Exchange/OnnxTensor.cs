using System.Buffers.Binary;

namespace CreditWorkbench.Core.Exchange;

/// <summary>A constant of an ONNX graph: the numbers of a TensorProto.</summary>
/// <param name="Name">Its name; empty in attributes.</param>
/// <param name="Values">Its numbers in order; null where it holds none that this program reads: texts, half precision, another file.</param>
internal sealed record OnnxTensor(string Name, IReadOnlyList<double>? Values)
{
    private const int Float = 1;
    private const int Int32 = 6;
    private const int Int64 = 7;
    private const int Double = 11;

    /// <summary>Reads a TensorProto.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static OnnxTensor Read(ReadOnlyMemory<byte> message)
    {
        var (name, kind, isElsewhere, raw) = ("", 0L, false, ReadOnlyMemory<byte>.Empty);
        var (numbers, integers, elements) = (new List<double>(), new List<long>(), 1L);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: elements = Product(elements, ref reader); break;
                case 2: kind = reader.Integer(); break;
                case 4: reader.Singles(numbers); break;
                case 5 or 7: reader.Integers(integers); break;
                case 8: name = reader.Text(); break;
                case 9: raw = reader.Bytes(); break;
                case 10: reader.Doubles(numbers); break;
                case 14: isElsewhere = reader.Integer() != 0; break;
                default: reader.Skip(); break;
            }
        }

        if (isElsewhere || kind is not (Float or Double or Int32 or Int64)) return new OnnxTensor(name, null);
        List<double> values = raw.Length > 0 ? OfRaw(kind, raw.Span) : kind is Float or Double ? numbers : [.. integers.Select(number => (double)number)];
        return values.Count == elements ? new OnnxTensor(name, values) : throw new InvalidDataException($"tensor {name} has {values.Count} numbers for {elements}.");
    }

    private static long Product(long elements, ref ProtoReader reader)
    {
        var dimensions = new List<long>();
        reader.Integers(dimensions);
        foreach (var dimension in dimensions)
        {
            if (dimension < 0 || (dimension > 0 && elements > int.MaxValue / dimension)) throw new InvalidDataException("a tensor claims more elements than a file holds.");
            elements *= dimension;
        }

        return elements;
    }

    private static List<double> OfRaw(long kind, ReadOnlySpan<byte> raw)
    {
        var size = kind is Double or Int64 ? 8 : 4;
        if (raw.Length % size != 0) throw new InvalidDataException("a tensor does not hold whole numbers.");
        var values = new List<double>(raw.Length / size);
        for (; raw.Length > 0; raw = raw[size..])
        {
            values.Add(kind switch
            {
                Float => BinaryPrimitives.ReadSingleLittleEndian(raw),
                Double => BinaryPrimitives.ReadDoubleLittleEndian(raw),
                Int32 => BinaryPrimitives.ReadInt32LittleEndian(raw),
                _ => BinaryPrimitives.ReadInt64LittleEndian(raw),
            });
        }

        return values;
    }
}
