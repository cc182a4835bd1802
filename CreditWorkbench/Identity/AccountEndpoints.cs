using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CreditWorkbench.Web.Identity;

/// <summary>Sign-out, demo sign-in and language: what a form posts to.</summary>
public static class AccountEndpoints
{
    /// <summary>Maps them; demo sign-in exists only in a demo installation.</summary>
    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/account/sign-out", SignOutAsync).RequireAuthorization();
        endpoints.MapGet("/account/language", Cultures.Choose).AllowAnonymous();
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<WorkbenchOptions>>().Value.Demo)
            endpoints.MapPost("/account/demo-sign-in", DemoSignInAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignInManager<WorkbenchUser> signIn, [FromForm] string? nothing = null)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> DemoSignInAsync([FromForm] string email, [FromForm] string? returnUrl, SignInDesk desk, CancellationToken cancellationToken) =>
        DemoUsers.All.Any(user => user.Email == email) && await desk.DemoAsync(email, cancellationToken)
            ? Results.LocalRedirect(LocalUrl.OrHome(returnUrl))
            : Results.LocalRedirect("/sign-in");
}
