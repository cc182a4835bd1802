using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints.Sweep;

/// <summary>More than ten thousand malformed requests against every call of the API: refused with a code, nothing leaks, nothing is written.</summary>
public sealed partial class SweepTests(ConsumerHost consumer) : IClassFixture<ConsumerHost>
{
    private const int Requests = 10_400;
    private const int AtOnce = 8;

    // Tables that note that somebody called, not what was called for.
    private static readonly string[] Notes = ["AuditEntries", "AuditHeads", "IdempotentCalls", "Counters", "Leases"];

    private readonly ConcurrentBag<string> _found = [];
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly Dictionary<string, HttpClient> _clients = [];
    private List<SweepRoute> _routes = [];
    private string[] _strangersIds = [];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_ThatAreMalformed_AreRefusedAndWriteNothing()
    {
        await PrepareAsync();
        var before = await CountsAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Now }, async (number, _) => await SendAsync(number));

        var after = await CountsAsync();
        Assert.True(_found.IsEmpty, $"{_found.Count} answers are wrong:{Environment.NewLine}{string.Join(Environment.NewLine, _found.GroupBy(found => Digits().Replace(found, "#")).Select(group => group.First()).Take(60))}");
        Assert.Equal([], after.Where(table => before[table.Key] != table.Value).Select(table => $"{table.Key}: {before[table.Key]} before, {table.Value} after"));
        Assert.Equal(Requests, _answers.Values.Sum());
        // Every call was reached, and refusals of each kind were seen.
        Assert.All(["400", "401", "403", "404", "405", "413", "415", "422"], status => Assert.True(_answers.Keys.Any(answer => answer.StartsWith(status, StringComparison.Ordinal)), status));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, _answers.OrderByDescending(answer => answer.Value).Select(answer => $"{answer.Key}: {answer.Value}")));
        foreach (var client in _clients.Values) client.Dispose();
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "application/problem+json", """{"code":"engine.failed","detail":"x","traceId":"1"}""", "status 500")]
    [InlineData(HttpStatusCode.OK, "application/json", "{}", "status 200")]
    [InlineData(HttpStatusCode.Found, "text/html", "", "status 302")]
    [InlineData(HttpStatusCode.NotFound, "text/html", "<html>", "media type text/html")]
    [InlineData(HttpStatusCode.BadRequest, "application/problem+json", """{"code":"","detail":"x","traceId":"1"}""", "no code, trace or detail")]
    [InlineData(HttpStatusCode.BadRequest, "application/problem+json", """{"code":"a.b","detail":"System.ArgumentException","traceId":"1"}""", "leaks 'System.A'")]
    [InlineData(HttpStatusCode.BadRequest, "application/problem+json", """{"code":"a.b","detail":"SQLite Error 19: constraint failed","traceId":"1"}""", "leaks 'SQLite'")]
    [InlineData(HttpStatusCode.BadRequest, "application/problem+json", """{"code":"a.b","detail":"x","traceId":"1"}""", null)]
    public void Judge_OfAnAnswer_SeesWhatIsWrong(HttpStatusCode status, string type, string body, string? fault) => Assert.Equal(fault, SweepJudge.Fault(status, type, body));

    private async Task PrepareAsync()
    {
        var host = consumer.Host;
        var row = ConsumerHost.Csv(1).Split('\n');
        var values = new JsonObject(row[0].Split(',').Zip(row[1].Split(',')).Skip(1).Where(cell => cell.Second.Length > 0).Select(cell => KeyValuePair.Create(cell.First, double.TryParse(cell.Second, System.Globalization.CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : (JsonNode?)JsonValue.Create(cell.Second))));
        _routes = [.. AccessTable.Endpoints.Where(endpoint => endpoint.Key.Route.StartsWith("/api/v1/", StringComparison.Ordinal)).OrderBy(endpoint => endpoint.Key.Route, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Key.Method, StringComparer.Ordinal)
            .Select(endpoint => SweepRoute.Of(endpoint.Key.Method, endpoint.Key.Route, endpoint.Value, values))];
        foreach (var role in Roles.All) _clients[role] = await host.PersonAsync(role);
        _clients["nobody"] = host.Anonymous();
        _clients["stranger"] = await host.KeyAsync([.. ApiScopes.All]);
        _clients["narrow"] = await host.KeyAsync("replay");
        var (owner, _) = await host.KeyAsync(new ApiKeyOrder("owner", ["applications:write", "applications:score", "score:stateless"]));
        var applicant = await ApiHost.JsonAsync(await owner.PostAsync("/api/v1/applicants", new StringContent(ApiExamples.Of("postApplicant")!.Body!, Encoding.UTF8, "application/json"), Now));
        var predicted = await ApiHost.JsonAsync(await owner.PostAsJsonAsync("/api/v1/scorecards/consumer/predict", new { values, legalBasis = new[] { "contract" } }, Now));
        _strangersIds = [applicant.GetProperty("id").GetString()!, predicted.GetProperty("id").GetString()!];
        owner.Dispose();
        // The record of the prediction is durable in a log first; the store has it a moment later.
        var patience = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while ((await CountsAsync())["PredictionBlocks"] == 0 && TimeProvider.System.GetUtcNow() < patience) await Task.Delay(200, Now);
    }

    private async Task SendAsync(int number)
    {
        var random = new Random(number);
        var route = _routes[number % _routes.Count];
        var round = number / _routes.Count;
        using var request = Malformed(route, round, random, out var who, out var fault);
        try
        {
            using var answer = await _clients[who].SendAsync(request, Now);
            var body = await answer.Content.ReadAsStringAsync(Now);
            _answers.AddOrUpdate($"{(int)answer.StatusCode} {fault}", 1, (_, count) => count + 1);
            if (SweepJudge.Fault(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, body, request.Method != HttpMethod.Head) is { } wrong)
                _found.Add($"{request.Method} {route.Route} ({fault}, {who}): {wrong} {(body.Length > 300 ? body[..300] : body)}");
        }
        catch (HttpRequestException broken)
        {
            _answers.AddOrUpdate($"none {fault}", 1, (_, count) => count + 1);
            _found.Add($"{request.Method} {route.Route} ({fault}, {who}): no answer, {broken.Message}");
        }
    }

    // Each round another fault, so that every call meets every one.
    private HttpRequestMessage Malformed(SweepRoute route, int round, Random random, out string who, out string fault)
    {
        var ways = new List<string> { "method", "address", "header" };
        if (!route.Rule.Open) ways.AddRange(["credentials", "bad credentials", "bad credentials"]);
        if (route.Rule.AnyOf.Count > 0) ways.Add("scope");
        if (route.HasId) ways.Add("odd id");
        if (route.HasOwner) ways.AddRange(["stranger's id", "stranger's id"]);
        if (route.Body is not null) ways.AddRange(Enumerable.Repeat("body", BodyFaults.Count));
        if (route.Body is not null) ways.Add("too long");
        if (route.Body is not null && route.Method == "POST" && !route.Rule.Open) ways.Add("idempotency");
        var way = ways[round % ways.Count];
        (who, fault) = (route.Person, way);
        var request = route.Request(random);
        switch (way)
        {
            case "method":
                request.Method = new HttpMethod(route.OtherMethod(random, AccessTable.Endpoints.Keys));
                request.Content = null;
                break;
            case "address":
                request.RequestUri = new Uri(route.OddAddress(random), UriKind.Relative);
                break;
            case "header":
                request.Headers.TryAddWithoutValidation("X-Api-Key", ["a", "b"]);
                if (route.Rule.Open) request.RequestUri = new Uri(request.RequestUri + (request.RequestUri!.ToString().Contains('?', StringComparison.Ordinal) ? "&" : "?") + "x=%00", UriKind.Relative);
                request.Headers.TryAddWithoutValidation("If-Match", new string('"', random.Next(1, 50)));
                request.Headers.TryAddWithoutValidation("Accept", "*/*;q=nonsense,,,");
                break;
            case "credentials":
                who = "nobody";
                break;
            case "bad credentials":
                who = "nobody";
                BadCredentials(request, random);
                break;
            case "scope":
                who = Roles.Applicant;
                break;
            case "odd id":
                request.RequestUri = new Uri(route.OddId(random), UriKind.Relative);
                break;
            case "stranger's id":
                who = "stranger";
                request.RequestUri = new Uri(route.WithId(_strangersIds[random.Next(_strangersIds.Length)]), UriKind.Relative);
                break;
            case "idempotency":
                request.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(3) switch { 0 => "two words", 1 => new string('k', 5_000), _ => $"key-{random.Next(2)}" });
                Set(request, BodyFaults.Of(random.Next(BodyFaults.Count), random, route.Body!));
                break;
            case "too long":
                request.Headers.ExpectContinue = true;
                Set(request, BodyFaults.TooLong(route.Body!));
                break;
            default:
                var body = BodyFaults.Of(round, random, route.Body!);
                fault = body.Fault;
                Set(request, body);
                break;
        }

        return request;
    }

    private static void Set(HttpRequestMessage request, FaultyBody body)
    {
        request.Content = new ByteArrayContent(body.Bytes);
        if (body.Type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", body.Type);
        if (body.Encoding is not null) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", body.Encoding);
    }

    private static void BadCredentials(HttpRequestMessage request, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                request.Headers.TryAddWithoutValidation("X-Api-Key", ApiKeyText.New(Guid.NewGuid()).ToString());
                break;
            case 1:
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + new string('A', random.Next(1, 2_000)));
                break;
            case 2:
                request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:admin")));
                break;
            case 3:
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.");
                break;
            default:
                request.Headers.TryAddWithoutValidation("Cookie", "cw-session=" + new string('x', random.Next(1, 3_000)));
                break;
        }
    }

    private async Task<Dictionary<string, long>> CountsAsync()
    {
        await using var context = consumer.Host.App.Services.GetRequiredService<IDbContextFactory<WorkbenchContext>>().CreateDbContext();
        var counts = new Dictionary<string, long>();
        foreach (var table in context.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().Except(Notes).Order(StringComparer.Ordinal))
        {
#pragma warning disable EF1002 // Names of tables come from our own model.
            counts[table] = await context.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").SingleAsync(Now);
#pragma warning restore EF1002
        }

        return counts;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]+|[0-9]+")]
    private static partial Regex Digits();
}
