using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Values that a client system enters into an application, all at once or some at a time. What is left out can come later, from a
/// statement or another call; a required value that is named must be there.</summary>
public static class EnteredValues
{
    private static readonly RecordReading Partial = RecordReading.Training;

    /// <summary>The record of a new application.</summary>
    /// <param name="definition">The dictionary.</param>
    /// <param name="values">An object of values by input; undefined: none.</param>
    /// <returns>The record, or every fault by field: <c>field.unknown</c>, <c>field.required</c>, types and ranges.</returns>
    public static Outcome<InputRecord> Of(ScorecardDefinition definition, JsonElement values) => Merge(definition, "{}", values);

    /// <summary>The record of an application with some values replaced; null removes a value.</summary>
    /// <param name="definition">The dictionary.</param>
    /// <param name="storedJson">Values as the application holds them.</param>
    /// <param name="values">An object of values by input; undefined: none.</param>
    public static Outcome<InputRecord> Merge(ScorecardDefinition definition, string storedJson, JsonElement values)
    {
        if (values.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined)) return new Problem("values.notObject", "The values are no JSON object.") { Field = "values", Remedy = "Send {\"input\": value, ...}." };
        using var stored = JsonDocument.Parse(storedJson);
        var raw = stored.RootElement.EnumerateObject().Where(value => definition.Input(value.Name) is not null).ToDictionary(value => value.Name, value => RawValue.OfJson(value.Value), StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        if (values.ValueKind == JsonValueKind.Object)
        {
            foreach (var value in values.EnumerateObject())
            {
                raw[value.Name] = RawValue.OfJson(value.Value);
                named.Add(value.Name);
            }
        }

        var reading = new RecordValidator(definition).Validate(raw, Partial);
        var blank = reading.Succeeded ? Blank(definition, reading.Value, named) : [];
        return blank.Count == 0 ? reading : blank;
    }

    private static List<Problem> Blank(ScorecardDefinition definition, InputRecord record, HashSet<string> named) =>
        [.. definition.Inputs.Where(input => input.Required && named.Contains(input.Name) && record[input.Name].Kind == InputValueKind.Missing)
            .Select(input => new Problem("field.required", $"{input.Label.In("en")} is required.") { Field = input.Name, Remedy = "Send a value, or leave the field out until there is one." })];
}
