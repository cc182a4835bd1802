using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Queue;

/// <summary>Settings of the message queue: <c>Workbench:Queue:Uri</c> (a RabbitMQ server as amqp:// or amqps://; without it messages wait in the store),
/// <c>Workbench:Queue:Prefix</c> (workbench), <c>Workbench:Queue:Prefetch</c> (16), <c>Workbench:Queue:Client</c> (key of a client system in whose name messages
/// act that name none), <c>Workbench:Queue:Consume</c> (true).</summary>
public sealed record QueueSettings
{
    private const string Section = "Workbench:Queue:";
    private const int LongestPrefix = 60;

    /// <summary>The server; null for the queue in the store.</summary>
    public Uri? Uri { get; init; }

    /// <summary>Front of the names of exchanges and queues.</summary>
    public string Prefix { get; init; } = "workbench";

    /// <summary>Messages that the server sends ahead.</summary>
    public ushort Prefetch { get; init; } = 16;

    /// <summary>Client system of messages that name none; null for the queue's own.</summary>
    public Guid? Client { get; init; }

    /// <summary>Whether this process works on messages.</summary>
    public bool Consume { get; init; } = true;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartRefusedException">A setting is not valid; the problem names it.</exception>
    public static QueueSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new QueueSettings
        {
            Uri = UriOf(configuration["Workbench:Queue:Uri"]),
            Prefix = PrefixOf(configuration[Section + "Prefix"]),
            Prefetch = PrefetchOf(configuration[Section + "Prefetch"]),
            Client = ClientOf(configuration[Section + "Client"]),
            Consume = configuration[Section + "Consume"] switch
            {
                null or "" or "true" or "True" => true,
                "false" or "False" => false,
                var other => throw Refused("Consume", other, "Give true or false."),
            },
        };
    }

    // What is refused is not repeated: it may hold a password.
    private static Uri? UriOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return System.Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri.Host.Length > 0
            ? uri
            : throw new StartRefusedException([new Problem("setting.invalid", "The setting is no address of a RabbitMQ server.") { Field = Section + "Uri", Remedy = "Write it as amqps://user:password@host:5671/vhost, or leave it out." }]);
    }

    private static string PrefixOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "workbench";
        return text.Length <= LongestPrefix && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')
            ? text
            : throw Refused("Prefix", text, "Use letters, digits, dots and hyphens.");
    }

    private static ushort PrefetchOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 16;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000 ? number : throw Refused("Prefetch", text, "Give a whole number from 1 to 1000.");
    }

    private static Guid? ClientOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return Guid.TryParse(text, out var id) ? id : throw Refused("Client", text, "Give the identity of a key, as keys list shows it.");
    }

    private static StartRefusedException Refused(string name, string text, string remedy) =>
        new([new Problem("setting.invalid", $"The setting is '{text}'.") { Field = Section + name, Remedy = remedy }]);
}
