using System.Net;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Web.Queue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CreditWorkbench.Tests.Queue;

/// <summary>Webhooks: where they may lead, what is sent, and how often.</summary>
public sealed class WebhookTests(PostgresServer server)
{
    private static readonly Actor Caller = new(Guid.CreateVersion7(), "caller", ActorKind.Client, new HashSet<Permission> { Permission.ScoreStateless });

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Send_ToAReceiver_IsSignedSentOnceAndLogged(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var receiver = await Receiver.StartAsync(_ => HttpStatusCode.NoContent);
        var desk = Desk(store, PrivateNetworks.Loopback);
        var webhook = (await desk.AddAsync(new WebhookRequest(receiver.Url, ["batch.completed"]), Caller, Now)).Value;
        var webhooks = store.Get<IWebhookStore>();

        Assert.Equal(1, await webhooks.RaiseAsync(Caller.Id, "batch.completed", "batch.completed:1", """{"batchId":"1"}""", store.Time.GetUtcNow(), Now));
        Assert.Equal(0, await webhooks.RaiseAsync(Caller.Id, "batch.completed", "batch.completed:1", """{"batchId":"1"}""", store.Time.GetUtcNow(), Now));
        Assert.Equal(0, await webhooks.RaiseAsync(Caller.Id, "batch.failed", "batch.failed:1", "{}", store.Time.GetUtcNow(), Now));
        using var sender = Sender(store, PrivateNetworks.Loopback);
        Assert.Equal((1, 0), (await sender.SendDueAsync(Now), await sender.SendDueAsync(Now)));

        var sent = Assert.Single(receiver.Received);
        Assert.Equal("batch.completed", sent.Headers["X-Workbench-Event"]);
        Assert.True(WebhookSignature.IsValid(webhook.Secret, sent.Headers[WebhookSignature.TimeHeader], sent.Headers[WebhookSignature.Header], sent.Body, store.Time.GetUtcNow()));
        Assert.False(WebhookSignature.IsValid("whsec_other", sent.Headers[WebhookSignature.TimeHeader], sent.Headers[WebhookSignature.Header], sent.Body, store.Time.GetUtcNow()));
        Assert.False(WebhookSignature.IsValid(webhook.Secret, sent.Headers[WebhookSignature.TimeHeader], sent.Headers[WebhookSignature.Header], Encoding.UTF8.GetBytes("""{"batchId":"2"}"""), store.Time.GetUtcNow()));
        Assert.False(WebhookSignature.IsValid(webhook.Secret, sent.Headers[WebhookSignature.TimeHeader], sent.Headers[WebhookSignature.Header], sent.Body, store.Time.GetUtcNow().AddMinutes(6)));
        var logged = Assert.Single((await desk.DeliveriesAsync(webhook.Id, 1, 10, Caller, Now)).Value.Items);
        Assert.Equal((DeliveryState.Delivered, 1, 204), (logged.State, logged.Attempts, logged.Status));
        Assert.Equal(logged.Id.ToString(), sent.Headers["X-Workbench-Delivery"]);
    }

