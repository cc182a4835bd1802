using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CreditWorkbench.Web.Endpoints;

/// <summary><c>GET|PUT /api/v1/features/{scorecard}/{entity}?asOf=</c>: the feature store for client systems.</summary>
public static class FeatureEndpoints
{
    private const string Route = "/api/v1/features/{scorecard}/{entity}";
    private const long LargestBody = 1 << 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Maps them.</summary>
    public static void MapFeatures(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Route, FindAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases));
        endpoints.MapPut(Route, WriteAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).DisableAntiforgery();
    }

    private static async Task<IResult> FindAsync(string scorecard, string entity, string? asOf, HttpContext context, FeatureDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !AsOf(asOf).TryGet(out var limit, out problems)) return ApiProblems.Of(problems);
        return (await desk.FindAsync(scorecard, entity, limit.Instant, actor, cancellationToken)).TryGet(out var row, out problems) ? Results.Json(View(scorecard, row)) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> WriteAsync(string scorecard, string entity, string? asOf, HttpContext context, FeatureDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !AsOf(asOf).TryGet(out var limit, out problems)) return ApiProblems.Of(problems);
        if (!(await ValuesAsync(context.Request, cancellationToken)).TryGet(out var values, out problems)) return ApiProblems.Of(problems);
        return (await desk.WriteAsync(scorecard, entity, limit.Instant, values, actor, cancellationToken)).TryGet(out var row, out problems) ? Results.Json(View(scorecard, row)) : ApiProblems.Of(problems);
    }

    private static Outcome<Limit> AsOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Limit(null);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? new Limit(instant)
            : new Problem("asOf.invalid", "The as-of time is not an ISO 8601 instant.") { Field = "asOf", Remedy = "Write it as 2026-11-20 or 2026-11-20T08:00:00Z." };
    }

    // Values as they would stand in a file: one reading of cells, wherever they come from.
    private static async Task<Outcome<IReadOnlyDictionary<string, string?>>> ValuesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<Body>(request.Body, Json, cancellationToken);
            if (body?.Values is not { } values) return new Problem("body.invalid", "The body has no values.") { Field = "values", Remedy = "Send {\"values\":{\"name\":value}}." };
            var odd = values.FirstOrDefault(value => value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
            if (odd.Key is not null) return new Problem("field.type", "A value is a number, a text, true, false or null.") { Field = odd.Key, Remedy = "Send a single value." };
            return Outcome<IReadOnlyDictionary<string, string?>>.Success(values.ToDictionary(value => value.Key, value => TextOf(value.Value), StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return new Problem("body.invalid", "The body is not valid JSON.") { Remedy = "Send {\"values\":{\"name\":value}}." };
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static object View(string scorecard, FeatureRow row) => new
    {
        scorecard,
        entity = row.Entity,
        asOf = row.AsOf.UtcDateTime,
        knownSince = row.KnownSince.UtcDateTime,
        version = row.Version,
        scoringHash = row.ScoringHash,
        values = row.Fields.ToDictionary(field => field.Name, ValueOf, StringComparer.Ordinal),
    };

    // Numbers as numbers; dates, categories and special codes by their text.
    private static object? ValueOf(FeatureField field) =>
        field.Text is null ? null : field.Type is InputType.Number or InputType.Integer or InputType.Flag && !double.IsNaN(field.Number) ? field.Number : field.Text;

    private sealed record Body(Dictionary<string, JsonElement>? Values);

    private sealed record Limit(DateTimeOffset? Instant);
}
