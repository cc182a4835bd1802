using System.Buffers;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Records as JSON: one object, values by input name in the dictionary's order, null for missing, special codes as they
/// stand in files, categories by code, flags as true and false, dates in ISO 8601. The same record always gives the same bytes.</summary>
public static class InputRecordJson
{
    /// <summary>The canonical UTF-8 bytes of a record.</summary>
    public static byte[] ToBytes(InputRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, record);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The canonical text of a record.</summary>
    public static string ToText(InputRecord record) => Encoding.UTF8.GetString(ToBytes(record));

    /// <summary>Hash of the canonical bytes.</summary>
    public static ContentHash Hash(InputRecord record) => ContentHash.Of(ToBytes(record));

    /// <summary>Writes a record as one object.</summary>
    public static void Write(Utf8JsonWriter writer, InputRecord record)
    {
        writer.WriteStartObject();
        for (var i = 0; i < record.Span.Length; i++)
        {
            writer.WritePropertyName(record.Definition.Inputs[i].Name);
            WriteValue(writer, record.Definition.Inputs[i], record.Span[i]);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads and validates an object of values.</summary>
    /// <param name="validator">Validator of the dictionary.</param>
    /// <param name="values">An object; null values are missing.</param>
    /// <param name="reading">What is demanded; <see cref="RecordReading.Stored"/> for records that this class wrote.</param>
    /// <param name="notes">Receives notes on accepted values; null drops them.</param>
    public static Outcome<InputRecord> Read(RecordValidator validator, JsonElement values, RecordReading reading, ICollection<Problem>? notes = null)
    {
        if (values.ValueKind != JsonValueKind.Object) return new Problem("values.notObject", "The values are no JSON object.") { Remedy = "Send {\"input\": value, ...}." };
        var raw = new Dictionary<string, RawValue>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var property in values.EnumerateObject())
        {
            if (!raw.TryAdd(property.Name, RawValue.OfJson(property.Value))) problems.Add(new FieldProblem("field.duplicate", $"{property.Name} is given twice.") { Field = property.Name, Remedy = "Give it once." });
        }

        if (problems.Count == 0) return validator.Validate(raw, reading, notes);
        return Outcome<InputRecord>.Refused([.. validator.Validate(raw, reading, notes).Problems, .. problems]);
    }

    /// <summary>Reads a record that <see cref="ToBytes"/> wrote.</summary>
    /// <returns>The same record, or problems when the dictionary has changed or the bytes are not such a record.</returns>
    public static Outcome<InputRecord> FromBytes(ScorecardDefinition definition, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(new RecordValidator(definition), document.RootElement, RecordReading.Stored);
        }
        catch (JsonException broken)
        {
            return new Problem("values.notJson", $"The values are no JSON: {broken.Message}");
        }
    }

    /// <summary>Reads a record that <see cref="ToText"/> wrote.</summary>
    public static Outcome<InputRecord> FromText(ScorecardDefinition definition, string json) => FromBytes(definition, Encoding.UTF8.GetBytes(json));

    internal static void WriteValue(Utf8JsonWriter writer, InputDefinition input, InputValue value)
    {
        switch (value.Kind)
        {
            case InputValueKind.Missing:
                writer.WriteNullValue();
                break;
            case InputValueKind.Text:
                writer.WriteStringValue(value.Text);
                break;
            case InputValueKind.Special:
                WriteCode(writer, input.Specials[(int)value.Number - 1].Value);
                break;
            default:
                WriteNumber(writer, input, value.Number);
                break;
        }
    }

    private static void WriteCode(Utf8JsonWriter writer, string code)
    {
        if (NumberText.TryReadInvariant(code, out var number)) writer.WriteNumberValue(number);
        else writer.WriteStringValue(code);
    }

    private static void WriteNumber(Utf8JsonWriter writer, InputDefinition input, double number)
    {
        switch (input.Type)
        {
            case InputType.Category:
                writer.WriteStringValue(input.Values[(int)number].Code);
                break;
            case InputType.Flag:
                writer.WriteBooleanValue(number != 0);
                break;
            case InputType.Date:
                writer.WriteStringValue(DateText.WriteDate(number));
                break;
            case InputType.DateTime:
                writer.WriteStringValue(DateText.WriteInstant(number));
                break;
            default:
                writer.WriteNumberValue(number);
                break;
        }
    }
}
