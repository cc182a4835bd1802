using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Exchange;

/// <summary>The way in for models that were trained elsewhere, whatever file they come in.</summary>
public static class ModelExchange
{
    /// <summary>Names of the formats that are read.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["xgboost", "lightgbm", "onnx", "json"];

    /// <summary>Reads a model.</summary>
    /// <param name="format">One of <see cref="Formats"/>; null to tell it by the first bytes.</param>
    /// <param name="file">The whole file.</param>
    /// <returns>The model, <c>import.format</c> where the format is unknown, or what the format's reader refuses.</returns>
    public static Outcome<ImportedModel> Read(string? format, byte[] file) => (format ?? FormatOf(file)) switch
    {
        "xgboost" => XgboostModel.Read(new MemoryStream(file, writable: false)),
        "lightgbm" => LightGbmModel.Read(file),
        "onnx" => OnnxModel.Read(file),
        "json" => ModelJson.Read(file).Then(ModelJson.Imported),
        null => new Problem("import.format", "The file begins as no known model does.") { Remedy = $"Bring a model of {string.Join(", ", Formats)}." },
        var unknown => new Problem("import.format", $"The format '{unknown}' is unknown.") { Remedy = $"Use one of {string.Join(", ", Formats)}." },
    };

    /// <summary>The format that a file's first bytes tell; null where none begins so.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("tree\n"u8) || file.StartsWith("tree\r\n"u8)) return "lightgbm";
        // A ModelProto begins with its first field, the version: tag 8, then a small number.
        if (file is [8, > 0 and < 128, ..]) return "onnx";
        if (file.StartsWith("{\"format\":\"creditworkbench.model\""u8)) return "json";
        return file.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? "xgboost" : null;
    }
}
