using System.Security.Claims;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>A signed package as a file, for people.</summary>
public static class PackageEndpoint
{
    /// <summary>Maps the download; the desk checks the permission and verifies the package on its way out.</summary>
    public static void MapPackages(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/models/{name}/{version:int}/package", DownloadAsync)
            .RequireAuthorization(policy => policy.AddRequirements(new PermissionRequirement([Permission.ReadModels])));

    private static async Task<IResult> DownloadAsync(string name, int version, ClaimsPrincipal user, HttpContext context, RegistryDesk registry, PackageDesk packages, CancellationToken cancellationToken)
    {
        if (Actors.From(user) is not { } actor || !(await registry.FindAsync($"{name}@{version}", cancellationToken)).TryGet(out var model, out _)) return Results.NotFound();
        if (!(await packages.ExportAsync(model, actor, cancellationToken)).TryGet(out var package, out var problems)) return Results.Problem(problems[0].Message, statusCode: StatusCodes.Status409Conflict, title: problems[0].Code);
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(package.Bytes, "application/octet-stream", package.FileName);
    }
}
