using System.Diagnostics.Metrics;
using CreditWorkbench.Core.Jobs;

namespace CreditWorkbench.Web.Queue;

/// <summary>Counts of messages, for the endpoint of metrics.</summary>
internal static class QueueMetrics
{
    private static readonly Meter Meter = new("CreditWorkbench");
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("queue_messages", description: "Messages handled, by kind and outcome.");

    public static void Handled(string kind, QueueVerdict verdict) => Messages.Add(
        1, new("kind", kind), new("outcome", verdict switch { QueueVerdict.Done => "done", QueueVerdict.Dead => "dead", _ => "again" }));
}
