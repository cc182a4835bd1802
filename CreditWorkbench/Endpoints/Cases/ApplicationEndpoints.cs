using System.Text.Json;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary><c>/applications</c>: open, read, change; objections and corrections.</summary>
public static class ApplicationEndpoints
{
    private const string One = "/applications/{id:guid}";

    /// <summary>Maps them.</summary>
    public static void MapApplications(this IEndpointRouteBuilder api)
    {
        api.MapPost("/applicants/{id:guid}/applications", OpenAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).Accepts<NewApplication>("application/json")
            .WithName("postApplication").WithSummary("Opens an application; it is committed before the answer.").WithTags("applications")
            .Produces<ApplicationResource>(201).ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/applications", ListAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .Paged().WithQuery("status", "draft, scored, inReview, decided or withdrawn.").WithName("getApplications").WithSummary("Applications by ?status=, ?scorecard=, ?applicant= and ?number=, newest first.").WithTags("applications")
            .Produces<IReadOnlyList<ApplicationSummary>>().ProducesProblem(400);
        api.MapGet(One, FindAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .WithName("getApplication").WithSummary("One application.").WithTags("applications").Produces<ApplicationResource>().ProducesProblem(404);
        api.MapPatch(One, ChangeAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).Accepts<ApplicationPatch>("application/json")
            .WithName("patchApplication").WithSummary("Merges values and terms into an application that is not decided; If-Match names the version it is made for.").WithTags("applications")
            .Produces<ApplicationResource>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        api.MapPost(One + "/objections", ObjectAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).Accepts<NewObjection>("application/json")
            .WithName("postObjection").WithSummary("Records the applicant's objection to a decision: another person looks at the case again.").WithTags("applications")
            .Produces<ReviewResource>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        api.MapPost(One + "/corrections", CorrectAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).Accepts<NewCorrection>("application/json")
            .WithName("postCorrection").WithSummary("Corrects values: in place before a decision, in a linked application after it.").WithTags("applications")
            .Produces<CorrectionResource>(201).ProducesProblem(400).ProducesProblem(404);
    }

    private static Task<IResult> OpenAsync(Guid id, HttpContext context, ApplicationDesk desk, ApplicantDesk applicants, IScorecardCatalog scorecards, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewApplication, (CreditApplication Application, ScorecardDefinition Definition)>(
            context,
            async (actor, body) =>
            {
                if (!(await applicants.ConsentsAsync(id, actor, cancellationToken)).TryGet(out _, out var problems)) return Refused(problems);
                if (await scorecards.FindAsync(body.Scorecard, cancellationToken) is not { } definition) return UnknownScorecard;
                if (!EnteredValues.Of(definition, body.Values).TryGet(out var record, out problems)) return Refused(problems);
                if (!Amounts.Of(body.Amount, definition).TryGet(out var amount, out problems)) return Refused(problems);
                var request = new ApplicationRequest(record, amount, body.TermMonths, ApiCaller.ClientOf(context)?.Branch, body.LinkedTo);
                return (await desk.OpenAsync(id, request, actor, cancellationToken)).Then<(CreditApplication, ScorecardDefinition)>(opened => (opened, definition));
            },
            opened =>
            {
                ApiVersion.Tell(context, opened.Application.Version);
                return ApiCalls.Created(context, $"/applications/{opened.Application.Id}", ApplicationResource.Of(opened.Application, opened.Definition, review: null));
            });

    private static Task<IResult> ListAsync(string? scorecard, Guid? applicant, string? number, HttpContext context, CaseReader reader, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiPage.Of(context).TryGet(out var page, out var problems)) return Outcome<Page<CaseSummary>>.Refused(problems);
                if (!ApiCalls.Word(context, "status", ApiCalls.WordsOf<ApplicationState>()).TryGet(out var status, out problems)) return Outcome<Page<CaseSummary>>.Refused(problems);
                var state = status is null ? (ApplicationState?)null : Enum.Parse<ApplicationState>(status, ignoreCase: true);
                return await reader.ListAsync(new ApplicationQuery(state, applicant, scorecard, number) { Page = page.Page, PageSize = page.PageSize }, actor, cancellationToken);
            },
            found =>
            {
                ApiPage.Total(context, found.Total);
                return ApiCalls.Json(found.Items.Select(ApplicationSummary.Of).ToList());
            });

