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
    private const string Route = "/features/{scorecard}/{entity}";

    /// <summary>Maps them.</summary>
    public static void MapFeatures(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Route, FindAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .WithName("getFeatures").WithSummary("Feature values of an entity as they were known at a time.").WithTags("features").Produces<FeatureRowView>().ProducesProblem(404);
        endpoints.MapPut(Route, WriteAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).Accepts<FeatureValues>("application/json")
            .WithName("putFeatures").WithSummary("Writes feature values of an entity as of a time.").WithTags("features").Produces<FeatureRowView>().ProducesProblem(400);
    }

    private static async Task<IResult> FindAsync(string scorecard, string entity, string? asOf, HttpContext context, FeatureDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !AsOf(asOf).TryGet(out var limit, out problems)) return ApiProblems.Of(problems);
        return (await desk.FindAsync(scorecard, entity, limit.Instant, actor, cancellationToken)).TryGet(out var row, out problems) ? Results.Json(View(scorecard, row), ApiJson.Options) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> WriteAsync(string scorecard, string entity, string? asOf, HttpContext context, FeatureDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !AsOf(asOf).TryGet(out var limit, out problems)) return ApiProblems.Of(problems);
        if (!(await ValuesAsync(context, cancellationToken)).TryGet(out var values, out problems)) return ApiProblems.Of(problems);
        return (await desk.WriteAsync(scorecard, entity, limit.Instant, values, actor, cancellationToken)).TryGet(out var row, out problems) ? Results.Json(View(scorecard, row), ApiJson.Options) : ApiProblems.Of(problems);
    }

    private static Outcome<Limit> AsOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Limit(null);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? new Limit(instant)
            : new Problem("asOf.invalid", "The as-of time is not an ISO 8601 instant.") { Field = "asOf", Remedy = "Write it as 2026-11-20 or 2026-11-20T08:00:00Z." };
    }

    // Values as they would stand in a file: one reading of cells, wherever they come from.
    private static async Task<Outcome<IReadOnlyDictionary<string, string?>>> ValuesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!(await ApiBody.ReadAsync<FeatureValues>(context, cancellationToken)).TryGet(out var body, out var problems)) return Outcome<IReadOnlyDictionary<string, string?>>.Refused(problems);
        var odd = body.Values.FirstOrDefault(value => value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
        if (odd.Key is not null) return new Problem("field.type", "A value is a number, a text, true, false or null.") { Field = odd.Key, Remedy = "Send a single value." };
        return Outcome<IReadOnlyDictionary<string, string?>>.Success(body.Values.ToDictionary(value => value.Key, value => TextOf(value.Value), StringComparer.Ordinal));
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static FeatureRowView View(string scorecard, FeatureRow row) => new(
        scorecard, row.Entity, row.AsOf, row.KnownSince, row.Version, row.ScoringHash, row.Fields.ToDictionary(field => field.Name, ValueOf, StringComparer.Ordinal));

    // Numbers as numbers; dates, categories and special codes by their text.
    private static object? ValueOf(FeatureField field) =>
        field.Text is null ? null : field.Type is InputType.Number or InputType.Integer or InputType.Flag && !double.IsNaN(field.Number) ? field.Number : field.Text;

    private sealed record Limit(DateTimeOffset? Instant);
}

/// <summary>Values to write.</summary>
/// <param name="Values">By name: a number, a text, true, false, or null for missing.</param>
public sealed record FeatureValues(Dictionary<string, JsonElement> Values);

/// <summary>Values of an entity.</summary>
/// <param name="Scorecard">Dictionary.</param>
/// <param name="Entity">Whose.</param>
/// <param name="AsOf">The time that they describe.</param>
/// <param name="KnownSince">When they were written.</param>
/// <param name="Version">Version of the delivery; null for values that were written by a call.</param>
/// <param name="ScoringHash">Hash of the dictionary's scoring part.</param>
/// <param name="Values">By name; null for missing.</param>
public sealed record FeatureRowView(
    string Scorecard, string Entity, DateTimeOffset AsOf, DateTimeOffset KnownSince, int? Version, string ScoringHash, IReadOnlyDictionary<string, object?> Values);
