using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Web.Endpoints.Cases;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Watch;

/// <summary>An outcome to report: exactly one of the first three members names the score.</summary>
/// <param name="Bad">Whether it turned out bad, as the scorecard's target defines it.</param>
/// <param name="ObservedAt">When that was seen.</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="PredictionId">Stateless prediction.</param>
/// <param name="Reference">Number of the application, or the caller's own reference of its prediction.</param>
public sealed record NewOutcome(bool Bad, DateTimeOffset ObservedAt, Guid? ApplicationId = null, Guid? PredictionId = null, string? Reference = null);

/// <summary><c>POST /outcomes</c>: what became of scores.</summary>
public static class OutcomeEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapOutcomes(this IEndpointRouteBuilder api) =>
        api.MapPost("/outcomes", ReportAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn, Permission.BuildModels)).Accepts<NewOutcome[]>("application/json")
            .WithName("postOutcomes").WithSummary("Reports outcomes, all or none; a later one corrects an earlier one, which stays as history.").WithTags("monitoring")
            .Produces<OutcomeReceipt>().ProducesProblem(400);

    private static Task<IResult> ReportAsync(HttpContext context, OutcomeDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewOutcome[], OutcomeReceipt>(
            context,
            async (actor, body) =>
            {
                if (body.Any(row => row is null)) return new Problem("body.invalid", "A row is null.") { Remedy = "Send one object per outcome." };
                var answer = await desk.RecordAsync([.. body.Select(row => new OutcomeReport(row.ApplicationId, row.PredictionId, row.Reference, row.Bad, row.ObservedAt))], actor, cancellationToken);
                return answer.Succeeded ? answer : Outcome<OutcomeReceipt>.Refused([.. answer.Problems.Select(Placed)]);
            },
            receipt => ApiCalls.Json(receipt));

    // The place of a fault in the array that was sent, so that every fault has a field of its own.
    private static Problem Placed(Problem problem) =>
        problem.Row is { } row ? problem with { Field = problem.Field is { } field ? $"[{row - 1}].{field}" : $"[{row - 1}]" } : problem;
}
