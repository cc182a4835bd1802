using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary><c>GET /staging/{id}/quarantine.csv</c>: the findings of a run as a file, line by line, however many there are.</summary>
public static class QuarantineEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapQuarantine(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/staging/{id:guid}/quarantine.csv", DownloadAsync).RequireAuthorization(new MayAttribute(Permission.ReadModels));

    private static async Task<IResult> DownloadAsync(Guid id, HttpContext context, StagingDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        if (!(await desk.FindAsync(id, actor, cancellationToken)).TryGet(out var run, out _)) return Results.NotFound();
        if (!(await desk.DownloadAsync(run, actor, cancellationToken)).TryGet(out var lines, out problems)) return ApiProblems.Of(problems);
        return Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
            foreach (var line in lines)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await writer.WriteAsync(line + "\r\n");
            }
        }, "text/csv; charset=utf-8", $"{run.ScorecardId}-{run.StartedAt.UtcDateTime:yyyyMMdd-HHmm}-quarantine.csv");
    }
}
