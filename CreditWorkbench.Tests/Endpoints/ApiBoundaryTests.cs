using System.Net;
using System.Text;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>What the API answers where no endpoint does.</summary>
public sealed class ApiBoundaryTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Features = "/api/v1/features/loan-risk/7";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api", 404, "route.notFound")]
    [InlineData("GET", "/api/v1/nowhere", 404, "route.notFound")]
    [InlineData("GET", "/api/v1/nowhere.txt", 404, "route.notFound")]
    [InlineData("POST", "/API/v2/", 404, "route.notFound")]
    [InlineData("DELETE", "/api/v1/features/a/b", 405, "method.notAllowed")]
    [InlineData("GET", "/api/v1/features/a/b?asOf=%00", 400, "address.invalid")]
    [InlineData("GET", "/api/v1/features/a/b", 401, "credentials.missing")]
    public async Task Answer_WhereNoEndpointAnswers_IsAProblem(string method, string address, int status, string code)
    {
        using var client = host.Anonymous();

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address), Now);

        await ApiHost.AssertProblemAsync(answer, status, code);
        Assert.Equal(("no-store", "nosniff"), (answer.Headers.CacheControl!.ToString(), answer.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(status == 405, answer.Content.Headers.Allow.Count > 0);
    }

    [Fact]
    public async Task Pages_ThatDoNotExist_KeepTheirOwnAnswer()
    {
        using var client = await host.PersonAsync(Roles.LoanOfficer);

        using var answer = await client.GetAsync("/nowhere", Now);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_LongerThanTheRouteTakes_Is413()
    {
        using var client = await host.PersonAsync(Roles.LoanOfficer);
        using var declared = new HttpRequestMessage(HttpMethod.Put, Features) { Content = Zeroes(4 << 20), Headers = { ExpectContinue = true } };
        using var streamed = new HttpRequestMessage(HttpMethod.Put, Features) { Content = Zeroes(3 << 19), Headers = { TransferEncodingChunked = true } };

        await ApiHost.AssertProblemAsync(await client.SendAsync(declared, Now), 413, "body.tooLarge");
        await ApiHost.AssertProblemAsync(await client.SendAsync(streamed, Now), 413, "body.tooLarge");
    }

    [Fact]
    public async Task Boundary_AroundABug_GivesTheTraceAndNothingElse()
    {
        var context = Contexts.Of("/api/v1/x");
        var boundary = new ApiBoundary(_ => throw new InvalidOperationException("secret"), NullLogger<ApiBoundary>.Instance);

        await boundary.InvokeAsync(context);

        var body = Contexts.BodyOf(context);
        Assert.Equal((500, "engine.failed"), (context.Response.StatusCode, body.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anything.notFound", 404)]
    [InlineData("credentials.expired", 401)]
    [InlineData("permission.missing", 403)]
    [InlineData("consent.missing", 409)]
    [InlineData("key.exists", 409)]
    [InlineData("version.stale", 412)]
    [InlineData("body.tooLarge", 413)]
    [InlineData("body.mediaType", 415)]
    [InlineData("idempotency.conflict", 422)]
    [InlineData("rate.limited", 429)]
    [InlineData("engine.failed", 500)]
    [InlineData("store.unavailable", 503)]
    [InlineData("field.unknown", 400)]
    [InlineData("never.seen", 400)]
    public void Status_OfACode_IsStable(string code, int status) => Assert.Equal(status, ApiProblems.StatusOf(code));

    private static StreamContent Zeroes(int count) => new(new MemoryStream(new byte[count])) { Headers = { ContentType = new("application/json") } };
}
