using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using Microsoft.AspNetCore.WebUtilities;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Refusals as problem details (RFC 9457) with a stable <c>code</c>, the faults by field, and the trace.</summary>
public static class ApiProblems
{
    /// <summary>Media type of every refusal.</summary>
    public const string MediaType = "application/problem+json";

    private const int MostProblems = 100;

    // Codes whose status does not follow from their last word. Everything else is a fault of the request: 400.
    private static readonly FrozenDictionary<string, int> Statuses = new Dictionary<string, int>
    {
        ["permission.missing"] = 403,
        ["scope.missing"] = 403,
        ["origin.refused"] = 403,
        ["authority.none"] = 403,
        ["authority.amount"] = 403,
        ["authority.override"] = 403,
        ["model.stage.self"] = 403,
        ["model.stage.person"] = 403,
        ["rollout.limits.self"] = 403,
        ["method.notAllowed"] = 405,
        ["consent.missing"] = 409,
        ["consent.expired"] = 409,
        ["applicant.duplicate"] = 409,
        ["applicant.erased"] = 409,
        ["application.open"] = 409,
        ["case.claimedByOther"] = 409,
        ["case.notClaimed"] = 409,
        ["case.notScored"] = 409,
        ["case.notWaiting"] = 409,
        ["case.scoreStale"] = 409,
        ["job.ended"] = 409,
        ["letter.issued"] = 409,
        ["letter.notDecided"] = 409,
        ["objection.notDecided"] = 409,
        ["model.stage.move"] = 409,
        ["background.missing"] = 409,
        ["idempotency.inFlight"] = 409,
        ["idempotency.unknown"] = 409,
        ["consent.source.missing"] = 409,
        ["consent.withdrawn"] = 409,
        ["application.decided"] = 409,
        ["application.withdrawn"] = 409,
        ["application.dictionary"] = 409,
        ["letter.noReasons"] = 409,
        ["alert.acknowledged"] = 409,
        ["model.approval.none"] = 409,
        ["model.approval.open"] = 409,
        ["model.approval.stage"] = 409,
        ["model.approval.other"] = 409,
        ["model.dictionary"] = 409,
        ["model.rollback.none"] = 409,
        ["model.gate.self"] = 403,
        ["case.second.none"] = 409,
        ["case.second.rescored"] = 409,
        ["case.second.same"] = 403,
        ["objection.samePerson"] = 403,
        ["version.stale"] = 412,
        ["statement.tooLarge"] = 413,
        ["document.size"] = 413,
        ["body.mediaType"] = 415,
        ["body.charset"] = 415,
        ["body.contentEncoding"] = 415,
        ["idempotency.conflict"] = 422,
        ["version.missing"] = 428,
        ["rate.limited"] = 429,
        ["engine.failed"] = 500,
        ["model.none"] = 503,
        ["package.altered"] = 503,
        ["package.unfit"] = 503,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Ending, int Status)[] Endings =
        [(".notFound", 404), (".exists", 409), (".state", 409), (".conflict", 409), (".tooLarge", 413), (".unavailable", 503), (".busy", 503)];

    /// <summary>Codes that callers meet often, with their status, for the developers' page.</summary>
    public static IReadOnlyList<(string Code, int Status)> Table { get; } =
    [
        .. new[]
        {
            "body.invalid", "body.tooLarge", "body.mediaType", "field.unknown", "field.required", "field.type", "field.range", "legalBasis.missing", "credentials.missing", "credentials.invalid", "credentials.expired",
            "credentials.revoked", "permission.missing", "route.notFound", "scorecard.notFound", "method.notAllowed", "consent.missing", "model.none", "version.stale", "idempotency.inFlight", "idempotency.unknown", "idempotency.conflict", "rate.limited", "engine.failed",
        }.Select(code => (code, StatusOf(code))).OrderBy(known => known.Item2),
    ];

    /// <summary>The answer to a refusal; the first problem gives code and status.</summary>
    public static IResult Of(params IReadOnlyList<Problem> problems) => new ApiProblem(problems);

    /// <summary>The status that a code is answered with; 400 unless the code says otherwise.</summary>
    public static int StatusOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (Statuses.TryGetValue(code, out var status)) return status;
        if (code.StartsWith("credentials.", StringComparison.Ordinal)) return StatusCodes.Status401Unauthorized;
        foreach (var (ending, known) in Endings)
        {
            if (code.EndsWith(ending, StringComparison.Ordinal)) return known;
        }

        return StatusCodes.Status400BadRequest;
    }

    /// <summary>The trace that a refusal names and the log carries.</summary>
    public static string TraceOf(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;

    private sealed class ApiProblem(IReadOnlyList<Problem> problems) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode { get; } = StatusOf(problems[0].Code);

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var first = problems[0];
            var response = httpContext.Response;
            response.StatusCode = StatusCode ?? StatusCodes.Status400BadRequest;
            response.ContentType = MediaType;
            if (StatusCode == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
            await JsonSerializer.SerializeAsync(response.Body, new ApiProblemBody(
                ReasonPhrases.GetReasonPhrase(response.StatusCode), response.StatusCode, first.Message, first.Code, first.Remedy, ErrorsOf(problems), ListOf(problems), TraceOf(httpContext)), ApiJson.Options, httpContext.RequestAborted);
        }

        private static Dictionary<string, string[]>? ErrorsOf(IReadOnlyList<Problem> problems)
        {
            var fields = problems.Take(MostProblems).Where(problem => problem.Field is not null).GroupBy(problem => problem.Field!, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal);
            return fields.Count > 0 ? fields : null;
        }

        private static ApiFault[]? ListOf(IReadOnlyList<Problem> problems) =>
            problems.Count < 2 ? null : [.. problems.Take(MostProblems).Select(problem => new ApiFault(problem.Code, problem.Field, problem.Message, problem.Remedy))];
    }
}
