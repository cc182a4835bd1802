using System.Globalization;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Queue;

/// <summary>Settings of batches, webhooks and records: <c>Workbench:Batches:KeepDays</c> (30), <c>Workbench:Predictions:KeepDays</c> (2,557: seven years; never less than five), <c>Workbench:Webhooks:Private</c> (<c>none</c>, <c>loopback</c> or
/// <c>all</c>: which networks may be told beside the public one; none, in a demo loopback) and <c>Workbench:Webhooks:KeepDays</c> (30).</summary>
public sealed record FlowSettings
{
    private const string BatchDays = "Workbench:Batches:KeepDays";
    private const string DeliveryDays = "Workbench:Webhooks:KeepDays";
    private const string Private = "Workbench:Webhooks:Private";
    private const string PredictionDays = "Workbench:Predictions:KeepDays";
    private const int Most = 3660;
    private const int LeastOfRecords = 1827;
    private const int UsualOfRecords = 2557;
    private const int MostOfRecords = 36_600;

    /// <summary>How long input and results of a batch are kept after its end.</summary>
    public TimeSpan KeepBatches { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long stateless predictions are kept.</summary>
    public TimeSpan KeepPredictions { get; init; } = TimeSpan.FromDays(UsualOfRecords);

    /// <summary>How long the log of deliveries is kept.</summary>
    public TimeSpan KeepDeliveries { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a message is known to have had its effect.</summary>
    public TimeSpan KeepMessageIds { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long answers that nobody fetched wait in the store.</summary>
    public TimeSpan KeepAnswers { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Which networks webhooks may lead to.</summary>
    public PrivateNetworks Networks { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="Hosting.StartRefusedException">A setting is not valid; the problem names it.</exception>
    public static FlowSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new FlowSettings
        {
            KeepBatches = Days(configuration, BatchDays, usual: 30, least: 1, Most),
            KeepDeliveries = Days(configuration, DeliveryDays, usual: 30, least: 1, Most),
            KeepPredictions = Days(configuration, PredictionDays, UsualOfRecords, LeastOfRecords, MostOfRecords),
            Networks = configuration[Private] switch
            {
                null or "" => configuration["Workbench:Demo"] is "true" or "True" ? PrivateNetworks.Loopback : PrivateNetworks.None,
                "none" => PrivateNetworks.None,
                "loopback" => PrivateNetworks.Loopback,
                "all" => PrivateNetworks.All,
                var other => throw Refused(Private, other, "Give none, loopback or all."),
            },
        };
    }

    private static TimeSpan Days(IConfiguration configuration, string setting, int usual, int least, int most)
    {
        if (configuration[setting] is not { Length: > 0 } text) return TimeSpan.FromDays(usual);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days >= least && days <= most
            ? TimeSpan.FromDays(days)
            : throw Refused(setting, text, $"Give a whole number of days from {least} to {most}.");
    }

    private static Hosting.StartRefusedException Refused(string setting, string text, string remedy) =>
        new([new Problem("setting.invalid", $"The setting is '{text}'.") { Field = setting, Remedy = remedy }]);
}
