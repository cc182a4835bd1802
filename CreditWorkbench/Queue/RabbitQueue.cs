using System.Threading.Channels;
using CreditWorkbench.Core.Jobs;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CreditWorkbench.Web.Queue;

/// <summary>Messages on a RabbitMQ server: quorum queues, acknowledged by hand, published with confirms. A connection that is lost is made again with
/// growing pauses; what was not acknowledged comes again.</summary>
public sealed class RabbitQueue : IMessageQueue, IAsyncDisposable
{
    private const int MostScanned = 10_000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly CreateChannelOptions WithConfirms = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly QueueSettings _settings;
    private readonly RabbitTopology _topology;
    private readonly ConnectionFactory _factory;
    private readonly TimeProvider _time;
    private readonly ILogger<RabbitQueue> _log;
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private (IConnection Connection, IChannel Channel)? _publisher;

    /// <summary>Prepares the way to a server; nothing is connected yet.</summary>
    public RabbitQueue(QueueSettings settings, TimeProvider time, ILogger<RabbitQueue> log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _time, _log, _topology) = (settings, time, log, new RabbitTopology(settings.Prefix));
        _factory = new ConnectionFactory
        {
            Uri = settings.Uri!,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            ClientProvidedName = "CreditWorkbench",
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
        };
    }

    /// <inheritdoc/>
    public string Name => "rabbitmq";

    /// <inheritdoc/>
    public async Task PublishAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        await _publishing.WaitAsync(cancellationToken);
        try
        {
            var channel = await PublisherAsync(cancellationToken);
            await channel.BasicPublishAsync(_topology.Exchange, message.Kind, mandatory: true, RabbitMessages.Properties(message.Id), message.Body, cancellationToken);
        }
        catch (Exception error) when (IsBroken(error))
        {
            await DropPublisherAsync();
            throw Unavailable(error);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ConsumeAsync(string kind, QueueHandler handler, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _factory.CreateConnectionAsync(cancellationToken);
                await using var channel = await connection.CreateChannelAsync(WithConfirms, cancellationToken);
                await _topology.DeclareAsync(channel, cancellationToken);
                pause = FirstPause;
                await DeliverAsync(channel, kind, handler, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (IsBroken(error) || error is OperationCanceledException)
            {
                _log.LogWarning(error, "The queue {Kind} was lost; it is connected again in {Pause}.", kind, pause);
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueDepth>> DepthsAsync(CancellationToken cancellationToken) => WithChannelAsync<IReadOnlyList<QueueDepth>>(
        async channel =>
        {
            var depths = new List<QueueDepth>();
            foreach (var kind in QueueKinds.All)
            {
                var ready = await channel.QueueDeclarePassiveAsync(_topology.QueueOf(kind), cancellationToken);
                var dead = await channel.QueueDeclarePassiveAsync(_topology.DeadQueueOf(kind), cancellationToken);
                depths.Add(new QueueDepth(kind, ready.MessageCount, dead.MessageCount));
            }

            return depths;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> DeadAsync(int most, CancellationToken cancellationToken) => WithChannelAsync<IReadOnlyList<DeadLetter>>(
        async channel =>
        {
            // Taken without acknowledgement: they return to their places when the channel closes.
            var letters = new List<DeadLetter>();
            foreach (var kind in QueueKinds.All)
            {
                for (var i = 0; i < most && await channel.BasicGetAsync(_topology.DeadQueueOf(kind), autoAck: false, cancellationToken) is { } found; i++)
                    letters.Add(RabbitMessages.ReadDead(kind, found.BasicProperties, found.Body.Length));
            }

            return [.. letters.OrderByDescending(letter => letter.DeadAt)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReviveAsync(string key, CancellationToken cancellationToken) => WithDeadAsync(
        key,
        async (channel, kind, found) =>
        {
            // The copy is confirmed before the dead letter goes; twice is harmless, since its effect is had once.
            await channel.BasicPublishAsync(_topology.Exchange, kind, mandatory: true, RabbitMessages.Properties(found.BasicProperties.MessageId ?? ""), found.Body, cancellationToken);
            await channel.BasicAckAsync(found.DeliveryTag, multiple: false, cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DiscardAsync(string key, CancellationToken cancellationToken) =>
        WithDeadAsync(key, async (channel, _, found) => await channel.BasicAckAsync(found.DeliveryTag, multiple: false, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DropPublisherAsync();
        _publishing.Dispose();
    }

    private async Task DeliverAsync(IChannel channel, string kind, QueueHandler handler, CancellationToken cancellationToken)
    {
        var arrived = Channel.CreateUnbounded<BasicDeliverEventArgs>();
        channel.ChannelShutdownAsync += (_, _) =>
        {
            arrived.Writer.TryComplete();
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            // The bytes belong to the client and are used again when this returns.
            arrived.Writer.TryWrite(new BasicDeliverEventArgs(
                delivery.ConsumerTag, delivery.DeliveryTag, delivery.Redelivered, delivery.Exchange, delivery.RoutingKey, new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray(), cancellationToken));
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, _settings.Prefetch, global: false, cancellationToken);
        await channel.BasicConsumeAsync(_topology.QueueOf(kind), autoAck: false, consumer, cancellationToken);
        await foreach (var delivery in arrived.Reader.ReadAllAsync(cancellationToken)) await HandleAsync(channel, kind, delivery, handler, cancellationToken);
        throw new QueueUnavailableException("The server closed the channel.");
    }

    private async Task HandleAsync(IChannel channel, string kind, BasicDeliverEventArgs delivery, QueueHandler handler, CancellationToken cancellationToken)
    {
        var message = RabbitMessages.Read(kind, delivery.BasicProperties, delivery.Body);
        switch (await VerdictAsync(message, handler, cancellationToken))
        {
            case QueueVerdict.Dead dead:
                await channel.BasicPublishAsync(
                    _topology.DeadExchange, kind, mandatory: true, RabbitMessages.Properties(message.Id, RabbitMessages.Headers(dead.Reason, _time.GetUtcNow())), message.Body, CancellationToken.None);
                break;
            case QueueVerdict.Done { Answer: { } answer }:
                await channel.BasicPublishAsync(_topology.Exchange, IMessageQueue.Answers, mandatory: true, RabbitMessages.Properties(message.Id), answer, CancellationToken.None);
                break;
        }

        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
    }

    // Given back to the server, a message would come after those that were sent ahead: it is tried again here, in its place.
    private async Task<QueueVerdict> VerdictAsync(QueueMessage message, QueueHandler handler, CancellationToken cancellationToken)
    {
        for (var tried = message.Redelivered; tried < IMessageQueue.MostDeliveries; tried++)
        {
            if (await handler(message with { Redelivered = tried }, cancellationToken) is not QueueVerdict.Again and var verdict) return verdict;
            await Task.Delay(FirstPause * (tried + 1), _time, cancellationToken);
        }

        return new QueueVerdict.Dead(StoredQueue.TooOften);
    }

    private async Task<bool> WithDeadAsync(string key, Func<IChannel, string, BasicGetResult, Task> change, CancellationToken cancellationToken)
    {
        var kind = key.Split(':')[0];
        if (!QueueKinds.All.Contains(kind)) return false;
        return await WithChannelAsync(
            async channel =>
            {
                for (var i = 0; i < MostScanned && await channel.BasicGetAsync(_topology.DeadQueueOf(kind), autoAck: false, cancellationToken) is { } found; i++)
                {
                    if (RabbitMessages.KeyOf(kind, found.BasicProperties) != key) continue;
                    await change(channel, kind, found);
                    return true;
                }

                return false;
            },
            cancellationToken);
    }

    private async Task<T> WithChannelAsync<T>(Func<IChannel, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _factory.CreateConnectionAsync(cancellationToken);
            await using var channel = await connection.CreateChannelAsync(WithConfirms, cancellationToken);
            await _topology.DeclareAsync(channel, cancellationToken);
            return await work(channel);
        }
        catch (Exception error) when (IsBroken(error))
        {
            throw Unavailable(error);
        }
    }

    private async Task<IChannel> PublisherAsync(CancellationToken cancellationToken)
    {
        if (_publisher is { Channel.IsOpen: true } open) return open.Channel;
        await DropPublisherAsync();
        var connection = await _factory.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(WithConfirms, cancellationToken);
        await _topology.DeclareAsync(channel, cancellationToken);
        _publisher = (connection, channel);
        return channel;
    }

    private async Task DropPublisherAsync()
    {
        if (_publisher is not { } old) return;
        _publisher = null;
        await old.Channel.DisposeAsync();
        await old.Connection.DisposeAsync();
    }

    private static QueueUnavailableException Unavailable(Exception error) => new("The message server cannot be reached, or did not confirm.", error);

    private static bool IsBroken(Exception error) => error is RabbitMQClientException or IOException or System.Net.Sockets.SocketException or TimeoutException or ObjectDisposedException;
}
