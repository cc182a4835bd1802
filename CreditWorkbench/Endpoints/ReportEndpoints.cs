using System.Globalization;
using System.Security.Claims;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Reports;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Reports on candidates, as files.</summary>
public static class ReportEndpoints
{
    /// <summary>Maps the download; the desk checks the permission.</summary>
    public static void MapReports(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/lab/runs/{id:guid}/{family}/report.{format}", DownloadAsync)
            .RequireAuthorization(policy => policy.AddRequirements(new PermissionRequirement([Permission.ReadModels])));

    private static async Task<IResult> DownloadAsync(Guid id, string family, string format, string? language, ClaimsPrincipal user, HttpContext context, TrainingDesk desk, CancellationToken cancellationToken)
    {
        if (!CandidateReports.Formats.Contains(format) || Actors.From(user) is not { } actor) return Results.NotFound();
        if (!(await desk.OpenAsync(id, actor, cancellationToken)).TryGet(out var study, out _) || study.Of(family) is not { } candidate) return Results.NotFound();
        if (!(await desk.FindAsync(id, actor, cancellationToken)).TryGet(out var view, out _)) return Results.NotFound();
        var culture = CultureInfo.GetCultureInfo(Texts.Languages.FirstOrDefault(known => known == language) ?? Texts.Language(CultureInfo.CurrentUICulture));
        var report = await CandidateReports.WriteAsync(ReportSubject.Of(study, candidate, view.Acknowledged), format, culture);
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(report.Bytes, report.Type, $"{family}-{id.ToString("n", CultureInfo.InvariantCulture)[^8..]}.{format}");
    }
}
