using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Writes a JSON document as Universal Binary JSON: objects without a count, arrays with one, numbers as XGBoost writes them.</summary>
internal static class UbjsonFile
{
    public static byte[] Of(JsonNode? node)
    {
        using var stream = new MemoryStream();
        Write(stream, node);
        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                stream.WriteByte((byte)'{');
                foreach (var (name, value) in members)
                {
                    Characters(stream, name);
                    Write(stream, value);
                }

                stream.WriteByte((byte)'}');
                break;
            case JsonArray elements:
                stream.Write("[#"u8);
                Length(stream, elements.Count);
                foreach (var element in elements) Write(stream, element);
                break;
            case JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String:
                stream.WriteByte((byte)'S');
                Characters(stream, value.ToString());
                break;
            case JsonValue value when value.TryGetValue<int>(out var number):
                stream.WriteByte((byte)'l');
                Span<byte> whole = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(whole, number);
                stream.Write(whole);
                break;
            default:
                stream.WriteByte((byte)'D');
                Span<byte> real = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(real, node!.GetValue<double>());
                stream.Write(real);
                break;
        }
    }

    private static void Characters(MemoryStream stream, string text)
    {
        Length(stream, Encoding.UTF8.GetByteCount(text));
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void Length(MemoryStream stream, long length)
    {
        stream.WriteByte((byte)'L');
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, length);
        stream.Write(bytes);
    }
}
