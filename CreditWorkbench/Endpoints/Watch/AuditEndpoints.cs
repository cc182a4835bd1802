using System.Globalization;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Endpoints.Cases;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Watch;

/// <summary>An entry of the trail as an auditor sees it.</summary>
/// <param name="Sequence">One-based, without gaps.</param>
/// <param name="Id">Identity.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ActorId">Who.</param>
/// <param name="ActorName">Name of the actor today; the id where there is none.</param>
/// <param name="Kind">What.</param>
/// <param name="SubjectId">About what.</param>
/// <param name="Releases">Hashes of the releases that took part.</param>
/// <param name="Payload">Facts by name, personal data masked; null after an erasure.</param>
/// <param name="PayloadHash">SHA-256 of the encrypted facts.</param>
/// <param name="PreviousHash">Hash of the entry before.</param>
/// <param name="Hash">Hash of this entry.</param>
public sealed record AuditResource(
    long Sequence, Guid Id, DateTimeOffset At, Guid ActorId, string ActorName, string Kind, string SubjectId, IReadOnlyList<string> Releases, IReadOnlyDictionary<string, string?>? Payload,
    string PayloadHash, string PreviousHash, string Hash)
{
    internal static AuditResource Of(AuditView view) => new(
        view.Entry.Sequence, view.Entry.Id, view.Entry.At, view.Entry.ActorId, view.ActorName, view.Entry.Kind, view.Entry.SubjectId,
        view.Entry.Releases.Split(',', StringSplitOptions.RemoveEmptyEntries), view.Payload, view.Entry.PayloadHash.Hex, view.Entry.PreviousHash.Hex, view.Entry.Hash.Hex);
}

/// <summary><c>/audit</c>: search, export and verify the trail.</summary>
public static class AuditEndpoints
{
    private static readonly string[] Columns = ["sequence", "at", "actorId", "actor", "kind", "subject", "releases", "payload", "payloadHash", "previousHash", "hash"];

