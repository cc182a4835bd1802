using System.IO.Compression;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;
using Microsoft.Net.Http.Headers;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Files of rows over REST: handed in as a stream, scored by a job, watched, called off, fetched as a stream.</summary>
public static class BatchEndpoints
{
    private const string Csv = "text/csv";
    private const string Ndjson = "application/x-ndjson";

    /// <summary>Maps them.</summary>
    public static void MapBatches(this IEndpointRouteBuilder api)
    {
        var may = new MayAttribute(Permission.ScoreStateless);
        api.MapPost("/scorecards/{id}/batches", TakeAsync).RequireAuthorization(may).TakesUpTo(ApiRoutes.LargestBatch)
            .WithName("createBatch").WithSummary("Takes rows as CSV or NDJSON, also gzip, to be scored by a job. Query: explain=none|top4|full, id=COLUMN, legalBasis=CODE[,CODE].").WithTags("batches")
            .Accepts<Stream>(Csv, Ndjson, "application/gzip").Produces<BatchTaken>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413);
        api.MapGet("/batches", ListAsync).RequireAuthorization(may).WithName("listBatches").WithSummary("The caller's batches, newest first.").WithTags("batches").Produces<BatchView[]>();
        api.MapGet("/batches/{id:guid}", FindAsync).RequireAuthorization(may).WithName("getBatch").WithSummary("State, counts and the first rejected rows of a batch.").WithTags("batches")
            .Produces<BatchView>().ProducesProblem(404);
        api.MapGet("/batches/{id:guid}/results", ResultsAsync).RequireAuthorization(may)
            .WithName("getBatchResults").WithSummary("The scored rows as CSV or NDJSON (format=csv|ndjson), gzip where accepted; 409 before the end.").WithTags("batches")
            .Produces(200, contentType: Csv, additionalContentTypes: [Ndjson]).ProducesProblem(404).ProducesProblem(409);
        api.MapDelete("/batches/{id:guid}", CancelAsync).RequireAuthorization(may).WithName("cancelBatch").WithSummary("Calls a batch off; nothing of it is kept.").WithTags("batches")
            .Produces<BatchView>(202).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> TakeAsync(string id, HttpContext context, BatchDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !Request(id, context).TryGet(out var request, out problems)
            || !ApiBody.Open(context).TryGet(out var body, out problems)) return ApiProblems.Of(problems);
        await using var content = body;
        if (!(await desk.TakeAsync(request, content, actor, clock.GetUtcNow(), cancellationToken)).TryGet(out var batch, out problems)) return ApiProblems.Of(problems);
        context.Response.Headers.Location = $"{ApiRoutes.V1}/batches/{batch.Id}";
        return Results.Json(new BatchTaken(batch.Id), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(HttpContext context, BatchDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !ApiPage.Of(context).TryGet(out var page, out problems)) return ApiProblems.Of(problems);
        var found = await desk.ListAsync(page.Page, page.PageSize, actor, cancellationToken);
        ApiPage.Total(context, found.Total);
        return Results.Json(found.Items.Select(BatchView.Of), ApiJson.Options);
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext context, BatchDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await desk.FindAsync(id, actor, cancellationToken)).TryGet(out var batch, out problems) ? Results.Json(BatchView.Of(batch), ApiJson.Options) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext context, BatchDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await desk.CancelAsync(id, actor, cancellationToken)).TryGet(out var batch, out problems)
            ? Results.Json(BatchView.Of(batch), ApiJson.Options, statusCode: StatusCodes.Status202Accepted)
            : ApiProblems.Of(problems);
    }

    private static async Task<IResult> ResultsAsync(Guid id, HttpContext context, BatchDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !Format(context).TryGet(out var asked, out problems)) return ApiProblems.Of(problems);
        if (!(await desk.OpenResultsAsync(id, actor, cancellationToken)).TryGet(out var found, out problems)) return ApiProblems.Of(problems);
        await using var results = found;
        var format = asked.Format ?? found.Batch.Format;
        var response = context.Response;
        response.ContentType = format == BatchFormat.Csv ? $"{Csv}; charset=utf-8" : Ndjson;
        response.Headers.ContentDisposition = $"attachment; filename=\"batch-{id:n}.{(format == BatchFormat.Csv ? "csv" : "ndjson")}\"";
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (!TakesGzip(context.Request))
        {
            await WriteAsync(found, format, response.Body, cancellationToken);
            return Results.Empty;
        }

        response.Headers.ContentEncoding = "gzip";
        await using var packed = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await WriteAsync(found, format, packed, cancellationToken);
        return Results.Empty;
    }

    private static Task WriteAsync(BatchResults results, BatchFormat format, Stream target, CancellationToken cancellationToken) =>
        format == BatchFormat.Csv ? results.WriteCsvAsync(target, cancellationToken) : results.WriteJsonLinesAsync(target, cancellationToken);

    private static Outcome<BatchRequest> Request(string scorecard, HttpContext context)
    {
        var query = context.Request.Query;
        SheetExplanation? explanation = query["explain"].ToString() switch { "" or "none" => SheetExplanation.None, "top4" => SheetExplanation.Top4, "full" => SheetExplanation.Full, _ => null };
        if (explanation is null) return new Problem("field.category", "explain is neither none nor top4 nor full.") { Field = "explain", Remedy = "Allowed: none, top4, full." };
        var stated = query["legalBasis"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var column = query["id"].ToString();
        return new BatchRequest(scorecard, explanation.Value, column.Length == 0 ? null : column, stated, ApiCaller.ClientOf(context)?.DefaultLegalBasis);
    }

    private static Outcome<Asked> Format(HttpContext context) => context.Request.Query["format"].ToString() switch
    {
        "csv" => new Asked(BatchFormat.Csv),
        "ndjson" => new Asked(BatchFormat.Ndjson),
        "" => new Asked(Accepted(context.Request)),
        _ => new Problem("field.category", "format is neither csv nor ndjson.") { Field = "format", Remedy = "Allowed: csv, ndjson." },
    };

    private static BatchFormat? Accepted(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept.Contains(Ndjson, StringComparison.OrdinalIgnoreCase)) return BatchFormat.Ndjson;
        return accept.Contains(Csv, StringComparison.OrdinalIgnoreCase) ? BatchFormat.Csv : null;
    }

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings) && codings.Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);

    private sealed record Asked(BatchFormat? Format);
}
