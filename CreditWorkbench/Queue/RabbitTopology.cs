using CreditWorkbench.Core.Jobs;
using RabbitMQ.Client;

namespace CreditWorkbench.Web.Queue;

/// <summary>Exchanges and queues on the server, under one prefix: the exchange PREFIX routes by kind to the quorum queues PREFIX.KIND, the exchange PREFIX.dead
/// to PREFIX.KIND.dead. What the server itself lays aside, because nobody ever acknowledged it, goes the same way.</summary>
internal sealed class RabbitTopology(string prefix)
{
    // The consumer lays a message aside before the server does; the server's limit stands behind it.
    private const int ServersLimit = 4 * IMessageQueue.MostDeliveries;
    private const int Unlimited = 1_000_000;

    /// <summary>Queues that hold messages: the kinds, and the answers.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. QueueKinds.All, IMessageQueue.Answers];

    public string Exchange => prefix;

    public string DeadExchange => $"{prefix}.dead";

    public string QueueOf(string kind) => $"{prefix}.{kind}";

    public string DeadQueueOf(string kind) => $"{prefix}.{kind}.dead";

    /// <summary>Makes what is missing; what is there is left as it is.</summary>
    public async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Direct, durable: true, cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(DeadExchange, ExchangeType.Direct, durable: true, cancellationToken: cancellationToken);
        foreach (var kind in Kinds)
        {
            await DeclareAsync(channel, QueueOf(kind), Exchange, kind, ServersLimit, new() { ["x-dead-letter-exchange"] = DeadExchange, ["x-dead-letter-routing-key"] = kind }, cancellationToken);
            // People look at dead letters by taking and returning them, which counts as a delivery.
            await DeclareAsync(channel, DeadQueueOf(kind), DeadExchange, kind, Unlimited, [], cancellationToken);
        }
    }

    private static async Task DeclareAsync(IChannel channel, string queue, string exchange, string key, int limit, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments["x-queue-type"] = "quorum";
        arguments["x-delivery-limit"] = limit;
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue, exchange, key, cancellationToken: cancellationToken);
    }
}
