using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The code that the developers' page shows, run as it stands.</summary>
public sealed class SampleTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Curl = "/usr/bin/curl";
    private const string Python = "/usr/bin/python3";

    public static TheoryData<string> Main => [.. ApiExamples.All.Where(example => example.Main).Select(example => example.Operation)];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Main))]
    public async Task Sample_InCurlAndPython_GetsTheAnswerOfTheCallItself(string operation)
    {
        Assert.SkipUnless(File.Exists(Curl) && File.Exists(Python), "curl or Python is not installed.");
        var (client, key) = await host.KeyAsync(new ApiKeyOrder("sample", [.. ApiScopes.All]));
        using (client)
        {
            var example = Unique(operation);
            using var request = new HttpRequestMessage(new HttpMethod(example.Method), example.Path) { Content = example.Body is null ? null : new StringContent(example.Body, Encoding.UTF8, new MediaTypeHeaderValue(example.MediaType)) };
            using var answer = await client.SendAsync(request, Now);
            var expected = ShapeOf(await answer.Content.ReadAsStringAsync(Now));
            var origin = host.Url.ToString().TrimEnd('/');

            Assert.Equal(expected, ShapeOf(await RunAsync("/bin/bash", CodeSamples.Curl(Unique(operation), origin), key.Text)));
            Assert.Equal(expected, ShapeOf(await RunAsync(Python, CodeSamples.Python(Unique(operation), origin), key.Text)));
        }
    }

    [Theory, MemberData(nameof(Main))]
    public void Sample_InCSharp_HoldsTheCallAndItsWholeBody(string operation)
    {
        var example = ApiExamples.Of(operation)!;

        var code = CodeSamples.CSharp(example, "https://credit.example.com");

        Assert.Contains($"new HttpMethod(\"{example.Method}\"), \"https://credit.example.com{example.Path}\"", code, StringComparison.Ordinal);
        var body = code.Split("\"\"\"");
        Assert.Equal(example.Body is null ? 1 : 3, body.Length);
        if (example is { Body: { } whole, MediaType: ApiExample.Json }) Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(whole).RootElement, JsonDocument.Parse(body[1]).RootElement));
    }

    // Nobody is registered twice.
    private static ApiExample Unique(string operation)
    {
        var example = ApiExamples.Of(operation)!;
        var digits = Random.Shared.NextInt64(1_000_000_000_000_000, 9_000_000_000_000_000).ToString(CultureInfo.InvariantCulture);
        return example with { Body = example.Body?.Replace("budi.santoso", $"budi.{digits}", StringComparison.Ordinal).Replace("0000 4711", digits[..8], StringComparison.Ordinal).Replace("3171234567890001", digits, StringComparison.Ordinal) };
    }

    // Names of what came back and the code of a refusal: identities, times and traces differ from call to call.
    private static string ShapeOf(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? string.Join(' ', document.RootElement.EnumerateObject().Select(property => property.Name is "code" or "status" ? $"{property.Name}={property.Value}" : property.Name))
            : document.RootElement.ValueKind.ToString();
    }

    private static async Task<string> RunAsync(string program, string code, string key)
    {
        var start = new ProcessStartInfo(program, ["-c", code]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[CodeSamples.Variable] = key;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Now), process.StandardError.ReadToEndAsync(Now));
        await process.WaitForExitAsync(Now);
        Assert.True(process.ExitCode == 0, $"{code}\n{await errors}");
        return await output;
    }
}
