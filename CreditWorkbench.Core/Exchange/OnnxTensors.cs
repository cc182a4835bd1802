using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Constants of ONNX graphs as TensorProto messages.</summary>
internal static class OnnxTensors
{
    /// <summary>TensorProto.DataType of float32.</summary>
    public const int Float = 1;

    /// <summary>TensorProto.DataType of int64.</summary>
    public const int Int64 = 7;

    /// <summary>TensorProto.DataType of float64.</summary>
    public const int Double = 11;

    /// <summary>Numbers in float64.</summary>
    public static ProtoWriter Doubles(string name, IReadOnlyList<double> values, IReadOnlyList<long> shape) => Of(name, Double, shape, MemoryMarshal.AsBytes<double>([.. values]));

    /// <summary>Numbers in float32.</summary>
    public static ProtoWriter Singles(string name, IReadOnlyList<float> values, IReadOnlyList<long> shape) => Of(name, Float, shape, MemoryMarshal.AsBytes<float>([.. values]));

    /// <summary>Whole numbers.</summary>
    public static ProtoWriter Integers(string name, IReadOnlyList<long> values, IReadOnlyList<long> shape) => Of(name, Int64, shape, MemoryMarshal.AsBytes<long>([.. values]));

    // Memory order is little-endian on every platform that .NET runs this on, as the format asks.
    private static ProtoWriter Of(string name, int type, IReadOnlyList<long> shape, ReadOnlySpan<byte> raw)
    {
        var tensor = new ProtoWriter();
        foreach (var size in shape) tensor.Integer(1, size);
        tensor.Integer(2, type);
        if (name.Length > 0) tensor.Text(8, name);
        return tensor.Bytes(9, raw);
    }
}
