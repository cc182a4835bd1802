using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Store;

/// <summary>JSON of documents at rest: reads back bit for bit.</summary>
internal static class StoreJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new ExactDouble(), new InputValueText() },
    };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The document is empty.");

    /// <summary>A finite number as JSON number; NaN and infinities as the hexadecimal digits of their bits, because a NaN's payload says
    /// which special code it stands for.</summary>
    private sealed class ExactDouble : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? BitConverter.UInt64BitsToDouble(ulong.Parse(reader.GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
                : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteStringValue(BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>An input value as an object with one member: its kind.</summary>
    private sealed class InputValueText : JsonConverter<InputValue>
    {
        public override InputValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var form = JsonSerializer.Deserialize<Form>(ref reader, options);
            return form switch
            {
                { Number: { } number } => InputValue.OfNumber(number),
                { Special: { } index } => InputValue.OfSpecial(index),
                { Text: { } text } => InputValue.OfText(text),
                _ => InputValue.Missing,
            };
        }

        public override void Write(Utf8JsonWriter writer, InputValue value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer,
            value.Kind switch
            {
                InputValueKind.Number => new Form(value.Number, null, null),
                InputValueKind.Special => new Form(null, (int)value.Number, null),
                InputValueKind.Text => new Form(null, null, value.Text),
                _ => new Form(null, null, null),
            },
            options);

        private sealed record Form(double? Number, int? Special, string? Text);
    }
}
