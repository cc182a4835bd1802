using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>The stateless door over REST: predict, explain, roadmap, and their records.</summary>
public static class PredictionEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapPredictions(this IEndpointRouteBuilder api)
    {
        // The desk serves everybody: looking it up once spares every call a scope of services.
        var services = api.ServiceProvider;
        var desk = new Lazy<PredictionDesk>(services.GetRequiredService<PredictionDesk>);
        api.MapPost("/scorecards/{id}/predict", Door(desk, PredictionKind.Predict)).Accepts<PredictBody>("application/json").Produces<PredictionView>()
            .Described("predict", "Scores values that belong to no applicant; with ?explain=top4 its reasons as well.");
        api.MapPost("/scorecards/{id}/explain", Door(desk, PredictionKind.Explain)).Accepts<ExplainBody>("application/json").Produces<ExplanationView>()
            .Described("explain", "Scores values and explains the score.");
        api.MapPost("/scorecards/{id}/roadmap", Door(desk, PredictionKind.Roadmap)).Accepts<RoadmapBody>("application/json").Produces<RoadmapView>()
            .Described("roadmap", "Searches a way to a better score; every step is re-scored.");
        api.MapGet("/predictions/{id:guid}", FindAsync).RequireAuthorization(new MayAttribute(Permission.ScoreStateless))
            .WithName("getPrediction").WithSummary("The record of a prediction of the calling client.").WithTags("predictions").Produces<PredictionRecordView>().ProducesProblem(404);
        api.MapGet("/predictions/{id:guid}/replay", ReplayAsync).RequireAuthorization(new MayAttribute(Permission.ScoreStateless, Permission.Replay))
            .WithName("replayPrediction").WithSummary("Scores the recorded values again under the release that answered.").WithTags("predictions").Produces<ReplayView>().ProducesProblem(404);
    }

    private static Delegate Door(Lazy<PredictionDesk> desk, PredictionKind kind) => (HttpContext context) => AnswerAsync(context, desk.Value, kind);

    private static void Described(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.RequireAuthorization(new MayAttribute(Permission.ScoreStateless)).Stateless().WithName(name).WithSummary(summary).WithTags("scorecards")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(500).ProducesProblem(503);

    private static async Task AnswerAsync(HttpContext context, PredictionDesk desk, PredictionKind kind)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)
            || !WithReasons(context, kind).TryGet(out var withReasons, out problems)
            || !(await ApiBody.BytesAsync(context, context.RequestAborted)).TryGet(out var body, out problems))
        {
            await ApiProblems.Of(problems).ExecuteAsync(context);
            return;
        }

        var call = new PredictionCall(kind, (string)context.Request.RouteValues["id"]!, body, actor, ApiCaller.ClientOf(context)?.DefaultLegalBasis) { WithReasons = withReasons };
        if (!(await desk.AnswerAsync(call, context.RequestAborted)).TryGet(out var answer, out problems))
        {
            await ApiProblems.Of(problems).ExecuteAsync(context);
            return;
        }

        PredictionJson.Write(context.Response, answer, withReasons, ApiLanguage.Of(context));
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Outcome<bool> WithReasons(HttpContext context, PredictionKind kind)
    {
        if (!context.Request.QueryString.HasValue || kind != PredictionKind.Predict) return false;
        return context.Request.Query["explain"].ToString() switch
        {
            "" or "none" => false,
            "top4" => true,
            _ => new Problem("field.category", "explain is neither none nor top4.") { Field = "explain", Remedy = "For everything ask for /explain." },
        };
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext context, PredictionRecords records, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await records.FindAsync(id, actor, cancellationToken)).TryGet(out var found, out problems) ? Results.Json(PredictionRecordView.Of(found), ApiJson.Options) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> ReplayAsync(Guid id, HttpContext context, PredictionRecords records, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await records.ReplayAsync(id, actor, cancellationToken)).TryGet(out var result, out problems) ? Results.Json(ReplayView.Of(result), ApiJson.Options) : ApiProblems.Of(problems);
    }
}
