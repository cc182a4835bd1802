using System.Text.Json;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Which fields differ between two states of an application.</summary>
internal static class DraftFields
{
    private const string Null = "null";

    /// <summary>Names of the inputs whose value or source differs, and <c>amount</c> and <c>term</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Of(CreditApplication before, CreditApplication after)
    {
        var fields = OfValues(before.ValuesJson, after.ValuesJson);
        fields.UnionWith(OfValues(before.SourcesJson, after.SourcesJson));
        if (before.Amount != after.Amount) fields.Add("amount");
        if (before.TermMonths != after.TermMonths) fields.Add("term");
        return [.. fields];
    }

    /// <summary>Names of the members in which two JSON objects differ.</summary>
    public static SortedSet<string> OfValues(string before, string after)
    {
        using var one = JsonDocument.Parse(before);
        using var other = JsonDocument.Parse(after);
        var (old, now) = (Members(one), Members(other));
        return new SortedSet<string>(old.Keys.Union(now.Keys).Where(name => old.GetValueOrDefault(name, Null) != now.GetValueOrDefault(name, Null)), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Members(JsonDocument document) =>
        document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText(), StringComparer.Ordinal);
}
