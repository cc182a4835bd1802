using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary><c>/applicants/{id}/consents</c>: give, read and withdraw consents.</summary>
public static class ConsentEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        api.MapPost("/applicants/{id:guid}/consents", GiveAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).Accepts<NewConsents>("application/json")
            .WithName("postConsents").WithSummary("Records one consent per purpose and source.").WithTags("consents").Produces<IReadOnlyList<ConsentResource>>(201).ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/applicants/{id:guid}/consents", ListAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .WithName("getConsents").WithSummary("Every consent of an applicant, newest first.").WithTags("consents").Produces<IReadOnlyList<ConsentResource>>().ProducesProblem(404);
        api.MapDelete("/applicants/{id:guid}/consents/{consentId:guid}", WithdrawAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn))
            .WithName("deleteConsent").WithSummary("Withdraws a consent and says what that does to the applicant's applications.").WithTags("consents")
            .Produces<WithdrawalResource>().ProducesProblem(404).ProducesProblem(409);
    }

    private static Task<IResult> GiveAsync(
        Guid id, HttpContext context, ApplicantDesk desk, IScorecardCatalog scorecards, ReleaseSource releases, TimeProvider clock, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewConsents, IReadOnlyList<Consent>>(
            context,
            async (actor, body) =>
            {
                // Who is not this caller's applicant is not found, whatever the rest of the body says.
                if (!(await desk.ConsentsAsync(id, actor, cancellationToken)).TryGet(out _, out var problems)) return Outcome<IReadOnlyList<Consent>>.Refused(problems);
                if (!(await DefinitionAsync(body, scorecards, releases, cancellationToken)).TryGet(out var definition, out problems)) return Outcome<IReadOnlyList<Consent>>.Refused(problems);
                var request = new ConsentRequest([.. body.Purposes.Distinct()], [.. body.Sources.Distinct()], body.Language, body.Channel) { TextVersion = body.TextVersion };
                return await desk.GiveConsentAsync(id, definition, request, actor, cancellationToken);
            },
            given =>
            {
                var now = clock.GetUtcNow();
                return ApiCalls.Created(context, $"/applicants/{id}/consents", given.Select(consent => ConsentResource.Of(consent, now)).ToList());
            });

    private static Task<IResult> ListAsync(Guid id, HttpContext context, ApplicantDesk desk, TimeProvider clock, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context, actor => desk.ConsentsAsync(id, actor, cancellationToken),
            consents => ApiCalls.Json(consents.Select(consent => ConsentResource.Of(consent, clock.GetUtcNow())).ToList()));

    private static Task<IResult> WithdrawAsync(Guid id, Guid consentId, HttpContext context, ConsentWithdrawalDesk desk, TimeProvider clock, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context, actor => desk.WithdrawAsync(id, consentId, actor, cancellationToken), withdrawal => ApiCalls.Json(WithdrawalResource.Of(withdrawal, clock.GetUtcNow())));

    // A consent is given to the text of a scorecard. Where the call does not name it, the only one that fits is meant; of several, the only one that is in use.
    private static async Task<Outcome<ScorecardDefinition>> DefinitionAsync(NewConsents body, IScorecardCatalog scorecards, ReleaseSource releases, CancellationToken cancellationToken)
    {
        if (body.Scorecard is { } named) return await scorecards.FindAsync(named, cancellationToken) is { } found ? found : new Problem("scorecard.notFound", "There is no such scorecard.");
        var fitting = (await scorecards.ListAsync(cancellationToken)).Where(definition => Fits(definition, body)).ToList();
        if (fitting is [var only]) return only;
        var used = new List<ScorecardDefinition>();
        foreach (var definition in fitting)
        {
            if ((await releases.InProductionAsync(definition.Id, cancellationToken)).Succeeded) used.Add(definition);
        }

        return used is [var inUse]
            ? inUse
            : new Problem("consent.scorecard", fitting.Count == 0 ? "No scorecard has these purposes and sources." : $"These purposes and sources fit several scorecards: {string.Join(", ", fitting.Select(each => each.Id))}.")
            { Field = "scorecard", Remedy = "Name the scorecard whose text was shown." };
    }

    private static bool Fits(ScorecardDefinition definition, NewConsents body) =>
        body.Purposes.All(definition.Consent.Purposes.Contains) && body.Sources.All(source => definition.Sources.Any(known => known.Name == source));
}
