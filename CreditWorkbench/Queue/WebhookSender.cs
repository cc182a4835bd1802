using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CreditWorkbench.Core.Jobs;

namespace CreditWorkbench.Web.Queue;

/// <summary>Sends events to their addresses, signed, again and again with growing pauses until the receiver answers 2xx or a day has passed. Names are
/// resolved here and the connection goes to an address that was checked; redirects are not followed.</summary>
public sealed class WebhookSender : IDisposable
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    private readonly IWebhookStore _webhooks;
    private readonly WebhookAddresses _addresses;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    /// <summary>Prepares the client.</summary>
    public WebhookSender(IWebhookStore webhooks, WebhookAddresses addresses, TimeProvider clock)
    {
        (_webhooks, _addresses, _clock) = (webhooks, addresses, clock);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = Patience };
    }

    /// <summary>Sends at most 16 deliveries that are due.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var due = await _webhooks.TakeDueAsync(now, now + Hold, AtOnce, cancellationToken);
        await Task.WhenAll(due.Select(delivery => SendAsync(delivery, cancellationToken)));
        return due.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task SendAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (await _webhooks.FindAsync(delivery.WebhookId, cancellationToken) is not { } webhook) return;
        var (status, error) = await TryAsync(delivery, webhook, cancellationToken);
        var (now, attempts) = (_clock.GetUtcNow(), delivery.Attempts + 1);
        var (delivered, over) = (status is >= 200 and < 300, attempts > Pauses.Length);
        await _webhooks.SaveAsync(
            delivery with
            {
                Attempts = attempts,
                Status = status,
                Error = delivered ? null : error ?? string.Create(CultureInfo.InvariantCulture, $"status.{status}"),
                State = delivered ? DeliveryState.Delivered : over ? DeliveryState.Failed : DeliveryState.Pending,
                NextAt = delivered || over ? delivery.NextAt : now + Pauses[attempts - 1],
                EndedAt = delivered || over ? now : null,
            },
            cancellationToken);
    }

    private async Task<(int? Status, string? Error)> TryAsync(WebhookDelivery delivery, Webhook webhook, CancellationToken cancellationToken)
    {
        var (body, at) = (Encoding.UTF8.GetBytes(delivery.PayloadJson), _clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CreditWorkbench", "1"));
        request.Headers.Add("X-Workbench-Event", delivery.Kind);
        request.Headers.Add("X-Workbench-Delivery", delivery.Id.ToString());
        request.Headers.Add(WebhookSignature.TimeHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(webhook.Secret, at, body));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return ((int)response.StatusCode, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "timeout");
        }
        catch (HttpRequestException failed)
        {
            return (null, failed.InnerException switch { RefusedNetworkException => "network.refused", AuthenticationException => "tls", _ => "unreachable" });
        }
    }

    // Whatever the name said when the webhook was registered: what counts is where it leads now, and the connection goes there and nowhere else.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (found.Length == 0 || !found.All(_addresses.Admits)) throw new RefusedNetworkException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class RefusedNetworkException : IOException;
}