    [Fact]
    public async Task Send_ReceiverFailsOrPointsElsewhere_IsTriedAgainWithGrowingPausesAndNeverFollowed()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        await using var elsewhere = await Receiver.StartAsync(_ => HttpStatusCode.OK);
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.InternalServerError, HttpStatusCode.Redirect, HttpStatusCode.OK]);
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.Headers.Location = elsewhere.Url;
            return answers.Dequeue();
        });
        var desk = Desk(store, PrivateNetworks.Loopback);
        var webhook = (await desk.AddAsync(new WebhookRequest(receiver.Url, ["batch.failed"]), Caller, Now)).Value;
        await store.Get<IWebhookStore>().RaiseAsync(Caller.Id, "batch.failed", "batch.failed:1", "{}", store.Time.GetUtcNow(), Now);
        using var sender = Sender(store, PrivateNetworks.Loopback);

        var sent = new List<int>();
        foreach (var wait in new[] { 0, 9, 1, 59, 1 })
        {
            store.Time.Advance(TimeSpan.FromSeconds(wait));
            sent.Add(await sender.SendDueAsync(Now));
        }

        Assert.Equal([1, 0, 1, 0, 1], sent);
        Assert.Empty(elsewhere.Received);
        Assert.Equal((DeliveryState.Delivered, 3), (await desk.DeliveriesAsync(webhook.Id, 1, 10, Caller, Now)).Value.Items.Select(delivery => (delivery.State, delivery.Attempts)).Single());
    }

    [Fact]
    public async Task Send_NameThatLeadsIntoAPrivateNetwork_IsNotCalledAndGivenUpInTheEnd()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        await using var receiver = await Receiver.StartAsync(_ => HttpStatusCode.OK);
        var webhook = new Webhook { Id = Guid.CreateVersion7(), OwnerId = Caller.Id, Url = new Uri(receiver.Url), Kinds = ["batch.failed"], Secret = "s", CreatedAt = store.Time.GetUtcNow() };
        await store.Get<IWebhookStore>().AddAsync(webhook, new AuditDraft(Caller, "webhook.added", webhook.Id.ToString(), new Dictionary<string, string?>()), Now);
        await store.Get<IWebhookStore>().RaiseAsync(Caller.Id, "batch.failed", "batch.failed:1", "{}", store.Time.GetUtcNow(), Now);
        using var sender = Sender(store, PrivateNetworks.None);

        for (var i = 0; i < 20; i++)
        {
            await sender.SendDueAsync(Now);
            store.Time.Advance(TimeSpan.FromHours(13));
        }

        Assert.Empty(receiver.Received);
        var logged = (await Desk(store, PrivateNetworks.None).DeliveriesAsync(webhook.Id, 1, 10, Caller, Now)).Value.Items.Single();
        Assert.Equal((DeliveryState.Failed, 8, "network.refused"), (logged.State, logged.Attempts, logged.Error));
    }

    [Theory]
    [InlineData("https://hooks.example.com/a?b=c", true)]
    [InlineData("https://93.184.216.34/", true)]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/", true)]
    [InlineData("http://hooks.example.com/", false)]
    [InlineData("http://127.0.0.1:8080/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://172.20.0.1/", false)]
    [InlineData("https://192.168.1.1/", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://100.64.0.1/", false)]
    [InlineData("https://0.0.0.0/", false)]
    [InlineData("https://224.0.0.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[fd00::1]/", false)]
    [InlineData("https://[fe80::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://[64:ff9b::a00:1]/", false)]
    [InlineData("https://[64:ff9b::7f00:1]/", false)]
    [InlineData("https://[64:ff9b:1::808:808]/", false)]
    [InlineData("https://[2002:7f00:1::]/", false)]
    [InlineData("https://[2002:e000:1::]/", false)]
    [InlineData("https://[2002:a00:1::]/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://user:pass@hooks.example.com/", false)]
    [InlineData("ftp://hooks.example.com/", false)]
    [InlineData("//hooks.example.com/", false)]
    [InlineData("", false)]
    public void Address_ByWhatItSays_IsAdmittedOrNot(string url, bool admitted) => Assert.Equal(admitted, new WebhookAddresses(PrivateNetworks.None).Check(url).Succeeded);

    [Theory]
    [InlineData(PrivateNetworks.Loopback, "http://127.0.0.1:8080/", true)]
    [InlineData(PrivateNetworks.Loopback, "http://localhost:8080/", true)]
    [InlineData(PrivateNetworks.Loopback, "https://10.1.2.3/", false)]
    [InlineData(PrivateNetworks.Loopback, "http://10.1.2.3/", false)]
    [InlineData(PrivateNetworks.All, "https://10.1.2.3/", true)]
    [InlineData(PrivateNetworks.All, "http://10.1.2.3/", false)]
    public void Address_WithNetworksAllowed_IsAdmittedThere(PrivateNetworks allowed, string url, bool admitted) => Assert.Equal(admitted, new WebhookAddresses(allowed).Check(url).Succeeded);

    [Fact]
    public async Task Webhook_OfSomebodyElse_IsUnknownAndKindsAreChecked()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, other) = (Desk(store, PrivateNetworks.None), Caller with { Id = Guid.CreateVersion7() });
        var webhook = (await desk.AddAsync(new WebhookRequest("https://hooks.example.com/", ["batch.failed"]), Caller, Now)).Value;

        Assert.Equal("webhook.notFound", (await desk.RemoveAsync(webhook.Id, other, Now)).Problems[0].Code);
        Assert.Equal("webhook.notFound", (await desk.DeliveriesAsync(webhook.Id, 1, 10, other, Now)).Problems[0].Code);
        Assert.Empty((await desk.ListAsync(other, Now)).Value);
        Assert.Equal(["webhook.kind", "webhook.url"], (await desk.AddAsync(new WebhookRequest("http://x.example/", ["weather"]), Caller, Now)).Problems.Select(problem => problem.Code));
        Assert.Equal("permission.missing", (await desk.AddAsync(new WebhookRequest("https://hooks.example.com/", ["batch.failed"]), Caller with { Permissions = new HashSet<Permission>() }, Now)).Problems[0].Code);
        Assert.True((await desk.RemoveAsync(webhook.Id, Caller, Now)).Succeeded);
        Assert.Empty((await desk.ListAsync(Caller, Now)).Value);
    }

    private static WebhookDesk Desk(TestStore store, PrivateNetworks networks) => new(store.Get<IWebhookStore>(), new WebhookAddresses(networks), store.Time);

    private static WebhookSender Sender(TestStore store, PrivateNetworks networks) => new(store.Get<IWebhookStore>(), new WebhookAddresses(networks), store.Time);

    private sealed record Sent(Dictionary<string, string> Headers, byte[] Body);

    /// <summary>A receiver on this machine.</summary>
    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        public List<Sent> Received { get; } = [];

        public string Url => app.Urls.First() + "/hook";

        public static async Task<Receiver> StartAsync(Func<HttpContext, HttpStatusCode> answer)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new Receiver(app);
            app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, Now);
                receiver.Received.Add(new Sent(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
                context.Response.StatusCode = (int)answer(context);
            });
            await app.StartAsync(Now);
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
