using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CreditWorkbench.Tests.Endpoints.Sweep;

/// <summary>What an answer to a malformed request must be: a problem of the 400s with a code, that tells nothing of our insides.</summary>
internal static partial class SweepJudge
{
    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    public static string? Fault(HttpStatusCode status, string? mediaType, string body, bool hasBody = true)
    {
        if ((int)status is < 400 or > 499) return $"status {(int)status}";
        if (!hasBody) return null;
        if (mediaType != "application/problem+json") return $"media type {mediaType}";
        if (Leak().Match(body) is { Success: true } leak) return $"leaks '{leak.Value}'";
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("code", out var code) && Code().IsMatch(code.GetString() ?? "") && problem.RootElement.TryGetProperty("traceId", out _) && problem.RootElement.TryGetProperty("detail", out _)
                ? null
                : "no code, trace or detail";
        }
        catch (JsonException)
        {
            return "no JSON";
        }
    }

    [GeneratedRegex(@"Exception|CreditWorkbench\.|System\.[A-Z]|Microsoft\.|   at |\.cs\b|/bin/Debug/|/tmp/|SQLite|Npgsql|constraint failed|SELECT |INSERT |Object reference|could not be (converted|mapped)")]
    private static partial Regex Leak();

    [GeneratedRegex(@"^[a-zA-Z0-9]+(\.[a-zA-Z0-9]+)*$")]
    private static partial Regex Code();
}
