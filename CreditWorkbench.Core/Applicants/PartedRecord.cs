using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>A record parted into what is stored with the application and what goes into the vault.</summary>
/// <param name="ValuesJson">Values of the application as canonical JSON.</param>
/// <param name="Sensitive">Values for the vault by input name; null removes.</param>
internal sealed record PartedRecord(string ValuesJson, IReadOnlyDictionary<string, string?> Sensitive)
{
    /// <summary>Parts a record.</summary>
    public static PartedRecord Of(InputRecord record)
    {
        // A rule with a lawful ground must be able to fire on every score, and the serving line cannot reach the vault: what such a rule
        // reads (the age, for legal capacity) stays with the application's encrypted values as well.
        var ofRules = SensitiveInputs.ReadByPolicy(record.Definition);
        using var values = JsonDocument.Parse(InputRecordJson.ToText(record));
        var stored = record;
        var sensitive = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var input in record.Definition.Inputs.Where(input => input.Sensitive))
        {
            var (text, isOfRules) = (TextOf(values.RootElement.GetProperty(input.Name)), ofRules.Contains(input.Name));
            // A form cannot show what only the vault holds, so a blank there means "as before"; where the form shows the value, it was cleared.
            if (text is not null || isOfRules) sensitive.Add(input.Name, text);
            if (!isOfRules) stored = stored.With(input.Name, InputValue.Missing);
        }

        return new PartedRecord(InputRecordJson.ToText(stored), sensitive);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
