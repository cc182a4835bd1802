using Microsoft.AspNetCore.Routing.Template;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Answers calls that no endpoint of the API takes, before anybody asks for credentials: otherwise a mistyped address would read as a missing sign-in.</summary>
/// <remarks>Pages have a route that takes every address by GET, so the router's own 405 says nothing about the API; methods are looked up here.</remarks>
public sealed class ApiRouting(RequestDelegate next, EndpointDataSource endpoints)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!ApiRoutes.IsApi(context)) return next(context);
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<BodyLimit>() is not null) return next(context);
        var methods = MethodsAt(context.Request.Path);
        if (methods.Count > 0 && !methods.Contains(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = string.Join(", ", methods);
        }
        else
        {
            // The method is right and yet there is no endpoint: the router refused the media type.
            context.Response.StatusCode = methods.Count > 0 && endpoint is not (null or RouteEndpoint) ? StatusCodes.Status415UnsupportedMediaType : StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    }

    private SortedSet<string> MethodsAt(PathString path)
    {
        var methods = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<BodyLimit>() is null || endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { } taken) continue;
            if (new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, [])) methods.UnionWith(taken.HttpMethods);
        }

        return methods;
    }
}
