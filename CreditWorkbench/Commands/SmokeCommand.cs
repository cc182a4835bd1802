using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Endpoints.Description;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>smoke --url U [--key K]</c>: whether a served installation answers.</summary>
public static class SmokeCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "Where it serves.", Required = true };
        var key = new Option<string?>("--key") { Description = "Key of a client system; with it dictionaries are read and, with the scope score:stateless, an example is scored." };
        var smoke = new Command("smoke", "Check that an installation answers: health, sign-in page, description, and with a key the API.") { url, key };
        smoke.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(url), parsed.GetValue(key), cancellationToken));
        return smoke;
    }

    private static async Task<int> RunAsync(string url, string? key, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return CommandLine.Refuse([new Problem("smoke.url", $"'{url}' is no address.") { Remedy = "Give one such as http://127.0.0.1:5080." }]);
        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        if (key is not null) client.DefaultRequestHeaders.TryAddWithoutValidation(ApiDoor.KeyHeader, key);
        var problems = new List<Problem>();
        await LookAsync(client, "/health/ready", problems, cancellationToken);
        await LookAsync(client, "/sign-in", problems, cancellationToken);
        await LookAsync(client, ApiDescription.Address, problems, cancellationToken);
        if (key is not null) await LookAsync(client, $"{ApiRoutes.V1}/scorecards", problems, cancellationToken);
        if (key is not null) await PredictAsync(client, problems, cancellationToken);
        if (problems.Count > 0) return CommandLine.Refuse(problems);
        Console.WriteLine($"{address} answers.");
        return 0;
    }

    private static async Task LookAsync(HttpClient client, string path, List<Problem> problems, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(path, cancellationToken);
            Tell("GET", path, answer.StatusCode);
            if (!answer.IsSuccessStatusCode) problems.Add(Failed("GET", path, answer.StatusCode));
        }
        catch (HttpRequestException silent)
        {
            problems.Add(new Problem("smoke.silent", $"{path}: {silent.Message}") { Remedy = "Mind the address, and that the installation serves." });
        }
    }

    // The example needs a model in production; without one the refusal that says so is an answer, too.
    private static async Task PredictAsync(HttpClient client, List<Problem> problems, CancellationToken cancellationToken)
    {
        var example = ApiExamples.Of("predict")!;
        try
        {
            using var content = new StringContent(example.Body!, Encoding.UTF8, example.MediaType);
            using var answer = await client.PostAsync(example.Path, content, cancellationToken);
            Tell("POST", example.Path, answer.StatusCode);
            if (!answer.IsSuccessStatusCode && !await IsWithoutModelAsync(answer, cancellationToken)) problems.Add(Failed("POST", example.Path, answer.StatusCode));
        }
        catch (HttpRequestException silent)
        {
            problems.Add(new Problem("smoke.silent", $"{example.Path}: {silent.Message}"));
        }
    }

    private static async Task<bool> IsWithoutModelAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType != ApiProblems.MediaType) return false;
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return problem.RootElement.TryGetProperty("code", out var code) && code.GetString() == "model.none";
    }

    private static void Tell(string method, string path, HttpStatusCode status) => Console.WriteLine($"{(int)status}  {method} {path}");

    private static Problem Failed(string method, string path, HttpStatusCode status) => new("smoke.failed", $"{method} {path} answered {(int)status}.") { Remedy = "See the log of the installation." };
}
