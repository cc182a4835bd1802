using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace CreditWorkbench.Tests.Endpoints.Sweep;

/// <summary>A body that no call may take.</summary>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Type">Content-Type; null for none.</param>
/// <param name="Encoding">Content-Encoding; null for none.</param>
internal sealed record FaultyBody(string Fault, byte[] Bytes, string? Type = "application/json", string? Encoding = null);

/// <summary>Spoils bodies of JSON, each time in another way.</summary>
internal static class BodyFaults
{
    private const int Largest = (1 << 20) + 1_000;
    private static readonly byte[] Bomb = Pack(new byte[4 << 20]);

    private static readonly Func<Random, string, FaultyBody>[] Ways =
    [
        (random, body) => new("wrong type", Bytes(Wrong(random, body))),
        (random, body) => new("wrong type", Bytes(Wrong(random, body))),
        (random, body) => new("wrong type", Bytes(Wrong(random, body))),
        (random, body) => new("unknown field", Bytes(Unknown(random, body))),
        (_, body) => new("NaN", Bytes(Raw(body, "NaN"))),
        (_, body) => new("1e400", Bytes(Raw(body, "1e400"))),
        (_, body) => new("-Infinity", Bytes(Raw(body, "-Infinity"))),
        (random, body) => new("nested", Bytes(Raw(body, new string('[', 40 + random.Next(5_000)) + "1"))),
        (_, body) => new("nested objects", Bytes(Raw(body, string.Concat(Enumerable.Repeat("{\"a\":", 300)) + "1" + new string('}', 300)))),
        (random, body) => new("cut short", Bytes(body[..random.Next(1, body.Length)])),
        (_, body) => new("UTF-16", Encoding.Unicode.GetBytes(body)),
        (_, body) => new("UTF-16, declared", Encoding.Unicode.GetBytes(body), "application/json; charset=utf-16"),
        (_, body) => new("not UTF-8", [.. Bytes(body)[..^1], 0xC3, 0x28, (byte)'}']),
        (_, body) => new("half a character", Bytes(Raw(body, "\"\\ud800\""))),
        (_, body) => new("character 0", Bytes(Raw(body, "\"\\u0000\""))),
        (_, body) => new("twice", Bytes(Twice(body))),
        (_, body) => new("comment", Bytes("/* x */" + body)),
        (_, body) => new("more after it", Bytes(body + body)),
        (_, _) => new("empty", []),
        (_, _) => new("null", Bytes("null")),
        (_, _) => new("number", Bytes("17")),
        (_, _) => new("text", Bytes("\"body\"")),
        (_, _) => new("nulls", Bytes("[null,null]")),
        (_, body) => new("plain text", Bytes(body), "text/plain"),
        (_, body) => new("form", Bytes("a=b"), "application/x-www-form-urlencoded"),
        (_, body) => new("XML", Bytes("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"), "application/xml"),
        (_, body) => new("no type", Bytes(body), null),
        (_, body) => new("type that is none", Bytes(body), "application/json;;;=;"),
        (_, body) => new("multipart without end", Bytes("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"), "multipart/form-data; boundary=x"),
        (_, _) => new("bomb", Bomb, Encoding: "gzip"),
        (_, body) => new("not gzip", Bytes(body), Encoding: "gzip"),
        (_, body) => new("gzip cut short", Pack(Bytes(body))[..^9], Encoding: "gzip"),
        (_, body) => new("unknown packing", Bytes(body), Encoding: "br"),
        (_, body) => new("packed twice", Pack(Pack(Bytes(body))), Encoding: "gzip"),
    ];

    /// <summary>How many ways there are.</summary>
    public static int Count => Ways.Length;

    /// <summary>A body that is spoilt in one way.</summary>
    public static FaultyBody Of(int way, Random random, string body) => Ways[way % Ways.Length](random, body);

    /// <summary>A body that is too long for JSON.</summary>
    public static FaultyBody TooLong(string body) => new("too long", Bytes(Raw(body, "\"" + new string('x', Largest) + "\"")));

    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    // Some value of the body, at whatever depth, becomes something that no field is.
    private static string Wrong(Random random, string body)
    {
        var root = JsonNode.Parse(body)!;
        var places = new List<Action<JsonNode?>>();
        Collect(root, places);
        if (places.Count == 0) return "[]";
        var place = places[random.Next(places.Count)];
        place(random.Next(4) switch
        {
            0 => new JsonObject { ["x"] = new JsonObject() },
            1 => new JsonArray(new JsonArray(), 1),
            2 => new JsonObject { [new string('k', 3_000)] = 1 },
            _ => new JsonArray(new JsonObject { ["deep"] = new JsonArray() }),
        });
        return root.ToJsonString();
    }

    private static void Collect(JsonNode node, List<Action<JsonNode?>> places)
    {
        switch (node)
        {
            case JsonObject value:
                foreach (var (name, inner) in value.ToList())
                {
                    places.Add(replacement => value[name] = replacement);
                    if (inner is not null) Collect(inner, places);
                }

                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    var position = i;
                    places.Add(replacement => array[position] = replacement);
                    if (array[i] is { } inner) Collect(inner, places);
                }

                break;
        }
    }

    private static string Unknown(Random random, string body)
    {
        var root = JsonNode.Parse(body)!;
        var target = root switch
        {
            JsonArray { Count: > 0 } array => array[0]!.AsObject(),
            JsonObject value when value["values"] is JsonObject inner && random.Next(2) == 0 => inner,
            JsonObject value => value,
            _ => throw new InvalidOperationException("An example is an object or an array of them."),
        };
        target[$"unknown_{random.Next(1_000)}"] = 1;
        return root.ToJsonString();
    }

    // The first value that is no object or array is replaced by raw text, valid JSON or not.
    private static string Raw(string body, string raw)
    {
        var root = JsonNode.Parse(body)!;
        const string Mark = "@@raw@@";
        if (!Plant(root, Mark)) return raw;
        return root.ToJsonString().Replace($"\"{Mark}\"", raw, StringComparison.Ordinal);
    }

    private static bool Plant(JsonNode node, string mark)
    {
        switch (node)
        {
            case JsonObject value:
                foreach (var (name, inner) in value.ToList())
                {
                    if (inner is JsonObject or JsonArray ? Plant(inner, mark) : Set(() => value[name] = mark)) return true;
                }

                return false;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    var position = i;
                    if (array[i] is JsonObject or JsonArray ? Plant(array[i]!, mark) : Set(() => array[position] = mark)) return true;
                }

                return false;
            default:
                return false;
        }

        static bool Set(Action set)
        {
            set();
            return true;
        }
    }

    private static string Twice(string body)
    {
        var name = JsonNode.Parse(body) switch
        {
            JsonObject value => value.First().Key,
            JsonArray { Count: > 0 } array => array[0]!.AsObject().First().Key,
            _ => "a",
        };
        var at = body.IndexOf('{', StringComparison.Ordinal) + 1;
        return $"{body[..at]}\"{name}\":null,{body[at..]}";
    }
}
