using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Tests.Web;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The whole program in this process, on a port and a data folder of its own.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    private readonly string[] _settings;

    /// <summary>With the settings of every installation.</summary>
    public ApiHost()
        : this([])
    {
    }

    /// <summary>With settings such as <c>--Workbench:Api:RequestsPerMinute=3</c>.</summary>
    internal ApiHost(string[] settings) => _settings = settings;

    /// <summary>The data folder.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("workbench-").FullName;

    /// <summary>The program.</summary>
    public WebApplication App { get; private set; } = null!;

    /// <summary>Where it serves.</summary>
    public Uri Url => new(App.Urls.First());

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await using (await WorkbenchHost.OpenAsync(Data, CancellationToken.None))
        {
        }

        App = WorkbenchHost.Build([.. WorkbenchHost.ArgumentsFor(Data), "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--Workbench:Jobs:Threads=0", "--Workbench:Api:RequestsPerMinute=1000000", .. _settings]);
        await App.PrepareIdentityAsync();
        await App.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        TestStore.ClosePools(new Core.Store.StoreOptions { DataDirectory = Data });
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>A browser-like client without cookies of its own.</summary>
    public HttpClient Anonymous() => new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Url };

    /// <summary>A person who exists, with the cookie that signing in would have given.</summary>
    public async Task<HttpClient> PersonAsync(string role) => (await PersonOfAsync(role)).Client;

    /// <summary>The same, with the stored user.</summary>
    public async Task<(HttpClient Client, WorkbenchUser User)> PersonOfAsync(string role)
    {
        var client = Anonymous();
        var user = await SignedIn.AddAsync(App.Services, role, client);
        return (client, user);
    }

    /// <summary>A client system with a key of some scopes.</summary>
    public async Task<(HttpClient Client, NewApiKey Key)> KeyAsync(ApiKeyOrder order)
    {
        var admin = new Actor(Guid.CreateVersion7(), "admin", ActorKind.User, Roles.PermissionsOf([Roles.Admin]));
        var made = await App.Services.GetRequiredService<ApiKeyDesk>().AddAsync(order, admin, Now);
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", made.Value.Text);
        return (client, made.Value);
    }

    /// <summary>A client system with a key of some scopes.</summary>
    public async Task<HttpClient> KeyAsync(params string[] scopes) => (await KeyAsync(new ApiKeyOrder("client", scopes))).Client;

    /// <summary>A client with a bearer token.</summary>
    public HttpClient Bearer(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>A stored user with a password.</summary>
    public async Task<WorkbenchUser> UserAsync(string role, string password)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await SignedIn.AddAsync(scope.ServiceProvider, role, password);
    }

    /// <summary>Asserts that an answer is a problem with a code, and gives its body.</summary>
    public static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, int status, string code, params string[] fields)
    {
        var text = await answer.Content.ReadAsStringAsync(Now);
        Assert.True(status == (int)answer.StatusCode && answer.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {text}");
        using var problem = JsonDocument.Parse(text);
        Assert.Equal((code, status), (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("status").GetInt32()));
        Assert.NotEqual("", problem.RootElement.GetProperty("traceId").GetString());
        Assert.All(fields, field => Assert.True(problem.RootElement.GetProperty("errors").TryGetProperty(field, out _), field));
        return problem.RootElement.Clone();
    }

    /// <summary>Asserts success and gives the body.</summary>
    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Now);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
