using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary><c>/applicants</c>: register, look for, read, export and erase applicants.</summary>
public static class ApplicantEndpoints
{
    /// <summary>Header that says why personal data is asked for in clear, or why it is to be erased; it goes into the audit trail.</summary>
    public const string ReasonHeader = "X-Reason";

    private const string NoReason = "Asked for over the API.";

    /// <summary>Maps them.</summary>
    public static void MapApplicants(this IEndpointRouteBuilder api)
    {
        api.MapPost("/applicants", RegisterAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).Accepts<NewApplicant>("application/json")
            .WithName("postApplicant").WithSummary("Registers an applicant; the answer masks personal data.").WithTags("applicants")
            .Produces<ApplicantResource>(201).ProducesProblem(400).ProducesProblem(409);
        api.MapGet("/applicants", ListAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .Paged().WithQuery("erasure", "requested: only those whose erasure was asked for and is not done.").WithName("getApplicants").WithSummary("Applicants by e-mail, phone, national id or words of a name (?query=), newest first.").WithTags("applicants")
            .Produces<IReadOnlyList<ApplicantResource>>().ProducesProblem(400).ProducesProblem(403);
        api.MapGet("/applicants/{id:guid}", FindAsync).RequireAuthorization(new MayAttribute(Permission.ReadCases))
            .WithName("getApplicant").WithSummary($"One applicant; in clear with the header {ReasonHeader} and the permission, which is audited.").WithTags("applicants")
            .Produces<ApplicantResource>().ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/applicants/{id:guid}/export", ExportAsync).RequireAuthorization(new MayAttribute(Permission.RevealPersonalData))
            .WithName("getApplicantExport").WithSummary($"Everything that is kept about an applicant, in clear; needs the header {ReasonHeader}.").WithTags("applicants")
            .Produces<ApplicantExportResource>().ProducesProblem(400).ProducesProblem(404);
        api.MapDelete("/applicants/{id:guid}", EraseAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn, Permission.ManageSettings))
            .WithName("deleteApplicant").WithSummary("Asks for the erasure of an applicant: done at once by an admin (200), else noted for one (202).").WithTags("applicants")
            .Produces<ErasureResource>().Produces<ErasureResource>(202).ProducesProblem(404);
    }

    private static Task<IResult> RegisterAsync(HttpContext context, ApplicantDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewApplicant, Applicant>(
            context,
            (actor, body) => desk.RegisterAsync(
                new ApplicantRequest(body.Kind, body.Name, body.Email, body.Phone ?? "", body.NationalId, body.Language, ApiCaller.ClientOf(context)?.Branch) { ContactName = body.ContactName, EvenIfDuplicate = body.EvenIfDuplicate },
                actor, cancellationToken),
            made =>
            {
                ApiVersion.Tell(context, made.Version);
                return ApiCalls.Created(context, $"/applicants/{made.Id}", ApplicantResource.Of(PersonalDataMask.Of(made), masked: true));
            });

    private static Task<IResult> ListAsync(string? query, HttpContext context, ApplicantReader reader, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiPage.Of(context).TryGet(out var page, out var problems)) return Outcome<Page<Applicant>>.Refused(problems);
                if (!string.IsNullOrWhiteSpace(query) && !ApplicantReader.MaySearch(actor)) return actor.Lacks(Permission.RevealPersonalData)!;
                if (!ApiCalls.Word(context, "erasure", ["requested"]).TryGet(out var erasure, out problems)) return Outcome<Page<Applicant>>.Refused(problems);
                return await reader.ListAsync(new ApplicantQuery(query) { AwaitingErasure = erasure is not null, Page = page.Page, PageSize = page.PageSize }, actor, cancellationToken);
            },
            found =>
            {
                ApiPage.Total(context, found.Total);
                return ApiCalls.Json(found.Items.Select(applicant => ApplicantResource.Of(applicant, masked: true)).ToList());
            });

    private static Task<IResult> FindAsync(Guid id, HttpContext context, ApplicantReader reader, ApplicantDesk desk, CancellationToken cancellationToken)
    {
        var reason = context.Request.Headers[ReasonHeader].ToString();
        return ApiCalls.AnswerAsync(
            context,
            async actor => reason.Length > 0 ? await desk.RevealAsync(id, reason, actor, cancellationToken) : (await reader.FindAsync(id, actor, cancellationToken)).Then<Applicant>(view => view.Applicant),
            applicant => ApiCalls.Versioned(context, applicant.Version, ApplicantResource.Of(applicant, masked: reason.Length == 0)));
    }

    private static Task<IResult> ExportAsync(Guid id, HttpContext context, ApplicantExportDesk desk, TimeProvider clock, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context, actor => desk.ExportAsync(id, context.Request.Headers[ReasonHeader].ToString(), actor, cancellationToken),
            export => ApiCalls.Json(ApplicantExportResource.Of(export, clock.GetUtcNow())));

    private static Task<IResult> EraseAsync(Guid id, HttpContext context, ApplicantDesk desk, CancellationToken cancellationToken)
    {
        var reason = context.Request.Headers[ReasonHeader].ToString();
        return ApiCalls.AnswerAsync(
            context, actor => desk.RequestErasureAsync(id, reason.Length == 0 ? NoReason : reason, actor, cancellationToken),
            answer => ApiCalls.Json(
                new ErasureResource(answer.Applicant.Id, answer.Done ? "erased" : "requested", answer.Applicant.ErasureRequestedAt, answer.Applicant.ErasedAt),
                answer.Done ? StatusCodes.Status200OK : StatusCodes.Status202Accepted));
    }
}
