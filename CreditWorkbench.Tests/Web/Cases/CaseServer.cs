using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CreditWorkbench.Tests.Web.Cases;

/// <summary>The tests that share a server.</summary>
[CollectionDefinition(Name)]
public sealed class CaseServers : ICollectionFixture<CaseServer>
{
    public const string Name = "Cases over HTTP";
}

/// <summary>A served workbench with the trust model in production, shared by the tests of a class; everything that it logs is kept.</summary>
public sealed class CaseServer : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("workbench-").FullName;
    private readonly TrustModel _trust = new();
    private readonly KeptLog _log = new();
    private readonly ConcurrentDictionary<string, ApiClientCalls> _shared = new(StringComparer.Ordinal);
    private readonly string[] _settings;
    private WebApplication _app = null!;

    /// <summary>With the settings of every installation.</summary>
    public CaseServer()
        : this([])
    {
    }

    /// <summary>With settings such as <c>--Workbench:Api:RoadmapMilliseconds=0</c>.</summary>
    internal CaseServer(string[] settings) => _settings = settings;

    /// <summary>Every line that was logged so far.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    public TrustModel Trust => _trust;

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _trust.InitializeAsync();
        await using (var prepared = await WorkbenchHost.OpenAsync(_data, CancellationToken.None))
        {
            var registry = prepared.Services.GetRequiredService<RegistryDesk>();
            var model = (await registry.RegisterAsync("trust", _trust.Package, People.Analyst, CancellationToken.None)).Value;
            await Approved.PromoteAsync(registry, prepared.Services.GetRequiredService<GateDesk>(), model, CancellationToken.None);
        }

        _app = WorkbenchHost.Build([.. WorkbenchHost.ArgumentsFor(_data), "--urls=http://127.0.0.1:0", "--Workbench:Jobs:Threads=0", "--Workbench:Api:RequestsPerMinute=1000000", "--Logging:LogLevel:Default=Debug", .. _settings]);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(_log);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _shared.Values) caller.Dispose();
        await _app.DisposeAsync();
        Store.TestStore.ClosePools(new Core.Store.StoreOptions { DataDirectory = _data });
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A caller without credentials, or a person with a role and the cookie that signing in would have given.</summary>
    public async Task<ApiClientCalls> CallerAsync(string? role)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(Address, "/api/v1/") };
        if (role is null) return new ApiClientCalls(client, Guid.Empty);
        var user = await SignedIn.AddAsync(_app.Services, role, client);
        return new ApiClientCalls(client, user.Id);
    }

    /// <summary>The same caller for every test that needs no more than the role.</summary>
    public async Task<ApiClientCalls> SharedCallerAsync(string? role) =>
        _shared.TryGetValue(role ?? "", out var known) ? known : _shared.GetOrAdd(role ?? "", await CallerAsync(role));

    /// <summary>A client system with a key of these scopes.</summary>
    public async Task<ApiClientCalls> KeyAsync(params string[] scopes)
    {
        var key = (await _app.Services.GetRequiredService<ApiKeyDesk>().AddAsync(new ApiKeyOrder("test", scopes), Actor.System, Now)).Value;
        var client = new HttpClient { BaseAddress = new Uri(Address, "/api/v1/") };
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
        return new ApiClientCalls(client, key.Key.Id);
    }

    private sealed class KeptLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Keeper(categoryName, Lines);

        public void Dispose()
        {
        }

        private sealed class Keeper(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}

/// <summary>A server that waits for no roadmap.</summary>
public sealed class HastyServer : IAsyncLifetime
{
    public CaseServer Server { get; } = new(["--Workbench:Api:RoadmapMilliseconds=0"]);

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Calls of the API by one caller.</summary>
public sealed class ApiClientCalls(HttpClient client, Guid userId) : IDisposable
{
    public HttpClient Http => client;

    public Guid UserId => userId;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public Task<ApiAnswer> GetAsync(string address, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, address, null, headers);

    public Task<ApiAnswer> PostAsync(string address, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, address, body, headers);

    public Task<ApiAnswer> SendAsync(HttpMethod method, string address, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, address, body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body) }, headers);

    public void Dispose() => client.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string address, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (method == HttpMethod.Post) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, Now);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Now);
        return new ApiAnswer((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, bytes, answer.Headers.ETag?.Tag, answer.Headers.Location?.ToString(),
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>An answer.</summary>
public sealed record ApiAnswer(int Status, string? MediaType, byte[] Bytes, string? ETag, string? Location, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>The body, of an answer with this status.</summary>
    public JsonElement Json(int status = 200)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        return JsonDocument.Parse(Bytes).RootElement;
    }

    /// <summary>Holds the answer to be this refusal.</summary>
    public JsonElement Refused(int status, string code)
    {
        Assert.True(MediaType == "application/problem+json", $"{Status} {MediaType}: {Text}");
        var problem = Json(status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }
}
