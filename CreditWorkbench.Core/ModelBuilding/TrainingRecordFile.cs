using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Records and rows of a run as bytes, and back: equal values, whatever the machine's language.</summary>
public static class TrainingRecordFile
{
    private static readonly JsonSerializerOptions Plain = new(TrainingResultJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    // Per-row numbers are little-endian bytes in base 64, bit for bit; the product runs on little-endian machines only.
    private static readonly JsonSerializerOptions Packed = new(Plain) { Converters = { new ArrayConverter<double>(), new ArrayConverter<long>(), new ArrayConverter<int>(), new BoolsConverter() } };

    /// <summary>A record as JSON.</summary>
    public static string WriteRecord(TrainingRecord record) => JsonSerializer.Serialize(record, Plain);

    /// <summary>A record from JSON.</summary>
    /// <returns>The record, or <c>training.record.unreadable</c>.</returns>
    public static Outcome<TrainingRecord> ReadRecord(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingRecord>(json, Plain) is { Version: >= 1 and <= TrainingRecord.CurrentVersion } record ? record : Unreadable;
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    /// <summary>Rows as compressed bytes. They hold sensitive values: seal them.</summary>
    public static byte[] WriteRows(EvidenceRows rows)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(zip, rows, Packed);
        return bytes.ToArray();
    }

    /// <summary>Rows from the bytes of <see cref="WriteRows"/>.</summary>
    /// <returns>The rows, or <c>training.record.unreadable</c>.</returns>
    public static Outcome<EvidenceRows> ReadRows(byte[] bytes)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<EvidenceRows>(zip, Packed) is { } rows ? rows : Unreadable;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException)
        {
            return Unreadable;
        }
    }

    private static Problem Unreadable { get; } = new("training.record.unreadable", "The record of the run cannot be read.") { Remedy = "Train again." };

    private sealed class ArrayConverter<T> : JsonConverter<T[]>
        where T : unmanaged
    {
        public override T[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var bytes = reader.GetBytesFromBase64();
            return bytes.Length % Marshal.SizeOf<T>() == 0 ? MemoryMarshal.Cast<byte, T>(bytes).ToArray() : throw new JsonException("An array is cut short.");
        }

        public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.AsSpan()));
    }

    private sealed class BoolsConverter : JsonConverter<bool[]>
    {
        public override bool[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Array.ConvertAll(reader.GetBytesFromBase64(), value => value != 0);

        public override void Write(Utf8JsonWriter writer, bool[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(Array.ConvertAll(value, one => (byte)(one ? 1 : 0)));
    }
}
