using System.Text.Json;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>What a signature speaks for: content hash, numeric contract, dictionaries, policy, lineage and the hash of every section.</summary>
/// <remarks>Canonical: whoever has the package can write the same bytes again, so a manifest is checked by making it anew and
/// comparing. Refits are a section like the others and are covered with them.</remarks>
public static class PackageManifest
{
    /// <summary>Version of the shape, first member of every manifest.</summary>
    public const int Version = 1;

    /// <summary>The manifest of a package.</summary>
    /// <param name="cut">The package's bytes without a signature, by sections.</param>
    /// <param name="package">The same, read.</param>
    /// <returns>UTF-8 JSON.</returns>
    internal static byte[] Of(PackageSections cut, ModelPackage package) => Write(cut.Content, cut.Sections, package);

    /// <summary>Sections of a manifest that was verified.</summary>
    internal static IReadOnlyList<(string Name, long Bytes, string Hash)> SectionsOf(byte[] manifest)
    {
        using var json = JsonDocument.Parse(manifest);
        return [.. json.RootElement.GetProperty("sections").EnumerateArray().Select(section => (section.GetProperty("name").GetString()!, section.GetProperty("bytes").GetInt64(), section.GetProperty("sha256").GetString()!))];
    }

    private static byte[] Write(ContentHash content, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections, ModelPackage package)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("manifest", Version);
            json.WriteString("content", content.Hex);
            json.WriteNumber("numericContract", package.NumericContract);
            json.WriteString("scorecard", package.Scorecard.Id);
            json.WriteString("scoringDictionary", package.Scorecard.ScoringHash.Hex);
            json.WriteString("presentationDictionary", package.Scorecard.PresentationHash.Hex);
            json.WriteString("policy", ReleaseHash.OfPolicy(package.Scorecard).Hex);
            WriteLineage(json, package.Lineage);
            json.WriteStartArray("sections");
            foreach (var (name, bytes) in sections.OrderBy(section => section.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteNumber("bytes", bytes.Length);
                json.WriteString("sha256", ContentHash.Of(bytes.Span).Hex);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteLineage(Utf8JsonWriter json, PackageLineage lineage)
    {
        json.WriteStartObject("lineage");
        json.WriteString("data", lineage.DataHash);
        json.WriteNumber("rows", lineage.Rows);
        json.WriteNumber("bad", lineage.Positives);
        json.WriteNumber("seed", lineage.Seed);
        json.WriteString("codeVersion", lineage.CodeVersion);
        json.WriteString("family", lineage.Family);
        json.WriteString("parameters", ContentHash.Of(lineage.ParametersJson).Hex);
        json.WriteEndObject();
    }
}
