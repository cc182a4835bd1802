using System.Diagnostics;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Refusals as problem details (RFC 9457) with a stable <c>code</c>, the faults by field, and the trace.</summary>
public static class ApiProblems
{
    /// <summary>The answer to a refusal; the first problem gives code and status.</summary>
    public static IResult Of(IReadOnlyList<Problem> problems)
    {
        var first = problems[0];
        var further = new Dictionary<string, object?> { ["code"] = first.Code, ["traceId"] = Activity.Current?.Id };
        var fields = problems.Where(problem => problem.Field is not null).GroupBy(problem => problem.Field!, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal);
        if (fields.Count > 0) further["errors"] = fields;
        if (first.Remedy is not null) further["remedy"] = first.Remedy;
        return Results.Problem(first.Message, statusCode: StatusOf(first.Code), extensions: further);
    }

    private static int StatusOf(string code) => code switch
    {
        "credentials.missing" => StatusCodes.Status401Unauthorized,
        "permission.missing" => StatusCodes.Status403Forbidden,
        "version.stale" => StatusCodes.Status412PreconditionFailed,
        _ when code.EndsWith(".notFound", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status400BadRequest,
    };
}
