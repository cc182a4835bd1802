using System.Buffers;
using System.Text.Json;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Writes records of one dictionary as <see cref="InputRecordJson"/> does, byte for byte, with the names encoded once.</summary>
/// <param name="definition">The dictionary.</param>
public sealed class RecordJsonWriter(ScorecardDefinition definition)
{
    private readonly JsonEncodedText[] _names = [.. definition.Inputs.Select(input => JsonEncodedText.Encode(input.Name))];

    /// <summary>The canonical UTF-8 bytes of a record of the dictionary.</summary>
    public byte[] ToBytes(InputRecord record)
    {
        var scratch = Scratch.Mine;
        scratch.Buffer.ResetWrittenCount();
        scratch.Writer.Reset();
        Write(scratch.Writer, record);
        scratch.Writer.Flush();
        return scratch.Buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter writer, InputRecord record)
    {
        writer.WriteStartObject();
        var values = record.Span;
        for (var i = 0; i < values.Length; i++)
        {
            writer.WritePropertyName(_names[i]);
            InputRecordJson.WriteValue(writer, record.Definition.Inputs[i], values[i]);
        }

        writer.WriteEndObject();
    }

    private sealed class Scratch
    {
        [ThreadStatic]
        private static Scratch? mine;

        private Scratch() => Writer = new Utf8JsonWriter(Buffer);

        public static Scratch Mine => mine ??= new Scratch();

        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }
    }
}
