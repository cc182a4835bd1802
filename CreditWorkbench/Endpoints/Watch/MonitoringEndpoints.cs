using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Web.Endpoints.Cases;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Watch;

/// <summary><c>/monitoring</c> and <c>/alerts</c>: how scorecards are doing, and what somebody should see.</summary>
public static class MonitoringEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapMonitoring(this IEndpointRouteBuilder api)
    {
        api.MapGet("/monitoring/{scorecard}", ReadAsync).RequireAuthorization(new MayAttribute(Permission.ReadDashboards))
            .WithName("getMonitoring").WithSummary("Drift, volumes, decisions and performance of a scorecard from ?from= to ?to= (days, UTC); the last thirty days unless stated.").WithTags("monitoring")
            .Produces<MonitoringResource>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/alerts", ListAsync).RequireAuthorization(new MayAttribute(Permission.ReadDashboards))
            .Paged().WithQuery("status", "open or acknowledged.").WithName("getAlerts").WithSummary("Alerts by ?status= (open, acknowledged), ?scorecard= and ?kind=, newest first.").WithTags("monitoring").Produces<IReadOnlyList<AlertResource>>().ProducesProblem(400);
        api.MapPost("/alerts/{id:guid}/acknowledge", AcknowledgeAsync).RequireAuthorization(new MayAttribute(Permission.PromoteModels)).Accepts<NewAcknowledgement>("application/json")
            .WithName("postAcknowledge").WithSummary("Acknowledges an open alert.").WithTags("monitoring").Produces<AlertResource>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    private static Task<IResult> ReadAsync(string scorecard, string? from, string? to, HttpContext context, MonitoringDesk desk, TimeProvider clock, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!DayOf("from", from).TryGet(out var first, out var problems) || !DayOf("to", to).TryGet(out var last, out problems)) return Outcome<MonitoringReport>.Refused(problems);
                var period = MonitoringPeriod.Of(first.Day, last.Day, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
                return await desk.ReadAsync(scorecard, period, actor, cancellationToken);
            },
            report => ApiCalls.Json(MonitoringResource.Of(report)));

    private static Task<IResult> ListAsync(string? scorecard, string? kind, HttpContext context, AlertDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiPage.Of(context).TryGet(out var page, out var problems)) return Outcome<Page<Alert>>.Refused(problems);
                if (!ApiCalls.Word(context, "status", ["open", "acknowledged"]).TryGet(out var status, out problems)) return Outcome<Page<Alert>>.Refused(problems);
                return await desk.ListAsync(new AlertQuery(status is null ? null : status == "open", scorecard, kind, page.Skip, page.PageSize), actor, cancellationToken);
            },
            found =>
            {
                ApiPage.Total(context, found.Total);
                return ApiCalls.Json(found.Items.Select(AlertResource.Of).ToList());
            });

    private static Task<IResult> AcknowledgeAsync(Guid id, HttpContext context, AlertDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewAcknowledgement, Alert>(
            context,
            async (actor, body) => ApiVersion.Expected(context).TryGet(out var version, out var problems) ? await desk.AcknowledgeAsync(id, body.Note, version, actor, cancellationToken) : Outcome<Alert>.Refused(problems),
            alert => ApiCalls.Versioned(context, alert.RowVersion, AlertResource.Of(alert)));

    private static Outcome<Asked> DayOf(string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Asked(null);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new Asked(day)
            : new Problem("monitoring.period", $"{name} is no day.") { Field = name, Remedy = "Write it as 2026-11-20." };
    }

    private sealed record Asked(DateOnly? Day);
}
