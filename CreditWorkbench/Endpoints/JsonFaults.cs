using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Says what is wrong with a JSON body that could not be read as a type, all of it at once, in words that name no type.</summary>
public static class JsonFaults
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = ApiJson.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The problems; never empty.</summary>
    /// <param name="bytes">Valid UTF-8.</param>
    /// <param name="type">What was expected.</param>
    /// <param name="fault">How reading failed.</param>
    public static IReadOnlyList<Problem> Of(ReadOnlyMemory<byte> bytes, Type type, JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (bytes.IsEmpty) return [BodyProblems.Empty];
        try
        {
            using var document = JsonDocument.Parse(bytes, Reading);
            var problems = new List<Problem>();
            Walk(document.RootElement, ApiJson.Options.GetTypeInfo(type), "", problems);
            if (problems.Count == 0) problems.Add(WrongKind(PathOf(fault)));
            return problems;
        }
        catch (JsonException)
        {
            return [new Problem("body.invalid", "The body is not valid JSON, names a field twice or is nested too deeply.") { Remedy = $"Send JSON (RFC 8259) with at most {ApiJson.MaxDepth} levels." }];
        }
    }

    // Unknown and missing fields; wrong kinds are found by the reading itself.
    private static void Walk(JsonElement value, JsonTypeInfo type, string path, List<Problem> problems)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                var known = type.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject())
                {
                    var at = Join(path, property.Name);
                    if (!known.Remove(property.Name, out var expected)) problems.Add(new Problem("field.unknown", "This call has no such field.") { Field = at, Remedy = "Remove it, or mind its spelling." });
                    else Walk(property.Value, ApiJson.Options.GetTypeInfo(expected.PropertyType), at, problems);
                }

                problems.AddRange(known.Values.Where(property => property.IsRequired).Select(property => new Problem("field.required", "This field is missing.") { Field = Join(path, property.Name) }));
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array && type.ElementType is { } element:
                var position = 0;
                foreach (var item in value.EnumerateArray()) Walk(item, ApiJson.Options.GetTypeInfo(element), $"{path}[{position++}]", problems);
                break;
            case JsonTypeInfoKind.Object or JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary when value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array):
                problems.Add(WrongKind(path));
                break;
        }
    }

    private static Problem WrongKind(string path) => path.Length == 0
        ? new Problem("body.invalid", "The body is not what this call takes.") { Remedy = "See the description of the call." }
        : new Problem("field.type", "The value is of the wrong kind, or outside what its kind can hold.") { Field = path };

    // "$.a.b[2]" of the serializer, without its root.
    private static string PathOf(JsonException fault) => (fault.Path ?? "").TrimStart('$').TrimStart('.');

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
