using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Dictionaries and the models that answer, for client systems; texts in the language of <c>Accept-Language</c>.</summary>
public static class ScorecardEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapScorecards(this IEndpointRouteBuilder api)
    {
        var anyReader = new MayAttribute(Permission.ReadModels, Permission.ScoreStateless, Permission.ReadCases);
        api.MapGet("/scorecards", ListAsync).RequireAuthorization(anyReader)
            .WithName("listScorecards").WithSummary("Scorecards by id.").WithTags("scorecards").Produces<IReadOnlyList<ScorecardSummaryView>>();
        api.MapGet("/scorecards/{id}", FindAsync).RequireAuthorization(anyReader)
            .WithName("getScorecard").WithSummary("The dictionary: inputs, features, scale, grades, risk levels.").WithTags("scorecards").Produces<ScorecardView>().ProducesProblem(404);
        api.MapGet("/scorecards/{id}/model", ModelAsync).RequireAuthorization(new MayAttribute(Permission.ReadModels, Permission.ScoreStateless))
            .WithName("getScorecardModel").WithSummary("The release that answers, and where it comes from.").WithTags("scorecards").Produces<ModelView>().ProducesProblem(404).ProducesProblem(503);
        api.MapGet("/scorecards/{id}/metrics", MetricsAsync).RequireAuthorization(new MayAttribute(Permission.ReadModels, Permission.ScoreStateless))
            .WithName("getScorecardMetrics").WithSummary("Figures of the release that answers, with their intervals, and its features.").WithTags("scorecards").Produces<MetricsView>().ProducesProblem(404).ProducesProblem(503);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ScorecardReads reads, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await reads.ListAsync(actor, cancellationToken)).TryGet(out var all, out problems)
            ? Results.Json(all.Select(definition => ScorecardSummaryView.Of(definition, ApiLanguage.Of(context))), ApiJson.Options)
            : ApiProblems.Of(problems);
    }

    private static async Task<IResult> FindAsync(string id, HttpContext context, ScorecardReads reads, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await reads.FindAsync(id, actor, cancellationToken)).TryGet(out var definition, out problems) ? Results.Json(ScorecardView.Of(definition, ApiLanguage.Of(context)), ApiJson.Options) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> ModelAsync(string id, HttpContext context, ScorecardReads reads, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await reads.ModelAsync(id, actor, cancellationToken)).TryGet(out var release, out problems) ? Results.Json(ModelView.Of(release), ApiJson.Options) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> MetricsAsync(string id, HttpContext context, ScorecardReads reads, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await reads.ModelAsync(id, actor, cancellationToken)).TryGet(out var release, out problems) ? Results.Json(MetricsView.Of(release, ApiLanguage.Of(context)), ApiJson.Options) : ApiProblems.Of(problems);
    }
}
