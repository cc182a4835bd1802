using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CreditWorkbench.Web.Endpoints.Metrics;

/// <summary>Calls of the API by endpoint and status, and how long they took.</summary>
public static class ApiMetrics
{
    private static readonly Meter Meter = new("CreditWorkbench");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("workbench_api_requests_total", description: "Calls of the API, by endpoint and status.");
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("workbench_api_request_seconds", "s", "Seconds until a call of the API was answered, by endpoint.");

    // Boxed once: a tag's value is an object.
    private static readonly ConcurrentDictionary<int, object> Statuses = new();

    /// <summary>Notes a call.</summary>
    /// <param name="endpoint">Name of the endpoint; null where there is none.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="began">Timestamp of its beginning.</param>
    public static void Note(string? endpoint, int status, long began)
    {
        var name = new KeyValuePair<string, object?>("endpoint", endpoint ?? "none");
        Requests.Add(1, name, new("status", Statuses.GetOrAdd(status, static value => value)));
        Seconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, name);
    }
}
