using System.Text.Json;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Training run to row and back.</summary>
internal static class LabMap
{
    public static LabRunRow Write(LabRun run) => new()
    {
        Id = run.Id,
        RequestJson = Write(run.Request),
        DataName = run.DataName,
        ScorecardId = run.ScorecardId,
        CreatedBy = run.CreatedBy,
        CreatedAt = run.CreatedAt,
        JobId = run.JobId,
        FactsJson = run.Facts is { } facts ? Write(facts) : null,
        SummaryJson = run.Summary is { } summary ? Write(summary) : null,
    };

    public static LabRun Read(LabRunRow row) => new()
    {
        Id = row.Id,
        Request = Read<LabRequest>(row.RequestJson),
        DataName = row.DataName,
        ScorecardId = row.ScorecardId,
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAt,
        JobId = row.JobId,
        Facts = row.FactsJson is { } facts ? Read<LabFacts>(facts) : null,
        Summary = row.SummaryJson is { } summary ? Read<LabSummary>(summary) : null,
    };

    /// <summary>A document as text: nothing is left out, because what is not defined is told apart from what is not there.</summary>
    public static string Write<T>(T document) => JsonSerializer.Serialize(document, LabRecord.Json);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, LabRecord.Json) ?? throw new JsonException("The document is empty.");
}
