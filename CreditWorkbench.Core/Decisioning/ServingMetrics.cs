using System.Diagnostics.Metrics;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Figures of serving, for the metrics endpoint.</summary>
public static class ServingMetrics
{
    private static readonly Meter Meter = new("CreditWorkbench");
    private static readonly Counter<long> Predictions = Meter.CreateCounter<long>("workbench_predictions_total", description: "Stateless predictions answered, by kind and whether the answer came from the cache.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("workbench_fallbacks_total", description: "Steps of serving that failed, by what replaced them.");
    private static readonly KeyValuePair<string, object?>[] Kinds = [.. Enum.GetValues<PredictionKind>().Select(kind => new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant()))];
    private static readonly KeyValuePair<string, object?> Hit = new("cache", "hit");
    private static readonly KeyValuePair<string, object?> Miss = new("cache", "miss");

    /// <summary>Counts an answer.</summary>
    public static void Answered(PredictionKind kind, bool fromCache) => Predictions.Add(1, Kinds[(int)kind], fromCache ? Hit : Miss);

    /// <summary>Counts a step that failed.</summary>
    /// <param name="kind">A code of <see cref="Fallbacks"/>, or the code of a refusal (<c>engine.failed</c>, <c>model.none</c>, <c>input.invalid</c>).</param>
    public static void Failed(string kind) => Failures.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
