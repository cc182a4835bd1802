using System.Text.Json;
using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Our open format: a predictor with its columns and its calibration as JSON, described in docs/exchange.md. Numbers are spelled
/// so that reading gives every bit back.</summary>
public static class ModelJson
{
    /// <summary>What the file calls itself.</summary>
    public const string Format = "creditworkbench.model";

    /// <summary>Version that is written and read.</summary>
    public const int Version = 1;

    /// <summary>Writes a model.</summary>
    public static Outcome<byte[]> Write(ExportRequest request)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            writer.WriteString("name", request.Name);
            writer.WriteStartObject("calibration");
            writer.WriteNumber("slope", request.Platt.Slope);
            writer.WriteNumber("intercept", request.Platt.Intercept);
            writer.WriteEndObject();
            writer.WritePropertyName("features");
            JsonSerializer.Serialize(writer, request.Columns.Select(column => new { name = column.Name, direction = column.Direction, categories = column.Categories, codes = column.SpecialCodes }));
            writer.WritePropertyName("predictor");
            PredictorJson.Write(writer, request.Predictor);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a model back.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>The model, its predictor equal byte for byte to the one that was written; or <c>modelJson.malformed</c>,
    /// <c>.version</c>, <c>.invalid</c>.</returns>
    public static Outcome<ExportRequest> Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return OfDocument(document.RootElement);
        }
        catch (JsonException malformed)
        {
            return Refusal("malformed", $"The file is no JSON: {malformed.Message}");
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException or InvalidDataException)
        {
            return Refusal("invalid", "A part of the model is absent, of another kind than it should be, or out of range.");
        }
    }

    /// <summary>A model that was read, as one that can be registered; <c>import.ordinal</c> for an ordinal one, whose classes only its
    /// package knows.</summary>
    public static Outcome<ImportedModel> Imported(ExportRequest model)
    {
        if (model.Predictor.Link.Kind == LinkKind.Ordinal) return new Problem("import.ordinal", "An ordinal model needs its classes, which are in its package only.") { Remedy = "Register the package." };
        var features = model.Columns.Select(column => new ImportedFeature(column.Name, null, column.Categories.Count)).ToList();
        return new ImportedModel(model.Predictor, features, IsNamed: true, "log-odds of bad", $"CreditWorkbench, {model.Name}", []) { Columns = model.Columns, Platt = model.Platt };
    }

    private static Outcome<ExportRequest> OfDocument(JsonElement root)
    {
        if (root.GetProperty("format").GetString() != Format) return Refusal("malformed", "The file does not say that it is a model of this program.");
        if (root.GetProperty("version").GetInt32() != Version) return Refusal("version", $"The file has another version than {Version}.");
        var calibration = root.GetProperty("calibration");
        var platt = new PlattCalibrator(calibration.GetProperty("slope").GetDouble(), calibration.GetProperty("intercept").GetDouble());
        if (!(platt.Slope > 0) || !double.IsFinite(platt.Slope) || !double.IsFinite(platt.Intercept)) return Refusal("invalid", "The calibration does not rise or is not finite.");
        FeatureColumn[] columns = [.. root.GetProperty("features").EnumerateArray().Select(ColumnOf)];
        // The canonical bytes' own reader checks what a predictor must be.
        if (!PredictorEncoding.Read(PredictorEncoding.ToBytes(PredictorJson.Read(root.GetProperty("predictor")))).TryGet(out var predictor, out var problems)) return Refusal("invalid", problems[0].Message);
        return predictor.FeatureCount == columns.Length
            ? new ExportRequest(root.GetProperty("name").GetString() ?? "", predictor, columns, platt)
            : Refusal("invalid", $"The file has {columns.Length} features, its predictor {predictor.FeatureCount}.");
    }

    private static FeatureColumn ColumnOf(JsonElement element) => new(
        element.GetProperty("name").GetString() ?? throw new FormatException("A feature has no name."),
        element.GetProperty("direction").GetInt32(), Texts(element.GetProperty("categories")), Texts(element.GetProperty("codes")));

    private static List<string> Texts(JsonElement element) => [.. element.EnumerateArray().Select(text => text.GetString() ?? throw new FormatException("A text is absent."))];

    private static Problem Refusal(string reason, string message) => new($"modelJson.{reason}", message) { Remedy = "Bring a file that export-model --format json wrote." };
}
