using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Benchmarks;

/// <summary>The ceiling of this machine: a minimal API that reads a body and answers with a constant, on the same server with the same
/// settings, and does nothing else. <c>constant --urls URL</c>.</summary>
internal static class ConstantServer
{
    /// <summary>The verb.</summary>
    public const string Name = "constant";

    private static readonly byte[] _answer = """{"id":"0192f0c1-0000-7000-8000-000000000001","reference":null,"score":612,"grade":"C","pd":0.0421,"decision":"refer"}"""u8.ToArray();

    /// <summary>Serves until it is stopped.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/", static async context =>
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }

            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = _answer.Length;
            await context.Response.Body.WriteAsync(_answer, context.RequestAborted);
        });
        await app.RunAsync();
        return 0;
    }
}
