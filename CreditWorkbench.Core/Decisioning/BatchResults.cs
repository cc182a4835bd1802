namespace CreditWorkbench.Core.Decisioning;

/// <summary>The results of a batch.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Csv">UTF-8 CSV with a header; the owner disposes it.</param>
public sealed record BatchResults(Batch Batch, Stream Csv) : IAsyncDisposable
{
    /// <summary>Writes the results as they are.</summary>
    public Task WriteCsvAsync(Stream target, CancellationToken cancellationToken) => Csv.CopyToAsync(target, 1 << 17, cancellationToken);

    /// <summary>Writes the results as one JSON object a line, by the columns' names; numbers as numbers, empty cells as null.</summary>
    public Task WriteJsonLinesAsync(Stream target, CancellationToken cancellationToken) => SheetJsonLines.WriteAsync(Csv, target, Batch.IdColumn is not null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Csv.DisposeAsync();
}
