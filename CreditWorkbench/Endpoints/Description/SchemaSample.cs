using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CreditWorkbench.Web.Endpoints.Description;

/// <summary>A value that fits a schema, for bodies without an example of their own.</summary>
public static class SchemaSample
{
    private const int Deepest = 6;

    /// <summary>Gives every body of a document an example.</summary>
    public static void Fill(OpenApiDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var bodies = document.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []).SelectMany(operation => operation.RequestBody?.Content?.AsEnumerable() ?? []);
        foreach (var (type, media) in bodies.Where(media => media.Value.Example is null))
            media.Example = type.Contains("json", StringComparison.Ordinal) || type.StartsWith("multipart/", StringComparison.Ordinal) ? Of(media.Schema, 0) : JsonValue.Create("");
    }

    private static JsonNode? Of(IOpenApiSchema? schema, int depth)
    {
        if (schema is null || depth > Deepest) return null;
        if (schema.Enum is [{ } first, ..]) return first.DeepClone();
        var type = (schema.Type ?? JsonSchemaType.Object) & ~JsonSchemaType.Null;
        return type switch
        {
            JsonSchemaType.Array => new JsonArray(Of(schema.Items, depth + 1)),
            JsonSchemaType.Integer or JsonSchemaType.Number => 1,
            JsonSchemaType.Boolean => true,
            JsonSchemaType.String => schema.Format switch
            {
                "uuid" => ApiExamples.AnyId,
                "date-time" => "2026-11-01T00:00:00Z",
                "date" => "2026-11-01",
                _ => "text",
            },
            _ => new JsonObject((schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(property => KeyValuePair.Create(property.Key, Of(property.Value, depth + 1)))),
        };
    }
}
