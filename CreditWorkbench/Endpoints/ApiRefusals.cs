using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Answers refused calls of the API with problem details; everybody else goes on to the sign-in page.</summary>
public sealed class ApiRefusals : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _pages = new();

    /// <inheritdoc/>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(authorizeResult);
        if (authorizeResult.Succeeded || !ApiRoutes.TakesCredentials(context)) return _pages.HandleAsync(next, context, policy, authorizeResult);
        return ApiProblems.Of(authorizeResult.Forbidden ? ApiCaller.Forbidden : context.Features.Get<CredentialFault>()?.Problem ?? ApiCaller.Missing).ExecuteAsync(context);
    }
}
