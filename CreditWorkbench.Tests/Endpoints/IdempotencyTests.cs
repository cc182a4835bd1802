using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Web.Endpoints;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Calls with keys of their clients, as the layer around the endpoints sees them.</summary>
public sealed class IdempotencyTests(PostgresServer server)
{
    private static readonly Actor Caller = new(Guid.CreateVersion7(), "client", ActorKind.Client, new HashSet<Permission>());

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_MadeTwice_IsMadeOnceAndAnsweredAlike()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var made = 0;
        var layer = Layer(store, async context =>
        {
            made++;
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(Now);
            context.Response.Headers.Location = "/api/v1/things/1";
            context.Response.Headers.ETag = "\"1\"";
            await Results.Json(new { number = made, body }, statusCode: 201).ExecuteAsync(context);
        });

        var first = await CallAsync(layer, "k", "{\"a\":1}");
        var second = await CallAsync(layer, "k", "{\"a\":1}");
        var other = await CallAsync(layer, "k2", "{\"a\":1}");

        Assert.Equal((2, 201, 201), (made, first.Status, second.Status));
        Assert.Equal(first.Body, second.Body);
        Assert.NotEqual(first.Body, other.Body);
        Assert.Equal(("/api/v1/things/1", "\"1\"", "true", "application/json; charset=utf-8"), (second.Headers.Location.ToString(), second.Headers.ETag.ToString(), second.Headers[ApiIdempotency.Replayed].ToString(), second.Headers.ContentType.ToString()));
        Assert.False(first.Headers.ContainsKey(ApiIdempotency.Replayed));
    }

    [Fact]
    public async Task Call_WithAnotherBodyOrAddress_IsAConflict()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var layer = Layer(store, context => Results.Ok().ExecuteAsync(context));
        await CallAsync(layer, "k", "{\"a\":1}");

        var body = await CallAsync(layer, "k", "{\"a\":2}");
        var address = await CallAsync(layer, "k", "{\"a\":1}", "/api/v1/others");

        Assert.Equal((422, 422), (body.Status, address.Status));
        Assert.Contains("idempotency.conflict", body.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WhileItIsBeingMade_IsToldToWait()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (began, may) = (new TaskCompletionSource(), new TaskCompletionSource());
        var layer = Layer(store, async context =>
        {
            began.SetResult();
            await may.Task;
            await Results.Ok().ExecuteAsync(context);
        });
        var first = CallAsync(layer, "k", "{}");
        await began.Task;

        var second = await CallAsync(layer, "k", "{}");
        may.SetResult();

        Assert.Equal((409, "2"), (second.Status, second.Headers.RetryAfter.ToString()));
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await CallAsync(layer, "k", "{}")).Status);
    }

    [Theory]
    [InlineData(500, 2)]
    [InlineData(503, 2)]
    [InlineData(429, 2)]
    [InlineData(403, 2)]
    [InlineData(400, 1)]
    [InlineData(409, 1)]
    public async Task Call_ThatCameToNothing_CanBeMadeAgain(int status, int times)
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var made = 0;
        var layer = Layer(store, context =>
        {
            made++;
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        await CallAsync(layer, "k", "{}");
        await CallAsync(layer, "k", "{}");

        Assert.Equal(times, made);
    }

    [Fact]
    public async Task Call_ThatThrows_CanBeMadeAgain()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var made = 0;
        var layer = Layer(store, _ => ++made == 1 ? throw new InvalidOperationException() : Task.CompletedTask);

        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(layer, "k", "{}"));

        Assert.Equal(200, (await CallAsync(layer, "k", "{}")).Status);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Call_ThatChangedSomethingAndFailed_IsNotMadeAgain(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var made = 0;
        var layer = Layer(store, async _ =>
        {
            made++;
            await store.Applicants.AddAsync(Sample.Applicant(), Sample.Audit(), Now);
            throw new InvalidOperationException("The process breaks between the change and the answer.");
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(layer, "k", "{}"));
        var again = await CallAsync(layer, "k", "{}");
        var elsewhere = await CallAsync(layer, "k", "{}", "/api/v1/others");

        Assert.Equal((1, 409, 422), (made, again.Status, elsewhere.Status));
        Assert.Contains("idempotency.unknown", again.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatChangedSomething_IsAnsweredAlikeAndWhatItSetGoingGoesOn()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (made, later, may) = (0, Task.CompletedTask, new TaskCompletionSource());
        var layer = Layer(store, async context =>
        {
            made++;
            await store.Applicants.AddAsync(Sample.Applicant(), Sample.Audit(), Now);
            later = Task.Run(
                async () =>
                {
                    await may.Task;
                    await store.Applicants.AddAsync(Sample.Applicant(), Sample.Audit(), Now);
                },
                Now);
            await Results.Ok().ExecuteAsync(context);
        });

        var first = await CallAsync(layer, "k", "{}");
        store.Time.Advance(TimeSpan.FromHours(25));
        await store.Get<IdempotentCalls>().PurgeAsync(Now);
        may.SetResult();
        await later;

        Assert.Equal((200, 1), (first.Status, made));
        await using var context = store.Context();
        Assert.Equal(2, context.Applicants.Count());
    }

    [Fact]
    public async Task Call_WithABadKeyOrWithoutOne_IsRefusedOrSimplyMade()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var made = 0;
        var layer = Layer(store, _ =>
        {
            made++;
            return Task.CompletedTask;
        });

        Assert.Equal(400, (await CallAsync(layer, "two words", "{}")).Status);
        Assert.Equal(400, (await CallAsync(layer, new string('x', 201), "{}")).Status);
        Assert.Equal(400, (await CallAsync(layer, "", "{}")).Status);
        Assert.Equal(0, made);
        await CallAsync(layer, null, "{}");
        await CallAsync(layer, null, "{}");
        Assert.Equal(2, made);
    }

    private static RequestDelegate Layer(TestStore store, RequestDelegate endpoint) => new ApiIdempotency(endpoint, store.Get<IdempotentCalls>(), store.Time).InvokeAsync;

    private static async Task<(int Status, string Body, IHeaderDictionary Headers)> CallAsync(RequestDelegate layer, string? key, string body, string address = "/api/v1/things")
    {
        var context = Contexts.Of(address, Encoding.UTF8.GetBytes(body), "application/json", key is null ? [] : [(ApiIdempotency.Header, key)]);
        context.Request.Method = "POST";
        context.User = new ApiPrincipal(Caller, new ApiClient(Caller.Id, "client", [], null, null), null);
        await layer(context);
        context.Response.Body.Position = 0;
        return (context.Response.StatusCode, await new StreamReader(context.Response.Body).ReadToEndAsync(Now), context.Response.Headers);
    }
}
