using System.Buffers;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Where the values of an application come from: stored as canonical JSON beside them.</summary>
public static class ValueSources
{
    /// <summary>No value has a stated source.</summary>
    public const string None = "{}";

    /// <summary>Canonical text: by input name in ordinal order, so that equal sources give equal texts.</summary>
    public static string ToText(IReadOnlyDictionary<string, ValueSource> sources)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (input, source) in sources.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(input);
                writer.WriteString("origin", Word(source.Origin));
                if (source.Evidence is { Length: > 0 } evidence) writer.WriteString("evidence", evidence);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a text that <see cref="ToText"/> wrote.</summary>
    public static IReadOnlyDictionary<string, ValueSource> FromText(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(
            one => one.Name,
            one => new ValueSource(
                Enum.Parse<ValueOrigin>(one.Value.GetProperty("origin").GetString()!, ignoreCase: true),
                one.Value.TryGetProperty("evidence", out var evidence) ? evidence.GetString() : null),
            StringComparer.Ordinal);
    }

    /// <summary>The source of every input of a record: as stated, else by the dictionary; a missing value is imputed.</summary>
    public static IReadOnlyDictionary<string, ValueSource> Of(InputRecord record, IReadOnlyDictionary<string, ValueSource> stated) =>
        record.Definition.Inputs.ToDictionary(
            input => input.Name,
            input => record[input.Name].Kind == InputValueKind.Missing ? new ValueSource(ValueOrigin.Imputed) : stated.GetValueOrDefault(input.Name) ?? Usual(input),
            StringComparer.Ordinal);

    /// <summary>What stands behind a value that somebody typed: the bureau for inputs of a bureau, else the applicant's word. A number of
    /// the bank that nobody derived from a statement is the applicant's word, too.</summary>
    public static ValueSource Usual(InputDefinition input) =>
        new(input.Source.Contains("bureau", StringComparison.Ordinal) ? ValueOrigin.Bureau : ValueOrigin.Declared);

    /// <summary>How an origin is written in files and in the trail.</summary>
    public static string Word(ValueOrigin origin) => origin.ToString().ToLowerInvariant();
}
