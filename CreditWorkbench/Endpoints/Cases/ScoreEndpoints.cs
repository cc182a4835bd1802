using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary><c>/applications/{id}/score</c> and <c>/scores</c>: score an application, read scores, explanations and roadmaps, replay.</summary>
public static class ScoreEndpoints
{
    private const string One = "/scores/{id:guid}";

    /// <summary>Maps them.</summary>
    public static void MapScores(this IEndpointRouteBuilder api)
    {
        api.MapPost("/applications/{id:guid}/score", ScoreAsync).RequireAuthorization(new MayAttribute(Permission.Score))
            .WithName("postScore").WithSummary("Scores an application and opens its review case; committed before the answer. ?roadmap=false leaves the roadmap out.").WithTags("scores")
            .Produces<ScoreResource>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/scores", ListAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .Followed().WithName("getScores").WithSummary("Scores by ?scorecard= and ?application=, newest first, from ?after= on; X-Next-After tells where it goes on.").WithTags("scores")
            .Produces<IReadOnlyList<ScoreResource>>().ProducesProblem(400);
        api.MapGet(One, FindAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .WithName("getScore").WithSummary("One score.").WithTags("scores").Produces<ScoreResource>().ProducesProblem(404);
        api.MapGet(One + "/explanation", ExplainAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .WithName("getScoreExplanation").WithSummary("The explanation of a score, in points that add up.").WithTags("scores").Produces<ExplanationResource>().ProducesProblem(404);
        api.MapGet(One + "/roadmap", RoadmapAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .WithName("getScoreRoadmap").WithSummary("The roadmap of a score; 202 while it is worked out.").WithTags("scores")
            .Produces<RoadmapResource>().Produces<RoadmapResource>(202).ProducesProblem(404);
        api.MapGet(One + "/replay", ReplayAsync).RequireAuthorization(new MayAttribute(Permission.Replay))
            .WithName("getScoreReplay").WithSummary("Scores the same values again under the release of that day and compares bits.").WithTags("scores")
            .Produces<ReplayResource>().ProducesProblem(404);
    }

    private static async Task<IResult> ScoreAsync(
        Guid id, bool? roadmap, HttpContext context, ScoringDesk scoring, RoadmapDesk roadmaps, ReviewDesk reviews, IScorecardCatalog scorecards, ApiSettings settings, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        if (!(await scoring.IssueAsync(id, actor, cancellationToken)).TryGet(out var score, out problems)) return ApiProblems.Of(problems);

        // From here on the score is committed: the caller learns of it whatever becomes of the rest.
        var review = (await reviews.OpenAsync(id, actor, cancellationToken)).TryGet(out var opened, out _) ? opened.Id : (Guid?)null;
        var answer = ScoreResource.Of(score, (await scorecards.FindAsync(score.Release.ScorecardId, cancellationToken))!, review);
        if (roadmap != false) answer = answer with { Roadmap = await PlannedAsync(score, roadmaps, settings.RoadmapPatience, actor, scorecards, cancellationToken) };
        return ApiCalls.Created(context, $"/scores/{score.Id}", answer);
    }

    private static async Task<RoadmapResource?> PlannedAsync(IssuedScore score, RoadmapDesk roadmaps, TimeSpan patience, Actor actor, IScorecardCatalog scorecards, CancellationToken cancellationToken)
    {
        if (!(await roadmaps.ReadAsync(score.Id, patience, actor, cancellationToken)).TryGet(out var progress, out _)) return null;
        return progress.Roadmap is { } ready ? RoadmapResource.Of(ready, (await scorecards.FindAsync(score.Release.ScorecardId, cancellationToken))!) : RoadmapResource.UnderWay;
    }

    private static Task<IResult> ListAsync(string? scorecard, Guid? application, HttpContext context, ScoreReader reader, IScorecardCatalog scorecards, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiCursor.Of(context).TryGet(out var cursor, out var problems)) return Outcome<IReadOnlyList<ScoreResource>>.Refused(problems);
                if (!cursor.Id().TryGet(out var after, out problems)) return Outcome<IReadOnlyList<ScoreResource>>.Refused(problems);
                var query = new ScoreQuery(scorecard, application) { After = after, Take = cursor.PageSize };
                if (!(await reader.ListAsync(query, actor, cancellationToken)).TryGet(out var list, out problems)) return Outcome<IReadOnlyList<ScoreResource>>.Refused(problems);
                ApiCursor.Next(context, list.Next?.ToString());
                var found = new List<ScoreResource>();
                foreach (var score in list.Items)
                {
                    if (await scorecards.FindAsync(score.Release.ScorecardId, cancellationToken) is { } definition) found.Add(ScoreResource.Of(score, definition, review: null));
                }

                return Outcome<IReadOnlyList<ScoreResource>>.Success(found);
            },
            list => ApiCalls.Json(list));

    private static Task<IResult> FindAsync(Guid id, HttpContext context, ScoreReader reader, IScorecardCatalog scorecards, IReviewStore cases, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!(await reader.FindAsync(id, actor, cancellationToken)).TryGet(out var score, out var problems)) return Outcome<ScoreResource>.Refused(problems);
                if (await scorecards.FindAsync(score.Release.ScorecardId, cancellationToken) is not { } definition) return new Problem("score.notFound", "There is no such score.");
                return ScoreResource.Of(score, definition, (await cases.OfApplicationAsync(score.ApplicationId, cancellationToken))?.Id);
            },
            score => ApiCalls.Json(score));

    private static Task<IResult> ExplainAsync(Guid id, HttpContext context, ScoreReader reader, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor => (await reader.FindAsync(id, actor, cancellationToken)).Then<ExplanationResource>(score => score.Explanation is { } explanation
                ? ExplanationResource.Of(explanation)
                : new Problem("explanation.notFound", "This score was issued without an explanation; its warnings say why.")),
            explanation => ApiCalls.Json(explanation));

    private static Task<IResult> RoadmapAsync(Guid id, HttpContext context, RoadmapDesk roadmaps, IScorecardCatalog scorecards, ApiSettings settings, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!(await roadmaps.ReadAsync(id, settings.RoadmapPatience, actor, cancellationToken)).TryGet(out var progress, out var problems)) return Outcome<RoadmapResource>.Refused(problems);
                if (progress.Roadmap is not { } ready) return RoadmapResource.UnderWay;
                return await scorecards.FindAsync(progress.Score.Release.ScorecardId, cancellationToken) is { } definition ? RoadmapResource.Of(ready, definition) : new Problem("score.notFound", "There is no such score.");
            },
            roadmap =>
            {
                if (roadmap.Outcome is not null) return ApiCalls.Json(roadmap);
                context.Response.Headers.RetryAfter = "1";
                return ApiCalls.Json(roadmap, StatusCodes.Status202Accepted);
            });

    private static Task<IResult> ReplayAsync(Guid id, HttpContext context, ReplayDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context, actor => desk.ReplayAsync(id, actor, cancellationToken),
            replay => ApiCalls.Json(new ReplayResource(id, replay.Equal, replay.EngineChanged, replay.Issued, replay.Replayed, replay.MarginDifference)));
}
