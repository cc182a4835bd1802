using System.Text.Json;

namespace CreditWorkbench.Web.Components.Pages.Build.Registry;

/// <summary>A leakage finding as a report tells it.</summary>
/// <param name="Column">Column.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Evidence">Figures in words.</param>
/// <param name="Error">Whether it stands in the way until it is acknowledged.</param>
/// <param name="Open">Whether it does.</param>
public sealed record ReportFinding(string Column, string Kind, string Evidence, bool Error, bool Open);

/// <summary>Reads what reports and lineages say in JSON. What is not there is left out.</summary>
public static class ReportText
{
    /// <summary>Parameters by name, nested names with dots.</summary>
    public static IReadOnlyList<(string Name, string Value)> Parameters(string json)
    {
        using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json);
        var found = new List<(string, string)>();
        Collect(document.RootElement, "", found);
        return found;
    }

    /// <summary>Leakage findings of a report.</summary>
    public static IReadOnlyList<ReportFinding> Findings(string json)
    {
        using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json);
        if (!document.RootElement.TryGetProperty("leakage", out var list) || list.ValueKind != JsonValueKind.Array) return [];
        return [.. list.EnumerateArray().Select(finding =>
        {
            var error = Text(finding, "severity") == "error";
            var signed = finding.TryGetProperty("acknowledged", out var acknowledged) && acknowledged.ValueKind == JsonValueKind.True;
            return new ReportFinding(Text(finding, "column"), Text(finding, "kind"), Text(finding, "evidence"), error, error && !signed);
        })];
    }

    private static void Collect(JsonElement element, string name, List<(string, string)> found)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var member in element.EnumerateObject()) Collect(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}", found);
        else if (name.Length > 0) found.Add((name, element.ToString()));
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
