using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary><c>/reviews</c>: the queue, claim, release, decision, second approval, letter.</summary>
public static class ReviewEndpoints
{
    private const string One = "/reviews/{id:guid}";
    private const string Pdf = "application/pdf";

    // By where a case stands, and by what it is to the reader.
    private static readonly Dictionary<string, QueueFilter> Filters = new(StringComparer.Ordinal)
    {
        ["open"] = QueueFilter.Open,
        ["mine"] = QueueFilter.Mine,
        ["waiting"] = QueueFilter.Free,
        ["secondApproval"] = QueueFilter.Second,
        ["objections"] = QueueFilter.Objections,
        ["late"] = QueueFilter.Late,
        ["decided"] = QueueFilter.Decided,
    };

    private static readonly string[] Statuses = [.. Filters.Keys, Claimed];
    private const string Claimed = "claimed";

    /// <summary>Maps them.</summary>
    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reviews", ListAsync).RequireAuthorization(new MayAttribute(Permission.Review))
            .Paged().WithQuery("status", "open (unless given), waiting, claimed, secondApproval, decided, mine, objections or late.").WithName("getReviews").WithSummary("Cases by ?status= (open, waiting, claimed, secondApproval, decided, mine, objections, late) and ?scorecard=, most urgent first.").WithTags("reviews")
            .Produces<IReadOnlyList<ReviewResource>>().ProducesProblem(400);
        api.MapGet(One, FindAsync).RequireAuthorization(new MayAttribute(Permission.Review))
            .WithName("getReview").WithSummary("One case with its decisions.").WithTags("reviews").Produces<ReviewResource>().ProducesProblem(404);
        api.MapPost(One + "/claim", ClaimAsync).RequireAuthorization(new MayAttribute(Permission.Decide))
            .WithName("postClaim").WithSummary("Takes a waiting case.").WithTags("reviews").Produces<ReviewResource>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        api.MapPost(One + "/release", ReleaseAsync).RequireAuthorization(new MayAttribute(Permission.Decide))
            .WithName("postRelease").WithSummary("Gives a claimed case back.").WithTags("reviews").Produces<ReviewResource>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        api.MapPost(One + "/decision", DecideAsync).RequireAuthorization(new MayAttribute(Permission.Decide)).Accepts<NewDecision>("application/json")
            .WithName("postDecision").WithSummary("Decides a claimed case, or recommends where another person must approve.").WithTags("reviews")
            .Produces<DecisionResource>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        api.MapPost(One + "/second", SecondAsync).RequireAuthorization(new MayAttribute(Permission.Decide)).Accepts<SecondOpinion>("application/json")
            .WithName("postSecond").WithSummary("Approves or returns a decision that waits for a second person.").WithTags("reviews")
            .Produces<DecisionResource>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapGet(One + "/letter", LetterAsync).RequireAuthorization(new MayAttribute(Permission.Decide))
            .WithName("getLetter").WithSummary("The letter about a decline or counter-offer, as JSON or, by Accept, as PDF; ?language=.").WithTags("reviews")
            .Produces<LetterResource>().Produces(200, contentType: Pdf).ProducesProblem(404).ProducesProblem(409);
        api.MapPost(One + "/letter", IssueAsync).RequireAuthorization(new MayAttribute(Permission.Decide))
            .WithName("postLetter").WithSummary("Issues the letter: its text is frozen.").WithTags("reviews").Produces<LetterResource>(201).ProducesProblem(404).ProducesProblem(409);
    }

    private static Task<IResult> ListAsync(string? scorecard, HttpContext context, QueueDesk queue, CaseReader cases, TimeProvider clock, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiPage.Of(context).TryGet(out var page, out var problems)) return Outcome<Page<ReviewResource>>.Refused(problems);
                if (!ApiCalls.Word(context, "status", Statuses).TryGet(out var status, out problems)) return Outcome<Page<ReviewResource>>.Refused(problems);
                if (status == Claimed)
                {
                    var query = new CaseQuery(CaseState.Claimed, ScorecardId: scorecard) { Page = page.Page, PageSize = page.PageSize };
                    return (await cases.QueueAsync(query, actor, cancellationToken)).Then<Page<ReviewResource>>(found => new Page<ReviewResource>([.. found.Items.Select(ReviewResource.Of)], found.Total));
                }

                var filter = new QueueQuery(Filters[status ?? "open"], actor.Id, clock.GetUtcNow()) { ScorecardId = scorecard, Page = page.Page, PageSize = page.PageSize };
                return (await queue.PageAsync(filter, actor, cancellationToken)).Then<Page<ReviewResource>>(found => new Page<ReviewResource>([.. found.Items.Select(ReviewResource.Of)], found.Total));
            },
            found =>
            {
                ApiPage.Total(context, found.Total);
                return ApiCalls.Json(found.Items);
            });

    private static Task<IResult> FindAsync(Guid id, HttpContext context, IReviewStore store, CaseReader cases, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!(await CaseAsync(id, context, store, cases, actor, cancellationToken)).TryGet(out var found, out var problems)) return Outcome<ReviewResource>.Refused(problems);
                return (await cases.FindAsync(found.ApplicationId, actor, cancellationToken)).Then<ReviewResource>(view => ReviewResource.Of(found, view));
            },
            review => ApiCalls.Versioned(context, review.Version, review));

    private static Task<IResult> ClaimAsync(Guid id, HttpContext context, ReviewDesk desk, IReviewStore store, CaseReader cases, CancellationToken cancellationToken) =>
        MoveAsync(id, context, store, cases, actor => desk.ClaimAsync(id, actor, cancellationToken), cancellationToken);

    private static Task<IResult> ReleaseAsync(Guid id, HttpContext context, ReviewDesk desk, IReviewStore store, CaseReader cases, CancellationToken cancellationToken) =>
        MoveAsync(id, context, store, cases, actor => desk.ReleaseAsync(id, actor, cancellationToken), cancellationToken);

    private static Task<IResult> MoveAsync(Guid id, HttpContext context, IReviewStore store, CaseReader cases, Func<Actor, Task<Outcome<ReviewCase>>> move, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor => (await CaseAsync(id, context, store, cases, actor, cancellationToken)).TryGet(out _, out var problems) ? await move(actor) : Outcome<ReviewCase>.Refused(problems),
            moved => ApiCalls.Versioned(context, moved.Version, ReviewResource.Of(moved)));

    private static Task<IResult> DecideAsync(Guid id, HttpContext context, ReviewDesk desk, IReviewStore store, CaseReader cases, IScorecardCatalog scorecards, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewDecision, CaseDecision>(
            context,
            async (actor, body) =>
            {
                if (!(await CaseAsync(id, context, store, cases, actor, cancellationToken)).TryGet(out var found, out var problems)) return Outcome<CaseDecision>.Refused(problems);
                if (!(await cases.FindAsync(found.ApplicationId, actor, cancellationToken)).TryGet(out var view, out problems)) return Outcome<CaseDecision>.Refused(problems);
                if (!Amounts.Of(body.Amount, view.Definition).TryGet(out var amount, out problems)) return Outcome<CaseDecision>.Refused(problems);
                return await desk.DecideAsync(id, new DecisionRequest(body.Decision, body.Justification, amount, body.InterestRate, body.TermMonths, body.OverrideReason), actor, cancellationToken);
            },
            decision => ApiCalls.Created(context, $"/reviews/{id}", DecisionResource.Of(decision)));

    private static Task<IResult> SecondAsync(Guid id, HttpContext context, ReviewDesk desk, IReviewStore store, CaseReader cases, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<SecondOpinion, CaseDecision>(
            context,
            async (actor, body) => (await CaseAsync(id, context, store, cases, actor, cancellationToken)).TryGet(out _, out var problems)
                ? await desk.SecondAsync(id, body.Agrees, actor, cancellationToken)
                : Outcome<CaseDecision>.Refused(problems),
            decision => ApiCalls.Json(DecisionResource.Of(decision)));

    private static Task<IResult> LetterAsync(Guid id, string? language, HttpContext context, LetterDesk desk, IReviewStore store, CaseReader cases, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (actor.Lacks(Permission.Decide) is { } refusal) return refusal;
                if (!(await CaseAsync(id, context, store, cases, actor, cancellationToken)).TryGet(out var found, out var problems)) return Outcome<(Letter Letter, bool Issued)>.Refused(problems);
                return await desk.PreviewAsync(found.ApplicationId, actor, cancellationToken);
            },
            letter => Shown(context, letter.Letter, letter.Issued, language ?? letter.Letter.Language));

    private static Task<IResult> IssueAsync(Guid id, HttpContext context, LetterDesk desk, IReviewStore store, CaseReader cases, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor => (await CaseAsync(id, context, store, cases, actor, cancellationToken)).TryGet(out var found, out var problems)
                ? await desk.IssueAsync(found.ApplicationId, actor, cancellationToken)
                : Outcome<Letter>.Refused(problems),
            letter => ApiCalls.Created(context, $"/reviews/{id}/letter", ResourceOf(letter, issued: true, letter.Language)));

    // The case, where the caller may know of its application and made the call for this version of it.
    private static async Task<Outcome<ReviewCase>> CaseAsync(Guid id, HttpContext context, IReviewStore store, CaseReader cases, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        if (await store.FindAsync(id, cancellationToken) is not { } found || !(await cases.FindAsync(found.ApplicationId, actor, cancellationToken)).Succeeded)
            return new Problem("case.notFound", "There is no such case.");
        return HttpMethods.IsGet(context.Request.Method) || ApiCalls.Unmatched(context, found.Version) is not { } stale ? found : stale;
    }

    private static IResult Shown(HttpContext context, Letter letter, bool issued, string language)
    {
        if (context.Request.GetTypedHeaders().Accept.FirstOrDefault() is not { MediaType.Value: Pdf }) return ApiCalls.Json(ResourceOf(letter, issued, language));
        return LetterEndpoints.Pdf(letter, letter.Texts.ContainsKey(language) ? language : letter.Language);
    }

    private static LetterResource ResourceOf(Letter letter, bool issued, string language) => new(
        letter.Id, letter.ApplicationId, letter.DecisionId, issued, issued ? letter.IssuedAt : null, letter.Texts.ContainsKey(language) ? language : letter.Language, letter.In(language));
}
