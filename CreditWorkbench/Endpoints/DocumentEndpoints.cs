using System.Security.Claims;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Documents of a case, as files.</summary>
public static class DocumentEndpoints
{
    /// <summary>Maps the download; the desk checks the permission and writes the entry.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/applications/{id:guid}/documents/{documentId:guid}", DownloadAsync)
            .RequireAuthorization(policy => policy.AddRequirements(new PermissionRequirement([Permission.RevealPersonalData])));

    // Always as an attachment: what somebody uploaded is never shown as a page of this site.
    private static async Task<IResult> DownloadAsync(Guid id, Guid documentId, ClaimsPrincipal user, HttpContext context, CaseFileDesk desk, CancellationToken cancellationToken)
    {
        if (Actors.From(user) is not { } actor || !(await desk.ReadAsync(id, documentId, actor, cancellationToken)).TryGet(out var found, out _)) return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(found.Content, found.Document.MediaType, found.Document.Name);
    }
}
