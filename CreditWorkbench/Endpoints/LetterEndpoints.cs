using System.Globalization;
using System.Security.Claims;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Reports;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Issued letters, as documents.</summary>
public static class LetterEndpoints
{
    /// <summary>Maps the download; the desk checks the permissions.</summary>
    public static void MapLetters(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/applications/{id:guid}/letter.pdf", DownloadAsync)
            .RequireAuthorization(policy => policy.AddRequirements(new PermissionRequirement([Permission.Decide])));

    private static async Task<IResult> DownloadAsync(Guid id, Guid? letter, string? language, ClaimsPrincipal user, HttpContext context, LetterDesk desk, CancellationToken cancellationToken)
    {
        if (Actors.From(user) is not { } actor || !(await desk.FindAsync(id, letter, actor, cancellationToken)).TryGet(out var found, out _)) return Results.NotFound();
        var chosen = language is not null && found.Texts.ContainsKey(language) ? language : found.Language;
        context.Response.Headers.CacheControl = "no-store";
        return Pdf(found, chosen);
    }

    /// <summary>A letter as a PDF file in one of its languages.</summary>
    internal static IResult Pdf(Letter letter, string language)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var bytes = LetterPdf.Write(letter.In(language), Foot(letter, language));
            return Results.File(bytes, "application/pdf", $"letter-{letter.Id.ToString("N")[^12..]}-{language}.pdf");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>What stands at the foot of an issued letter, on the screen and on paper.</summary>
    internal static string Foot(Letter letter, string language) => Texts.T("letter.foot", letter.In(language).Subject, letter.Id.ToString("N")[^12..]);
}
