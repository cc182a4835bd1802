using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Jobs;
using RabbitMQ.Client;

namespace CreditWorkbench.Web.Queue;

/// <summary>Messages to properties and headers of the server, and back.</summary>
internal static class RabbitMessages
{
    private const string Code = "x-reason-code", Field = "x-reason-field", Text = "x-reason-message", Remedy = "x-reason-remedy", DeadAt = "x-dead-at", DeadId = "x-dead-id";
    private const string Deliveries = "x-delivery-count", ServersReason = "x-first-death-reason";

    /// <summary>Properties of a message that outlives the server's restart.</summary>
    public static BasicProperties Properties(string messageId, IDictionary<string, object?>? headers = null) => new()
    {
        MessageId = messageId,
        ContentType = "application/json",
        DeliveryMode = DeliveryModes.Persistent,
        Headers = headers,
    };

    /// <summary>Headers that say why a message was laid aside.</summary>
    public static Dictionary<string, object?> Headers(DeadReason reason, DateTimeOffset at) => new()
    {
        [Code] = reason.Code,
        [Field] = reason.Field,
        [Text] = reason.Message,
        [Remedy] = reason.Remedy,
        [DeadAt] = at.ToString("O", CultureInfo.InvariantCulture),
        [DeadId] = Guid.CreateVersion7(at).ToString(),
    };

    /// <summary>A message as it was delivered.</summary>
    public static QueueMessage Read(string kind, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) =>
        new(kind, properties.MessageId ?? "", body) { Redelivered = (int)Math.Min(int.MaxValue, Count(properties)) };

    /// <summary>A dead letter as it was laid aside, by the consumer or by the server.</summary>
    public static DeadLetter ReadDead(string kind, IReadOnlyBasicProperties properties, int bytes)
    {
        var reason = TextOf(properties, Code) is { } code
            ? new DeadReason(code, TextOf(properties, Field), TextOf(properties, Text) ?? "", TextOf(properties, Remedy))
            : TextOf(properties, ServersReason) is "delivery_limit" or null ? StoredQueue.TooOften : new DeadReason($"message.{TextOf(properties, ServersReason)}", null, "The server laid the message aside.", null);
        var at = DateTimeOffset.TryParse(TextOf(properties, DeadAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var dead) ? dead : (DateTimeOffset?)null;
        return new DeadLetter(KeyOf(kind, properties), kind, properties.MessageId ?? "", bytes, at, reason);
    }

    /// <summary>What a dead letter is called: its queue and its own identity.</summary>
    public static string KeyOf(string kind, IReadOnlyBasicProperties properties) => $"{kind}:{TextOf(properties, DeadId) ?? properties.MessageId}";

    private static long Count(IReadOnlyBasicProperties properties) => properties.Headers?.TryGetValue(Deliveries, out var value) == true ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;

    private static string? TextOf(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) == true ? value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), string text => text, _ => null } : null;
}
