using System.Text.Json;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>How far a batch has come, as its job reports it.</summary>
/// <param name="Rows">Rows done.</param>
/// <param name="Rejected">Rows among them that could not be scored.</param>
/// <param name="Errors">The first of them.</param>
internal sealed record BatchCounts(long Rows, long Rejected, IReadOnlyList<BatchError> Errors)
{
    /// <summary>Rejected rows that are told one by one.</summary>
    public const int MostErrors = 20;

    /// <summary>Nothing done.</summary>
    public static BatchCounts None { get; } = new(0, 0, []);

    /// <summary>Reads a job's checkpoint; nothing done where there is none.</summary>
    public static BatchCounts Read(string? checkpoint) => checkpoint is null ? None : JsonSerializer.Deserialize<BatchCounts>(checkpoint) ?? None;

    /// <summary>As a job's checkpoint.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>With more rows.</summary>
    public BatchCounts Plus(long rows, long rejected, IReadOnlyList<BatchError> errors) =>
        new(Rows + rows, Rejected + rejected, Errors.Count < MostErrors && errors.Count > 0 ? [.. Errors, .. errors.Take(MostErrors - Errors.Count)] : Errors);

    /// <summary>What finished parts came to.</summary>
    public static BatchCounts Of(IReadOnlyList<BatchPart> parts) => parts.Aggregate(None, (counts, part) => counts.Plus(part.RowsEnd - counts.Rows, part.Rejected, part.Errors));
}
