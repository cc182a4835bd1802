using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;
using Microsoft.OpenApi;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The description of the API beside the table of access, the routes and the examples.</summary>
public sealed partial class DescriptionTests(ApiHost host) : IClassFixture<ApiHost>
{
    // Codes that say: the example is not what the call takes.
    private static readonly string[] ShapeCodes = ["body.", "field.unknown", "field.type", "field.required", "request.invalid", "route.", "method.", "page.", "after."];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_HoldsEveryCallOfTheTableOfAccessAndNoOther()
    {
        var document = await DocumentAsync();

        var described = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal);
        var listed = AccessTable.Endpoints.Keys.Where(endpoint => endpoint.Route.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(endpoint => $"{endpoint.Method} {Constraint().Replace(endpoint.Route, "}")}").Order(StringComparer.Ordinal);

        Assert.Equal(listed, described);
    }

    [Fact]
    public async Task Document_ReadByAnotherReader_IsValid()
    {
        using var client = host.Anonymous();
        var text = await client.GetStringAsync(ApiDescription.Address, Now);

        var read = OpenApiDocument.Parse(text, "json");

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.NotEmpty(OpenApiDocument.Parse("""{"openapi":"3.1.1","paths":{}}""", "json").Diagnostic!.Errors);
    }

    [Fact]
    public async Task Operation_OfEveryCall_HasItsNameCredentialsAndRefusals()
    {
        var document = await DocumentAsync();
        var names = new HashSet<string>();

        foreach (var (route, operation) in Operations(document))
        {
            Assert.True(operation.TryGetProperty("operationId", out var name) && names.Add(name.GetString()!), $"{route} has no name of its own");
            Assert.True(operation.TryGetProperty("summary", out _), $"{route} has no summary");
            Assert.True(operation.GetProperty("responses").EnumerateObject().Any(response => response.Name[0] == '2'), $"{route} has no answer");
            Assert.All(["400", "429"], status => Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _), $"{route} {status}"));
            var open = AccessTable.Endpoints.Single(endpoint => $"{endpoint.Key.Method} {Constraint().Replace(endpoint.Key.Route, "}")}" == route).Value.Open;
            Assert.Equal(open, !operation.TryGetProperty("security", out var security) || security.GetArrayLength() == 0);
            foreach (Match slot in Slot().Matches(route)) Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == slot.Groups[1].Value);
        }
    }

    [Fact]
    public async Task References_OfTheDocument_AllLeadSomewhere()
    {
        var document = await DocumentAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");

        var references = Reference().Matches(document.GetRawText());
        Assert.NotEmpty(references);
        foreach (Match reference in references) Assert.True(schemas.TryGetProperty(reference.Groups[1].Value, out _), reference.Value);
    }

    [Fact]
    public async Task Example_OfEveryBody_IsThereAndIsTakenAsItsShape()
    {
        var document = await DocumentAsync();

        foreach (var (route, operation) in Operations(document).Where(operation => operation.Operation.TryGetProperty("requestBody", out _)))
        {
            var id = operation.GetProperty("operationId").GetString()!;
            foreach (var media in operation.GetProperty("requestBody").GetProperty("content").EnumerateObject()) Assert.True(media.Value.TryGetProperty("example", out _), $"{route} ({id}, {media.Name}) has no example");
        }
    }

    [Fact]
    public async Task Example_SentAsItStands_IsRefusedForNoFaultOfShape()
    {
        var document = await DocumentAsync();
        var known = Operations(document).ToDictionary(operation => operation.Operation.GetProperty("operationId").GetString()!, operation => operation.Route);
        var clients = new Dictionary<AccessRule, HttpClient>();

        foreach (var example in ApiExamples.All)
        {
            Assert.True(known.TryGetValue(example.Operation, out var route), $"{example.Operation} is no call any more");
            Assert.Equal(route.Split(' ')[0], example.Method);
            var rule = AccessTable.Endpoints.Single(endpoint => $"{endpoint.Key.Method} {Constraint().Replace(endpoint.Key.Route, "}")}" == route).Value;
            if (!clients.TryGetValue(rule, out var client)) client = clients[rule] = rule.Open ? host.Anonymous() : await host.PersonAsync(Roles.All.First(role => rule.Admits(Roles.PermissionsOf([role]))));
            using var request = new HttpRequestMessage(new HttpMethod(example.Method), example.Path) { Content = example.Body is null ? null : new StringContent(example.Body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(example.MediaType)) };
            using var answer = await client.SendAsync(request, Now);
            var text = await answer.Content.ReadAsStringAsync(Now);
            Assert.True((int)answer.StatusCode is not (405 or 413 or 415 or 500), $"{example.Operation}: {(int)answer.StatusCode} {text}");
            Assert.False(!answer.IsSuccessStatusCode && ShapeCodes.Any(code => text.Contains($"\"code\":\"{code}", StringComparison.Ordinal)), $"{example.Operation}: {text}");
            if (example.Operation == "logout") clients.Remove(rule);
        }

        foreach (var client in clients.Values) client.Dispose();
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = host.Anonymous();
        return await ApiHost.JsonAsync(await client.GetAsync(ApiDescription.Address, Now));
    }

    private static IEnumerable<(string Route, JsonElement Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)));

    [GeneratedRegex(":[^}]*}")]
    private static partial Regex Constraint();

    [GeneratedRegex("""\{([A-Za-z]+)\}""")]
    private static partial Regex Slot();

    [GeneratedRegex("#/components/schemas/([^\"]+)")]
    private static partial Regex Reference();
}