    private static Task<IResult> FindAsync(Guid id, HttpContext context, CaseReader reader, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context, actor => reader.FindAsync(id, actor, cancellationToken),
            view => ApiCalls.Versioned(context, view.Application.Version, ApplicationResource.Of(view.Application, view.Definition, view.Case)));

    private static Task<IResult> ChangeAsync(Guid id, HttpContext context, CaseReader reader, ApplicationDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<ApplicationPatch, (CreditApplication Application, CaseView View)>(
            context,
            async (actor, body) =>
            {
                if (!(await reader.FindAsync(id, actor, cancellationToken)).TryGet(out var view, out var problems)) return Outcome<(CreditApplication, CaseView)>.Refused(problems);
                var now = view.Application;
                if (ApiCalls.Unmatched(context, now.Version) is { } stale) return stale;
                if (now.WasDecided || now.State == ApplicationState.Withdrawn) return ApplicationProblems.Decided(now);
                if (!EnteredValues.Merge(view.Definition, now.ValuesJson, body.Values).TryGet(out var record, out problems)) return Outcome<(CreditApplication, CaseView)>.Refused(problems);
                if (!AmountOf(body.Amount, now, view.Definition).TryGet(out var amount, out problems)) return Outcome<(CreditApplication, CaseView)>.Refused(problems);
                if (!TermOf(body.TermMonths, now).TryGet(out var term, out problems)) return Outcome<(CreditApplication, CaseView)>.Refused(problems);
                var request = new ApplicationRequest(record, amount, term, now.BranchId, now.LinkedTo);
                return (await desk.ChangeAsync(id, now.Version, request, actor, cancellationToken)).Then<(CreditApplication, CaseView)>(changed => (changed, view));
            },
            changed => ApiCalls.Versioned(context, changed.Application.Version, ApplicationResource.Of(changed.Application, changed.View.Definition, changed.View.Case)));

    private static Task<IResult> ObjectAsync(Guid id, HttpContext context, ObjectionDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewObjection, ReviewCase>(
            context, (actor, body) => desk.RecordOnApplicationAsync(id, body.Grounds, actor, cancellationToken),
            reopened =>
            {
                ApiVersion.Tell(context, reopened.Version);
                return ApiCalls.Created(context, $"/reviews/{reopened.Id}", ReviewResource.Of(reopened));
            });

    private static Task<IResult> CorrectAsync(Guid id, HttpContext context, CorrectionDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewCorrection, Correction>(
            context, (actor, body) => desk.CorrectAsync(id, body.Values, body.Grounds, actor, cancellationToken),
            correction =>
            {
                ApiVersion.Tell(context, correction.Application.Version);
                return ApiCalls.Created(
                    context, $"/applications/{correction.Application.Id}", new CorrectionResource(correction.Application.Id, correction.CorrectedId, correction.Fields, correction.Application.Version));
            });

    private static Outcome<Money?> AmountOf(JsonElement amount, CreditApplication now, ScorecardDefinition definition) => amount.ValueKind switch
    {
        JsonValueKind.Undefined => now.Amount,
        JsonValueKind.Null => (Money?)null,
        JsonValueKind.Number when amount.TryGetDecimal(out var major) => Amounts.Of(major, definition),
        _ => new Problem("field.type", "The amount is no number.") { Field = "amount", Remedy = "Send a number, or null." },
    };

    private static Outcome<int?> TermOf(JsonElement term, CreditApplication now) => term.ValueKind switch
    {
        JsonValueKind.Undefined => now.TermMonths,
        JsonValueKind.Null => (int?)null,
        JsonValueKind.Number when term.TryGetInt32(out var months) => months,
        _ => new Problem("field.type", "The term is no whole number.") { Field = "termMonths", Remedy = "Send months as a whole number, or null." },
    };

    private static Problem UnknownScorecard => new("scorecard.notFound", "There is no such scorecard.") { Field = "scorecard", Remedy = "See GET /scorecards." };

    private static Outcome<(CreditApplication, ScorecardDefinition)> Refused(IReadOnlyList<Problem> problems) => Outcome<(CreditApplication, ScorecardDefinition)>.Refused(problems);
}
