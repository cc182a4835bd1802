using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Refusals of batches.</summary>
public static class BatchProblems
{
    /// <summary>Somebody else's, or none.</summary>
    public static Problem NotFound { get; } = new("batch.notFound", "There is no such batch.");

    /// <summary>Results before the end.</summary>
    public static Problem NotEnded { get; } = new("batch.running.state", "The batch has not ended yet.") { Remedy = "Ask again when its state is completed, or register a webhook." };

    /// <summary>Results that were removed.</summary>
    public static Problem Removed { get; } = new("batch.removed.notFound", "The results are no longer kept.") { Remedy = "Send the batch again." };

    /// <summary>Results of a batch that has none.</summary>
    public static Problem NoResults(Batch batch) => new("batch.results.state", $"The batch has no results: it {(batch.State == BatchState.Cancelled ? "was cancelled" : "failed")}.") { Remedy = batch.Problem ?? "Send it again." };

    /// <summary>Too many at a time.</summary>
    public static Problem TooMany(int most) => new("batch.open.conflict", $"{most} batches of this caller have not ended yet.") { Remedy = "Wait until one of them has ended." };

    /// <summary>Columns that say who somebody is.</summary>
    public static Problem Personal(IReadOnlyList<string> columns) =>
        new("field.personal", $"Batches take no personal data: {string.Join(", ", columns)}.") { Field = columns[0], Remedy = "Leave these columns out; name a column of your own references as id." };
}
