using System.Net;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Requests a minute, and pages of other origins.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private const string Address = "/api/v1/features/nobody/7";
    private readonly ApiHost _host = new(["--Workbench:Api:RequestsPerMinute=5", "--Workbench:Api:Origins=https://portal.example.com"]);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Requests_AboveTheLimit_AreToldHowLongToWait()
    {
        var (small, _) = await _host.KeyAsync(new ApiKeyOrder("small", ["applications:read"]) { RequestsPerMinute = 2 });
        var (large, _) = await _host.KeyAsync(new ApiKeyOrder("large", ["applications:read"]) { RequestsPerMinute = 200 });
        using var person = await _host.PersonAsync(Roles.LoanOfficer);
        using var anonymous = _host.Anonymous();

        Assert.Equal([404, 404, 429], await StatusesAsync(small, 3));
        Assert.Equal(Enumerable.Repeat(404, 30), await StatusesAsync(large, 30));
        Assert.Equal([404, 404, 404, 404, 404, 429], await StatusesAsync(person, 6));
        Assert.Equal([401, 401, 401, 401, 401, 429], await StatusesAsync(anonymous, 6));
        using var refused = await small.GetAsync(Address, Now);
        await ApiHost.AssertProblemAsync(refused, 429, "rate.limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        // Whoever guesses keys is stopped with the address, before the store is asked.
        anonymous.DefaultRequestHeaders.Add("X-Api-Key", ApiKeyText.New(Guid.NewGuid()).ToString());
        Assert.Equal([429], await StatusesAsync(anonymous, 1));
        small.Dispose();
        large.Dispose();
    }

    [Fact]
    public async Task Preflight_OfAnOriginThatIsSet_IsAnsweredAndAnotherIsNot()
    {
        using var client = _host.Anonymous();

        using var known = await client.SendAsync(Preflight("https://portal.example.com"), Now);
        using var unknown = await client.SendAsync(Preflight("https://evil.example"), Now);

        Assert.Equal(HttpStatusCode.NoContent, known.StatusCode);
        Assert.Equal("https://portal.example.com", known.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(known.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.False(unknown.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Workbench:Api:RequestsPerMinute", "0")]
    [InlineData("Workbench:Api:RequestsPerMinute", "many")]
    [InlineData("Workbench:Api:Origins", "portal")]
    [InlineData("Workbench:Api:Origins", "https://portal.example.com/page")]
    public void Setting_ThatIsNotValid_IsRefusedAtTheStart(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, (string?)value)]).Build();

        Assert.Equal("setting.invalid", Assert.Throws<StartRefusedException>(() => ApiSettings.From(configuration)).Problems[0].Code);
    }

    [Fact]
    public void Window_OfAMinute_HoldsNoMoreThanItsLimit()
    {
        var window = new RequestWindow();
        var random = new Random(1);
        var taken = new List<long>();

        for (long second = 1_000; second < 2_000; second += random.Next(0, 4))
        {
            for (var i = random.Next(0, 6); i > 0; i--)
            {
                var recent = taken.Count(each => each > second - 60);
                var wait = window.Take(second, 20);
                Assert.Equal(recent >= 20, wait > 0);
                if (wait == 0) taken.Add(second);
                else Assert.Equal(taken.Where(each => each > second - 60).Min() + 60 - second, wait);
            }

            Assert.Equal(taken.Count(each => each > second - 60), window.At(second));
        }

        Assert.Equal(0, window.At(9_000));
    }

    private static HttpRequestMessage Preflight(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, Address);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "PUT");
        request.Headers.Add("Access-Control-Request-Headers", "x-api-key");
        return request;
    }

    private static async Task<List<int>> StatusesAsync(HttpClient client, int count)
    {
        var statuses = new List<int>();
        for (var i = 0; i < count; i++)
        {
            using var answer = await client.GetAsync(Address, Now);
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }
}
