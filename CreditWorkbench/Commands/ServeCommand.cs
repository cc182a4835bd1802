using System.CommandLine;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>serve [--demo] [--urls U] [--data DIR]</c>: the web application and the API.</summary>
public static class ServeCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var demo = new Option<bool>("--demo") { Description = "Seed demo users, applicants and a model. Never in production." };
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by semicolons (default http://127.0.0.1:5080)." };
        var data = SharedOptions.Data();
        // What is not an option of ours is a setting of the host (--Workbench:TimeZone=UTC, --environment=...).
        var serve = new Command("serve", "Serve the web application and the API (the default verb).") { demo, urls, data };
        serve.TreatUnmatchedTokensAsErrors = false;
        serve.SetAction((parsed, cancellationToken) => WorkbenchHost.ServeAsync(
            [
                .. parsed.UnmatchedTokens,
                .. parsed.GetValue(demo) ? ["--Workbench:Demo=true"] : Array.Empty<string>(),
                .. parsed.GetValue(urls) is { } addresses ? [$"--urls={addresses}"] : Array.Empty<string>(),
                .. parsed.GetValue(data) is { } folder ? [$"--Workbench:DataDirectory={folder}"] : Array.Empty<string>(),
            ], cancellationToken));
        return serve;
    }
}
