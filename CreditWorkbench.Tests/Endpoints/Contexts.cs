using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Requests that no server received.</summary>
internal static class Contexts
{
    public static DefaultHttpContext Of(string address, byte[]? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var parts = address.Split('?', 2);
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.Path = parts[0];
        if (parts.Length > 1) context.Request.QueryString = new QueryString("?" + parts[1]);
        if (body is not null) (context.Request.Body, context.Request.ContentLength, context.Request.ContentType) = (new MemoryStream(body), body.Length, contentType);
        foreach (var (name, value) in headers) context.Request.Headers[name] = value;
        context.Response.Body = new MemoryStream();
        return context;
    }

    public static JsonElement BodyOf(HttpContext context)
    {
        context.Response.Body.Position = 0;
        using var document = JsonDocument.Parse(context.Response.Body);
        return document.RootElement.Clone();
    }
}
