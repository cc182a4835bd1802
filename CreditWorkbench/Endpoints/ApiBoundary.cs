using System.Diagnostics;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints.Metrics;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>The outermost layer under <c>/api</c>: whatever happens inside, the caller gets an answer of the API. Pages are left alone.</summary>
public sealed partial class ApiBoundary(RequestDelegate next, ILogger<ApiBoundary> log)
{
    private const int ClientClosedRequest = 499;

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context) => ApiRoutes.IsApi(context) ? AnswerAsync(context) : next(context);

    private async Task AnswerAsync(HttpContext context)
    {
        var began = Stopwatch.GetTimestamp();
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        try
        {
            if (AddressProblem(context.Request) is { } odd)
            {
                await RefuseAsync(context, odd);
                return;
            }

            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 }) await RefuseAsync(context, OfStatus(context.Response.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) context.Response.StatusCode = ClientClosedRequest;
        }
        catch (BodyRefusedException refused) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, refused.Problem);
        }
        catch (BadHttpRequestException broken) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, BodyProblems.Of(broken));
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            // Bugs and broken surroundings end here: the log has everything, the caller the trace.
            LogFault(fault, ApiProblems.TraceOf(context));
            await RefuseAsync(context, new Problem("engine.failed", "The server could not answer.") { Remedy = "Try again; if it stays, report the traceId." });
        }
        finally
        {
            ApiMetrics.Note(context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, context.Response.StatusCode, began);
        }
    }

    // A character 0 in an address is never meant, and no database keeps one.
    private static Problem? AddressProblem(HttpRequest request) =>
        request.Path.Value!.Contains('\0', StringComparison.Ordinal) || (request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) ?? false)
            ? new Problem("address.invalid", "The address holds the character 0.")
            : null;

    private static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ApiCaller.Missing,
        StatusCodes.Status403Forbidden => ApiCaller.Forbidden,
        StatusCodes.Status404NotFound => new Problem("route.notFound", "There is no such call.") { Remedy = "See /openapi/v1.json." },
        StatusCodes.Status405MethodNotAllowed => new Problem("method.notAllowed", "This call does not take this method.") { Remedy = "See the header Allow." },
        StatusCodes.Status413PayloadTooLarge => new Problem("body.tooLarge", "The body is longer than this call takes."),
        StatusCodes.Status415UnsupportedMediaType => new Problem("body.mediaType", "The body is of a type that this call does not take."),
        >= 500 => new Problem("engine.failed", "The server could not answer."),
        _ => new Problem("request.invalid", "The request cannot be read.") { Remedy = "See the description of the call." },
    };

    private static Task RefuseAsync(HttpContext context, Problem problem) => ApiProblems.Of(problem).ExecuteAsync(context);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call of the API failed ({Trace}).")]
    private partial void LogFault(Exception fault, string trace);
}