    /// <summary>Maps them.</summary>
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", SearchAsync).RequireAuthorization(new MayAttribute(Permission.ReadAudit))
            .Followed().WithQuery("kind", "Kind of entry.").WithQuery("subject", "Identity of what it is about.").WithQuery("actor", "Identity of who did it.").WithQuery("from", "First instant, UTC.").WithQuery("to", "First instant after it.").WithName("getAudit").WithSummary("Entries by ?kind=, ?subject=, ?actor=, ?from= and ?to=, newest first, from ?after= on; X-Next-After tells where it goes on.").WithTags("audit")
            .Produces<IReadOnlyList<AuditResource>>().ProducesProblem(400);
        api.MapGet("/audit/export", ExportAsync).RequireAuthorization(new MayAttribute(Permission.ReadAudit))
            .WithQuery("format", "csv (unless given) or ndjson.").WithQuery("kind", "Kind of entry.").WithQuery("subject", "Identity of what it is about.").WithQuery("actor", "Identity of who did it.").WithQuery("from", "First instant, UTC.").WithQuery("to", "First instant after it.").WithName("getAuditExport").WithSummary("Every entry that matches, in order, streamed as ?format=csv or ndjson; personal data masked.").WithTags("audit")
            .Produces(200, contentType: "text/csv", additionalContentTypes: "application/x-ndjson").ProducesProblem(400);
        api.MapGet("/audit/verify", VerifyAsync).RequireAuthorization(new MayAttribute(Permission.ReadAudit))
            .WithName("getAuditVerify").WithSummary("Checks every link of the chain and the seals of its tail.").WithTags("audit").Produces<AuditVerification>();
    }

    private static Task<IResult> SearchAsync(HttpContext context, AuditDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiCursor.Of(context).TryGet(out var cursor, out var problems) || !cursor.Position().TryGet(out var before, out problems)) return Outcome<IReadOnlyList<AuditView>>.Refused(problems);
                if (!QueryOf(context).TryGet(out var query, out problems)) return Outcome<IReadOnlyList<AuditView>>.Refused(problems);
                if (!(await desk.SearchAsync(query with { Before = before, Take = cursor.PageSize + 1 }, actor, cancellationToken)).TryGet(out var found, out problems)) return Outcome<IReadOnlyList<AuditView>>.Refused(problems);
                IReadOnlyList<AuditView> shown = [.. found.Take(cursor.PageSize)];
                ApiCursor.Next(context, found.Count > shown.Count ? shown[^1].Entry.Sequence.ToString(CultureInfo.InvariantCulture) : null);
                return Outcome<IReadOnlyList<AuditView>>.Success(shown);
            },
            shown => ApiCalls.Json(shown.Select(AuditResource.Of).ToList()));

    private static Task<IResult> ExportAsync(HttpContext context, AuditDesk desk, CancellationToken cancellationToken)
    {
        var format = "csv";
        return ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiCalls.Word(context, "format", ["csv", "ndjson"]).TryGet(out var asked, out var problems)) return Outcome<IAsyncEnumerable<AuditView>>.Refused(problems);
                if (!QueryOf(context).TryGet(out var query, out problems)) return Outcome<IAsyncEnumerable<AuditView>>.Refused(problems);
                format = asked ?? format;
                return await desk.ExportAsync(query, format, actor, cancellationToken);
            },
            entries => format == "csv"
                ? Results.Stream(stream => WriteAsync(stream, entries, CsvLine, string.Join(',', Columns), cancellationToken), "text/csv; charset=utf-8", "audit.csv")
                : Results.Stream(stream => WriteAsync(stream, entries, view => JsonSerializer.Serialize(AuditResource.Of(view), ApiJson.Options), null, cancellationToken), "application/x-ndjson", "audit.ndjson"));
    }

    private static Task<IResult> VerifyAsync(HttpContext context, AuditDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(context, actor => desk.VerifyAsync(actor, cancellationToken), verification => ApiCalls.Json(verification));

    private static async Task WriteAsync(Stream stream, IAsyncEnumerable<AuditView> entries, Func<AuditView, string> line, string? header, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        if (header is not null) await writer.WriteLineAsync(header.AsMemory(), cancellationToken);
        await foreach (var view in entries.WithCancellation(cancellationToken)) await writer.WriteLineAsync(line(view).AsMemory(), cancellationToken);
    }

    // A spreadsheet must not run what somebody wrote into a justification.
    private static string CsvLine(AuditView view)
    {
        var entry = view.Entry;
        string[] cells =
        [
            entry.Sequence.ToString(CultureInfo.InvariantCulture), entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.ActorId.ToString(), view.ActorName, entry.Kind, entry.SubjectId,
            entry.Releases, view.Payload is null ? "" : JsonSerializer.Serialize(view.Payload, ApiJson.Options), entry.PayloadHash.Hex, entry.PreviousHash.Hex, entry.Hash.Hex,
        ];
        return string.Join(',', cells.Select(Csv.Cell));
    }

    private static Outcome<AuditQuery> QueryOf(HttpContext context)
    {
        var query = context.Request.Query;
        string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
        Guid? actor = null;
        if (Text("actor") is { } id)
        {
            if (!Guid.TryParseExact(id, "D", out var parsed)) return new Problem("actor.invalid", "The actor is no identity.") { Field = "actor", Remedy = "Send the actorId of an entry." };
            actor = parsed;
        }

        if (!InstantOf("from", Text("from")).TryGet(out var from, out var problems) || !InstantOf("to", Text("to")).TryGet(out var to, out problems)) return Outcome<AuditQuery>.Refused(problems);
        return new AuditQuery(Text("kind"), Text("subject"), actor, from.At, to.At);
    }

    private static Outcome<Asked> InstantOf(string name, string? text)
    {
        if (text is null) return new Asked(null);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new Asked(at)
            : new Problem("instant.invalid", $"{name} is not an ISO 8601 instant.") { Field = name, Remedy = "Write it as 2026-11-20 or 2026-11-20T08:00:00Z." };
    }

    private sealed record Asked(DateTimeOffset? At);
}
